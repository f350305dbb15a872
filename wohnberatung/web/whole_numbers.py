"""Numbers never break across lines: numbers of ours (of a case, a request, an offer, a receipt), telephone numbers,
ranges, and an amount with its unit.

They stand in sentences, tables, links and messages all over the house, so each page is seen to when it leaves: no
template can forget it. Blanks become such that do not break, which voices, searching and copying take for what they
are. Browsers break behind hyphens, dashes and strokes too; no rule of CSS forbids that but where the number has an
element of its own, so one with such a sign gets it, and its text stays as it is. What can hold no elements (a title,
what a person types) is left.
"""

import re

from flask import Flask, Response

from wohnberatung.core.unbroken import without_breaks

# A text with a digit in it, behind its tag; and what holds texts without elements, to be passed over.
_PIECE = re.compile(r"<(title|textarea|option|script|style|svg)\b.*?</\1(?=>)|>[^<>\d]*\d[^<]*", re.DOTALL)


def install(app: Flask) -> None:
    app.after_request(keep_numbers_whole)


def keep_numbers_whole(response: Response) -> Response:
    """Each number on the page written so that it does not break."""
    if response.mimetype == "text/html" and not response.direct_passthrough and not response.is_streamed:
        response.set_data(_PIECE.sub(_seen_to, response.get_data(as_text=True)))
    return response


def _seen_to(piece: re.Match[str]) -> str:
    return piece[0] if piece[1] else without_breaks(piece[0], _in_one_element)


def _in_one_element(number: str) -> str:
    return f'<span class="whole">{number}</span>'
