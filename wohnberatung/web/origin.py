"""Cross-site requests: the token of the form is checked by Flask-WTF, where it came from is checked here."""

from urllib.parse import urlsplit

from flask import abort, current_app, request

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
NOT_FROM_HERE = "Die Anfrage kam nicht von unserer eigenen Seite und wurde deshalb nicht ausgeführt."


# Known by a token of their own instead of a cookie, so that no other site can write in somebody's name.
FOR_PROGRAMS = frozenset({"intake.receive_import"})


def check_origin() -> None:
    """400 unless a writing request comes from our own pages.

    Browsers send Origin with every POST; over https one of Origin and Referer must be there, as our own
    Referrer-Policy (same-origin) guarantees. Over plain http (the demo) a missing header is let through to
    the token check.
    """
    if request.method in SAFE_METHODS or request.endpoint in FOR_PROGRAMS:
        return
    claimed = request.headers.get("Origin") or request.headers.get("Referer")
    # Behind a proxy that speaks TLS the request itself arrives over http.
    scheme = "https" if current_app.config["HTTPS"] else request.scheme
    if claimed is None and scheme != "https":
        return
    other = urlsplit(claimed or "")
    if (other.scheme, other.netloc) != (scheme, request.host):
        abort(400, NOT_FROM_HERE)
