"""Numbers stay on one line, on every page and paper, and nothing else on a page changes."""

import pytest
from flask import Flask, Response

from tests.papers.reading import heights_of, lines_of
from wohnberatung.core.unbroken import NO_BREAK
from wohnberatung.papers import paragraph, render, table
from wohnberatung.web.whole_numbers import keep_numbers_whole

CASE, OFFER, RECEIPT = "FA-2026-NV2894", "WN4F-WD5V", "DF-2026-K7M2QX"
# With a sign in it behind which lines break, or to be copied.
TELEPHONES = [
    "0351 / 488 12 34",
    "0351-4711",
    "+49 (0)351 488123",
    "(0351) 4711-22",
    "+49 351 4881234",
    "0351 555 01 11",
]
SIGNED = [CASE, OFFER, RECEIPT, *TELEPHONES, "2–3", "2026-12-08", "12.11.2026–13.11.2026", "1945–1950"]
AMOUNTS = [
    "840 €",
    "1.234,50 €",
    "60,5 m²",
    "14:05 Uhr",
    "20 %",
    "2,5 Zimmer",
    "70 cm",
    "5 Meter",
    "840 Euro",
    "45 kWh",
]
RANGES = ["1.500–3.000 €", "8,40 €/m²", "9:00–10:30 Uhr", "180 kWh/(m²·a)", "2 – 3 Zimmer"]


@pytest.mark.parametrize("number", SIGNED)
def test_a_number_has_an_element_of_its_own_wherever_it_stands(app: Flask, number: str) -> None:
    for around in ("<p>Gesuch {}, neu</p>", "<td><a href='/x'>{}</a></td>", "<li>Fall {}: Nr. 2</li>"):
        page = keep_numbers_whole(Response(around.format(number), mimetype="text/html"))
        assert page.get_data(as_text=True) == around.format(f'<span class="whole">{number}</span>')


@pytest.mark.parametrize("amount", [*AMOUNTS, *RANGES])
def test_an_amount_has_no_blank_that_breaks_before_its_unit(app: Flask, amount: str) -> None:
    for around in ("<p>Kosten: {}, wohl</p>", "<svg><text>9</text></svg> {}<br>", "<b>({})</b>"):
        page = keep_numbers_whole(Response(around.format(amount), mimetype="text/html")).get_data(as_text=True)
        kept = amount.replace(" ", NO_BREAK)
        assert page == around.format(f'<span class="whole">{kept}</span>' if amount in RANGES else kept)


@pytest.mark.parametrize(
    "page",
    [
        f"<title>Fall {CASE}</title>",
        f"<textarea name='a'>Wegen {CASE}</textarea><option value='{OFFER}'>{OFFER}</option>",
        f"<input value='{RECEIPT}'><a href='/faelle/{CASE}' title='{OFFER}'>Fall</a>",
        "<textarea>840 € warm</textarea><script>a = '60 m²'</script><option>840 €</option><p title='840 €'>€</p>",
        "<p>UTF-8, 01307-Dresden, 3 mal, 5 Personen, 12. November, 7 Millionen, 20 Eurythmie, 01307 Dresden</p>",
    ],
)
def test_where_no_element_may_stand_and_where_no_number_stands_nothing_changes(app: Flask, page: str) -> None:
    assert keep_numbers_whole(Response(page, mimetype="text/html")).get_data(as_text=True) == page
    plain = Response(CASE, mimetype="text/plain")
    assert keep_numbers_whole(plain).get_data(as_text=True) == CASE


@pytest.mark.parametrize("number", [*SIGNED, *AMOUNTS, *RANGES])
def test_a_number_never_breaks_on_paper(app: Flask, number: str) -> None:
    told = [paragraph(f"{'ich ' * count} ({number}) und mehr.") for count in range(14, 30)]
    with app.app_context():
        paper = render("letter", {"title": "Brief", "parts": told})
    assert sum(number in line for line in heights_of(paper)) == len(told)


def test_in_a_table_a_column_is_as_wide_as_its_longest_number(app: Flask) -> None:
    head = ["Was", "Wie viel", "Wer", "Ob", "Wann", "Wo", "Wozu"]
    rows = [["Treppenlift einbauen", "0351 / 488 12 34", "niemand", "ja", "bald", "hier", "so"]]
    with app.app_context():
        paper = render("letter", {"title": "Brief", "parts": [table("Kosten", head, rows)]})
    number = next(line for line in lines_of(paper) if line.text.startswith("0351"))
    following = next(line for line in lines_of(paper) if line.text.startswith("niemand"))
    assert any("0351 / 488 12 34" in line for line in heights_of(paper))
    assert number.right < following.left - 5, "the number runs over its column"
