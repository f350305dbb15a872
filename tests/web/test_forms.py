"""The form macros: every kind of field is drawn with its label, hint and error tied to it."""

import io
from datetime import date, time
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from wohnberatung.bridge.typed_fields import ClockField, DayField, WholeNumberField
from wohnberatung.core.errors import DomainError
from wohnberatung.web.fields import error_links
from wohnberatung.web.forms import Form, FormPart, VersionedForm

TEMPLATE = """{% extends "base.html" %}
{% from "macros/forms.html" import error_summary, form_frame, render_field %}
{% block title %}Alles{% endblock %}
{% block content %}<h1>Alles</h1>{{ error_summary(form) }}
{% call form_frame(form, submit="Weiter") %}
{% for field in form %}{{ render_field(field, notes={"walker": "Türen ab 80 cm."}) }}{% endfor %}
{% endcall %}{% endblock %}"""


class Door(FormPart):
    width = IntegerField("Breite in cm", validators=[InputRequired()])


class Everything(Form):
    name = StringField("Name", description="Wie im Ausweis.", validators=[InputRequired()])
    email = EmailField("E-Mail")
    moves = RadioField(
        "Wege",
        choices=[SelectChoice("walker", "Rollator"), SelectChoice("chair", "Rollstuhl")],
        validators=[InputRequired()],
    )
    places = SelectMultipleField(
        "Stadtteile",
        choices=[SelectChoice("1", "Pieschen"), SelectChoice("2", "Löbtau")],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[InputRequired()],
    )
    floor = SelectField("Geschoss", choices=[SelectChoice("", "egal"), SelectChoice("0", "Erdgeschoss")])
    kinds = SelectMultipleField("Arten", choices=[SelectChoice("a", "A"), SelectChoice("b", "B")])
    note = TextAreaField("Notiz", validators=[Length(max=5)])
    consent = BooleanField("Ich bin einverstanden.", description="Widerruf jederzeit.", validators=[InputRequired()])
    plan = FileField("Grundriss", validators=[FileRequired("Bitte wählen Sie eine Datei.")])
    door = FormField(Door, label="Badtür")
    doors = FieldList(FormField(Door), label="Weitere Türen", min_entries=2)


def everything() -> Any:
    form = Everything()
    form.validate_on_submit()
    return render_template_string(TEMPLATE, form=form), 400 if form.errors else 200


@pytest.fixture(scope="module")
def probe_routes() -> dict[str, Any]:
    return {"everything": everything}


def test_a_fresh_form_shows_no_errors_and_sends_files_as_files(visitor: FlaskClient) -> None:
    page = visitor.get("/probe/everything")
    assert "Es gibt ein Problem" not in page.text
    assert "aria-invalid" not in page.text
    assert 'enctype="multipart/form-data"' in page.text


def test_each_error_is_in_the_summary_in_german_and_leads_to_a_control(visitor: CheckingClient) -> None:
    page = Page(visitor.submit("/probe/everything", {"name": "", "note": "zu lang"}).text)
    assert words(next(title for title in page.all("title"))).startswith("Fehler: Alles")
    links = [
        link for link in page.all("a") if link.attrib["href"].startswith("#") and "kern-link" in link.attrib["class"]
    ]
    targets = [link.attrib["href"][1:] for link in links if link.attrib["href"] != "#inhalt"]
    controls = {element.attrib.get("id") for element in page.all("input", "select", "textarea")}
    assert set(targets) <= controls
    assert targets == [
        "name",
        "moves-0",
        "places-0",
        "note",
        "consent",
        "plan",
        "door-width",
        "doors-0-width",
        "doors-1-width",
    ]
    assert "required" not in " ".join(words(link) for link in links)


def test_each_error_is_tied_to_its_field_and_entries_are_kept(visitor: CheckingClient) -> None:
    answer = visitor.submit("/probe/everything", {"name": "", "email": "anna@", "note": "zu lang", "kinds": ["b"]})
    page = Page(answer.text)
    by_id = {element.attrib["id"]: element for element in page.all() if "id" in element.attrib}
    for name in ("name", "note", "consent", "plan", "door-width"):
        described = by_id[name].attrib["aria-describedby"].split()
        assert f"{name}-fehler" in described
        assert words(by_id[f"{name}-fehler"]).startswith("Fehler: ")
    assert by_id["name"].attrib["aria-describedby"] == "name-hinweis name-fehler"
    assert by_id["email"].attrib["value"] == "anna@"
    assert words(by_id["note"]) == "zu lang"
    groups = [group for group in page.all("fieldset") if "moves-fehler" in group.attrib.get("aria-describedby", "")]
    assert len(groups) == 1
    assert by_id["moves-0"].attrib["aria-describedby"] == "moves-0-hinweis"


def test_voluntary_fields_say_so(visitor: FlaskClient) -> None:
    labels = {
        label.attrib.get("for"): words(label) for label in Page(visitor.get("/probe/everything").text).all("label")
    }
    assert labels["email"] == "E-Mail (freiwillig)"
    assert labels["name"] == "Name"


def test_what_a_service_refuses_is_shown_at_its_field_or_above(app: Flask) -> None:
    with app.test_request_context():
        form = Everything(formdata=None)
        form.refuse(DomainError("Diese Tür gibt es nicht.", "name"))
        form.refuse(DomainError("Gerade nicht möglich."))
        form.refuse(DomainError("Unbekanntes Feld.", "nowhere"))
        assert [tuple(link) for link in error_links(form)] == [
            ("", "Gerade nicht möglich."),
            ("", "Unbekanntes Feld."),
            ("name", "Diese Tür gibt es nicht."),
        ]
        assert form.errors


@pytest.mark.parametrize(("sent", "version"), [("7", 7), ("", None), ("-1", None), ("x", None), ("9" * 30, None)])
def test_the_version_of_a_form_is_a_number_or_nothing(app: Flask, sent: str, version: int | None) -> None:
    with app.test_request_context(method="POST", data={"version": sent}):
        assert VersionedForm().submitted_version == version


class Count(Form):
    number = WholeNumberField(validators=[NumberRange(1, 20)])
    day = DayField(validators=[Optional()])
    wall = ClockField(validators=[Optional()])


@pytest.mark.parametrize(
    ("sent", "number"),
    [
        ("3", 3),
        (" 4 ", 4),
        ("zwei", 2),
        ("2,5", None),
        ("3 kg", None),
        ("-" + "9" * 400, None),
        ("9" * 5000, None),
        ("1e5", None),
        ("²", None),
    ],
)
def test_a_number_that_is_none_is_refused_however_long(app: Flask, sent: str, number: int | None) -> None:
    with app.test_request_context(method="POST", data={"number": sent}):
        form = Count()
        form.validate_on_submit()
        assert ("number" not in form.errors) is (number is not None)
        assert form.number.data == number


@pytest.mark.parametrize("day", ["2027-08-01", "1.8.27", "01.08.2027", "1. August 2027"])
@pytest.mark.parametrize("wall", ["09:30", "9.30 Uhr", "um 9:30", "09:30:00"])
def test_a_browser_without_calendar_and_clock_sends_what_people_write(app: Flask, day: str, wall: str) -> None:
    with app.test_request_context(method="POST", data={"number": "1", "day": day, "wall": wall}):
        form = Count()
        form.validate_on_submit()
        assert {"day", "wall"}.isdisjoint(form.errors)
        assert (form.day.data, form.wall.data) == (date(2027, 8, 1), time(9, 30))


@pytest.mark.parametrize(("day", "wall"), [("31.2.2027", "25:00"), ("8/2027", "halb"), ("morgen", "9:75")])
def test_what_is_no_day_and_no_time_is_quoted_once(app: Flask, day: str, wall: str) -> None:
    with app.test_request_context(method="POST", data={"number": "viel", "day": day, "wall": wall}):
        form = Count()
        form.validate_on_submit()
        for name, typed in (("day", day), ("wall", wall), ("number", "viel")):
            (said,) = form.errors[name]
            assert f"„{typed}“ ist kein" in said
            assert f'value="{typed}"' in form[name]()


def test_a_file_is_no_text_and_a_text_no_file(app: Flask) -> None:
    class Both(Form):
        text, file = StringField(), FileField()

    for sent in ({"text": (io.BytesIO(b"x"), "a.pdf")}, {"file": "text"}):
        with app.test_request_context(method="POST", data=sent, content_type="multipart/form-data"):
            form = Both()
            assert not form.text.data
            assert not form.file.data
