"""How often what may be done; ``web/limits.py`` counts and refuses. The operator may set others (LIMITS).

Source: security concept, section 3.
"""

from typing import NamedTuple


class Limit(NamedTuple):
    """``hits`` allowed within ``seconds``."""

    hits: int
    seconds: int


LIMITS = {
    "login": Limit(10, 300),
    "code": Limit(5, 300),
    "mail": Limit(5, 86_400),
    "public_form": Limit(5, 3_600),
    "same_text": Limit(1, 86_400),
    "anonymous_write": Limit(60, 60),
    # A script asks how many offers fit whenever somebody pauses in filling in a form; beyond this it gets no answer.
    "live_count": Limit(60, 60),
    # A secret link is 128 random bits; this only stops somebody from trying at all.
    "secret_link": Limit(60, 300),
    # Deliveries that a program sends with one token.
    "upload": Limit(60, 3_600),
}
