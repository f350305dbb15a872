"""What no person types never gets further than the door."""

import io

import pytest
from flask import Flask, request

from tests.infrastructure.client import CheckingClient
from wohnberatung.core.texts import clean


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a\x00b", "ab"),
        ("Zeile\r\nnoch eine\tmit Tab\rund noch eine", "Zeile\nnoch eine\tmit Tab\nund noch eine"),
        ("\x0b\x1b[31m\x7f\x85", "[31m"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("a\ufffeb\uffff", "ab"),
        ("👩‍🦽 Straße", "👩‍🦽 Straße"),
    ],
)
def test_text_is_cleaned(app: Flask, sent: str, kept: str) -> None:
    assert clean(sent) == kept
    with app.test_request_context("/", method="POST", data={"text": sent}):
        assert request.form["text"] == kept
        assert request.values["text"] == kept
    with app.test_request_context("/", query_string={"q": sent}):
        assert request.args["q"] == kept


def test_half_a_pair_of_surrogates_is_no_text() -> None:
    assert clean("a\ud800b\udfff") == "ab"


def test_the_name_of_a_file_is_cleaned(app: Flask) -> None:
    sent = {"file": (io.BytesIO(b"x"), "Ku\u0308\u007fche.pdf")}
    with app.test_request_context("/", method="POST", data=sent):
        assert request.files["file"].filename == "Küche.pdf"


def test_several_values_stay_several(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"a": ["1", "2"]}):
        assert request.form.getlist("a") == ["1", "2"]


@pytest.mark.parametrize("path", ["/%00", "/konto%00", "/static/%1b"])
def test_an_address_with_control_characters_leads_nowhere(client: CheckingClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_part_of_a_form_without_a_name_is_no_field(app: Flask) -> None:
    part = "--x\r\nContent-Disposition: form-data{}\r\n\r\n{}\r\n"
    body = part.format("", "ohne") + part.format('; name="name"', "Anna") + "--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    with app.test_request_context("/", method="POST", data=body, content_type=kind):
        assert request.form["name"] == "Anna"
