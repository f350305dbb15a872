"""Numbers of ours (of a case, a request, an offer, a receipt) never break across lines.

Browsers break behind a hyphen, and no rule of CSS forbids that but where a number has an element of its own. Numbers
stand in sentences, tables, links and messages all over the house, so each page gets those elements when it leaves,
wherever a number stands: no template can forget it. What can hold no elements (a title, what a person types) is left.
"""

import re

from flask import Flask, Response

OURS = r"\b(?:[A-Z]{2}-\d{4}-[A-Z0-9]{6}|(?=[\d-]*[A-Z])[A-Z0-9]{4}-[A-Z0-9]{4})\b"
_NUMBER = re.compile(OURS)
_PIECE = re.compile(rf"<(title|textarea|option|script|style|svg)\b.*?</\1>|<[^>]*>|(?P<number>{OURS})", re.DOTALL)


def install(app: Flask) -> None:
    app.after_request(keep_numbers_whole)


def keep_numbers_whole(response: Response) -> Response:
    """Each number on the page in an element that does not break."""
    if response.mimetype == "text/html" and not response.direct_passthrough and not response.is_streamed:
        page = response.get_data(as_text=True)
        if _NUMBER.search(page):
            response.set_data(_PIECE.sub(_whole, page))
    return response


def _whole(piece: re.Match[str]) -> str:
    number = piece["number"]
    return f'<span class="whole">{number}</span>' if number else piece[0]
