"""The checking client: each rule finds its fault, and forms are filled in as in a browser."""

from typing import Any

import pytest
from flask import Flask, request

from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import faults

FORM = """
<form method="post" action="/anfrage">
  <input type="hidden" name="csrf_token" value="t"><input type="hidden" name="idempotency_key" value="k">
  <label for="name">Name</label><input id="name" name="name" value="Ada">
  <label for="note">Notiz</label><textarea id="note" name="note">alt</textarea>
  <label for="area">Stadtteil</label>
  <select id="area" name="area"><option value="11">Pieschen</option>
  <option value="12" selected>Löbtau</option></select>
  <fieldset><legend>Wege</legend>
  <input type="checkbox" id="w" name="ways" value="wheelchair" checked><label for="w">Rollstuhl</label>
  <input type="checkbox" id="r" name="ways" value="rollator"><label for="r">Rollator</label></fieldset>
  <button name="step" value="back">Zurück</button><button name="step" value="next">Weiter</button>
</form>"""


def page(body: str = "", heading: str = "<h1>Wohnen</h1>", attributes: str = 'lang="de"') -> str:
    head = '<head><meta charset="utf-8"><title>Wohnen</title></head>'
    return f"<!doctype html><html {attributes}>{head}<body><main>{heading}{body}</main></body></html>"


def test_a_good_page_has_no_faults() -> None:
    assert faults(page("<h2>Suche</h2>" + FORM + '<a href="#name">Zum Namen</a>')) == []


def test_a_page_that_was_good_is_judged_anew_where_more_than_its_ids_has_changed() -> None:
    one, other = "a" * 26, "b" * 26
    both = '<p id="{}"></p><p id="{}"></p>'
    assert faults(page(both.format(one, other))) == faults(page(both.format(other, one))) == []
    for _time in range(2):
        assert "occurs 2 times" in faults(page(both.format(one, one)))[0]
    assert "occurs 2 times" in faults(page(both.format(other, other)))[0]


def test_data_for_search_engines_is_no_script_that_runs() -> None:
    assert faults(page('<script type="application/ld+json">{"name": "Wohnung"}</script>')) == []
    with pytest.raises(ValueError, match="Expecting"):
        faults(page('<script type="application/ld+json">{name}</script>'))


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p>ohne alles", "expected-doctype"),
        (page("<p><ul></p></ul>"), "unexpected-end-tag"),
        (page(attributes=""), "language"),
        (page("<title>noch einer</title>"), "2 elements title"),
        (page(heading="<h1></h1>"), "1 elements h1"),
        (page("<h3>zu tief</h3>"), "level 3 follows level 1"),
        (page('<p id="a"></p><p id="a"></p>'), "occurs 2 times"),
        (page('<label for="b">B</label>'), "for='b' leads nowhere"),
        (page('<a href="#c">C</a>'), "'#c' leads nowhere"),
        (page('<input name="d">'), "field 'd' has no label"),
        (page("<button></button>"), "button has no name"),
        (page('<img src="/e.png">'), "has no alt"),
        (page("<fieldset><p>ohne</p></fieldset>"), "legend"),
        (page('<form><input aria-label="Ab"><input aria-label="Ab"></form>'), "2 fields are called 'Ab'"),
        (page('<div class="kern-hint" id="f">Freiwillig</div>'), "no field names the hint 'Freiwillig'"),
        (page("<p>Aufzug: ja · Stufenlos: nein</p>"), "joined by a dot"),
        (page('<a href="/" title="Pieschen · Musterweg">Haus</a>'), "joined by a dot"),
        (page('<p style="color:red">rot</p>'), "carries style"),
        (page('<p onclick="f()">klick</p>'), "carries onclick"),
        (page("<script>f()</script>"), "inline script"),
        (page('<a href="javascript:f()">los</a>'), "javascript: link"),
        (page('<img alt="" src="https://elsewhere.example/e.png">'), "elsewhere.example"),
        (page('<script src="//elsewhere.example/e.js"></script>'), "elsewhere.example"),
        (page('<form method="post"></form>'), "CSRF"),
        (page('<form method="post"></form>'), "sent twice"),
        (page('<label>Name <input id="n" aria-invalid="true"></label>'), "no summary of errors"),
        (page('<button form="f" formaction="/en">English</button><form id="f"></form>'), "presses 'English'"),
        (page("<p>Guten Tag %(name)s</p>"), "'%('"),
        (page("<p>&amp;lt;b></p>"), "'&lt;'"),
    ],
)
def test_a_fault_is_found(html: str, fault: str) -> None:
    found = faults(html)
    assert any(fault in sentence for sentence in found), found


@pytest.fixture
def client() -> CheckingClient:
    """A tiny application that shows the form and answers with what it received."""
    app = Flask(__name__)
    app.test_client_class = CheckingClient
    app.add_url_rule("/anfrage", "form", lambda: page(FORM))
    app.add_url_rule("/anfrage", "sent", lambda: request.form.to_dict(flat=False), methods=["POST"])
    app.add_url_rule("/calm", "calm", lambda: page('<h2 id="fehler">Es gibt ein Problem</h2>'))
    app.add_url_rule("/kaputt", "broken", lambda: page("<button></button>"))
    return app.test_client()


@pytest.mark.parametrize(
    ("fields", "received"),
    [
        ({}, {"name": ["Ada"], "note": ["alt"], "area": ["12"], "ways": ["wheelchair"]}),
        ({"name": "Grete", "area": "11"}, {"name": ["Grete"], "area": ["11"]}),
        ({"ways": ["wheelchair", "rollator"]}, {"ways": ["wheelchair", "rollator"]}),
        ({"ways": None}, {"csrf_token": ["t"]}),
    ],
)
def test_what_is_not_changed_is_sent_as_the_page_shows_it(
    client: CheckingClient, fields: dict[str, Any], received: dict[str, list[str]]
) -> None:
    answer = client.submit("/anfrage", fields).json
    assert answer.items() >= received.items()
    assert ("ways" in answer) == (fields.get("ways", "") is not None)


def test_the_button_that_is_pressed_is_sent(client: CheckingClient) -> None:
    assert client.submit("/anfrage", button="Zurück").json["step"] == ["back"]


def test_a_field_the_page_does_not_offer_cannot_be_filled_in(client: CheckingClient) -> None:
    with pytest.raises(AssertionError, match="the page offers"):
        client.submit("/anfrage", {"income": "1000"})


def test_a_bad_page_fails_the_test_that_fetches_it(client: CheckingClient) -> None:
    with pytest.raises(AssertionError, match="/kaputt"):
        client.get("/kaputt")


def test_a_refused_form_must_not_answer_as_if_all_were_well(client: CheckingClient) -> None:
    with pytest.raises(AssertionError, match="answers 200"):
        client.get("/calm")
