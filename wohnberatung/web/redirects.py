"""Where to go next, when the address comes from outside."""

from urllib.parse import urlsplit


def safe_path(text: str | None) -> str | None:
    """``text`` if it is a path on this very host, else None: nobody is sent elsewhere through our pages."""
    if not text or not text.startswith("/") or text.startswith("//") or "\\" in text:
        return None
    if any(ord(character) < 33 for character in text):
        return None
    parts = urlsplit(text)
    return None if parts.scheme or parts.netloc else text
