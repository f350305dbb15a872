"""Numbers of ours stay on one line, on every page and paper, and nothing else on a page changes."""

import pytest
from flask import Flask, Response

from tests.papers.reading import lines_of
from wohnberatung.papers import paragraph, render
from wohnberatung.web.whole_numbers import keep_numbers_whole

CASE, OFFER, RECEIPT = "FA-2026-NV2894", "WN4F-WD5V", "DF-2026-K7M2QX"


@pytest.mark.parametrize("number", [CASE, OFFER, RECEIPT])
def test_a_number_has_an_element_of_its_own_wherever_it_stands(app: Flask, number: str) -> None:
    for around in ("<p>Gesuch {}, neu</p>", "<td><a href='/x'>{}</a></td>", "<li>Fall {}: Nr. 2</li>"):
        page = keep_numbers_whole(Response(around.format(number), mimetype="text/html"))
        assert page.get_data(as_text=True) == around.format(f'<span class="whole">{number}</span>')


@pytest.mark.parametrize(
    "page",
    [
        f"<title>Fall {CASE}</title>",
        f"<textarea name='a'>Wegen {CASE}</textarea><option value='{OFFER}'>{OFFER}</option>",
        f"<input value='{RECEIPT}'><a href='/faelle/{CASE}' title='{OFFER}'>Fall</a>",
        "<p>Tel. 0351-4711, 2026-12-08, ISO-8859-1, 01307-Dresden</p>",
    ],
)
def test_where_no_element_may_stand_and_where_no_number_stands_nothing_changes(app: Flask, page: str) -> None:
    assert keep_numbers_whole(Response(page, mimetype="text/html")).get_data(as_text=True) == page
    plain = Response(CASE, mimetype="text/plain")
    assert keep_numbers_whole(plain).get_data(as_text=True) == CASE


@pytest.mark.parametrize("number", [CASE, OFFER, RECEIPT])
def test_a_number_never_breaks_on_paper(app: Flask, number: str) -> None:
    told = [paragraph(f"{'ich ' * count} {number} und mehr.") for count in range(14, 30)]
    with app.app_context():
        paper = render("letter", {"title": "Brief", "parts": told})
    assert sum(number in line.text for line in lines_of(paper)) == len(told)
