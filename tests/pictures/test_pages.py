"""Pictures through the pages: sent with a form, fetched by those who may, with headers that fit."""

import io
from typing import Any

import pytest

from tests.factories import make_dwelling, make_offer, make_organisation
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page
from tests.people import make_user, sign_in
from tests.pictures.drawings import image_file, telephone_photo
from wohnberatung.pictures.drawing import draw
from wohnberatung.pictures.services import add_pictures, pictures_of
from wohnberatung.web.limits import UPLOADS

pytestmark = pytest.mark.usefixtures("picture_folder")


def files(*contents: bytes) -> list[tuple[io.BytesIO, str]]:
    return [(io.BytesIO(content), f"IMG_{number}.jpg") for number, content in enumerate(contents)]


@pytest.fixture
def offer(client: CheckingClient, session: Any) -> Any:
    """A published offer of the organisation whose member the browser belongs to."""
    owner = make_organisation()
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    return make_offer(make_dwelling(owner))


def test_an_owner_uploads_describes_orders_and_deletes(client: CheckingClient, offer: Any) -> None:
    home = f"/bilder/dwelling/{offer.dwelling_id}"
    page = client.submit(home, {"files": files(telephone_photo(), image_file()), "use": "photo"}, button="Hochladen")
    assert "2 Bilder sind da." in page.text
    first, second = (picture.id for picture in pictures_of("dwelling", offer.dwelling_id))
    assert "<img" not in client.get(f"/angebote/{offer.id}").text
    words = {f"alt_{first}": "Haus mit Rampe", f"alt_{second}": ""}
    assert "gespeichert" in client.submit(home, words, button="Beschreibungen speichern").text
    public = Page(client.get(f"/angebote/{offer.id}").text)
    assert [image.attrib["alt"] for image in public.all("img")] == ["Haus mit Rampe"]
    hidden = {
        field.attrib["name"]: field.attrib["value"]
        for form in Page(client.get(home).text).all("form")
        if form.attrib.get("id") == "reihenfolge"
        for field in form.iter("input")
    }
    client.post(f"{home}/reihenfolge", data={**hidden, "schritt": f"zurueck:{first}"})
    assert [picture.id for picture in pictures_of("dwelling", offer.dwelling_id)] == [second, first]
    assert "gelöscht" in client.submit(f"{home}/{second}/loeschen", button="Bild löschen").text
    assert [picture.id for picture in pictures_of("dwelling", offer.dwelling_id)] == [first]
    assert client.get(f"{home}/{second}/loeschen").status_code == 302


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ([b"<svg onload=alert(1)>"], "kein Bild"),
        ([b""], "kein Bild"),
        ([image_file((9, 9))] * 7, "höchstens 6 Bilder"),
        ([image_file((9, 9)), b"%PDF-1.7"], "kein Bild"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_stored(
    client: CheckingClient, offer: Any, sent: list[bytes], said: str
) -> None:
    answer = client.submit(f"/bilder/dwelling/{offer.dwelling_id}", {"files": files(*sent)}, button="Hochladen")
    assert (answer.status_code, said in answer.text) == (400, True)
    assert pictures_of("dwelling", offer.dwelling_id) == []


def test_without_a_file_the_form_says_so(client: CheckingClient, offer: Any) -> None:
    answer = client.submit(f"/bilder/dwelling/{offer.dwelling_id}", button="Hochladen")
    assert (answer.status_code, "mindestens ein Bild" in answer.text) == (400, True)


def test_a_picture_sent_twice_is_stored_once(client: CheckingClient, offer: Any) -> None:
    home = f"/bilder/dwelling/{offer.dwelling_id}"
    form = next(form for form in Page(client.get(home).text).all("form") if form.attrib.get("enctype"))
    hidden = {f.attrib["name"]: f.attrib["value"] for f in form.iter("input") if f.attrib.get("type") == "hidden"}
    for _time in range(2):
        client.post(home, data={**hidden, "use": "photo", "files": files(image_file())})
    assert len(pictures_of("dwelling", offer.dwelling_id)) == 1


def test_a_request_over_the_limit_of_its_route_is_refused(client: CheckingClient, offer: Any) -> None:
    body = b"x" * (UPLOADS["pictures.add_pictures"] + 1)
    answer = client.post(
        f"/bilder/dwelling/{offer.dwelling_id}", data=body, content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 413


def test_the_bytes_are_served_as_what_they_are_and_need_not_be_sent_again(client: CheckingClient, offer: Any) -> None:
    (picture,) = add_pictures("dwelling", offer.dwelling_id, [draw(image_file(), "photo")], alt="Haus")
    answer = client.get(f"/bild/{picture.id}/klein")
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    again = client.get(f"/bild/{picture.id}/klein", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    for wrong in (f"/bild/{picture.id}/riesig", "/bild/nichts/klein", f"/bild/{picture.id}/..%2fgross"):
        assert client.get(wrong).status_code == 404


def test_strangers_and_others_find_no_album(client: CheckingClient, session: Any) -> None:
    home = make_dwelling()
    sign_in(client, make_user("provider", organisation_ids=[make_organisation().id]))
    for path in (f"/bilder/dwelling/{home.id}", "/bilder/dwelling/nichts", "/bilder/nichts/x"):
        assert client.get(path).status_code == 404
        assert client.post(path, data={}).status_code in (400, 404)
