"""A home is looked at room by room; what was measured becomes evidence and tells what stands in the way."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import select

from tests.cases.factories import actor_of, make_advisor, make_case
from tests.factories import make_dwelling, make_request
from tests.infrastructure.client import offered_values
from tests.infrastructure.pages import Page
from tests.people import make_user, sign_in
from wohnberatung.cases.services.personal_data import erase_case, stored_about_case
from wohnberatung.cases.services.requests import link_request
from wohnberatung.cases.services.rights import NotYours
from wohnberatung.cases.services.timeline import timeline
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Conflict, DomainError, Forbidden, NotFound
from wohnberatung.dwellings.models import FactRecord
from wohnberatung.pictures.models import Picture
from wohnberatung.pictures.services import album
from wohnberatung.seeding.homes import fill_tables
from wohnberatung.surveys.area import withdraw_pictures
from wohnberatung.surveys.models import Survey
from wohnberatung.surveys.services.barriers import barriers_of
from wohnberatung.surveys.services.surveys import (
    agree_to_pictures,
    begin_survey,
    finish,
    load_survey,
    reopen,
    save_room,
    surveys_of,
)

pytestmark = pytest.mark.usefixtures("session")
DOOR = {"key": "inner_door_clear_width_cm", "wanted": 90, "importance": "must"}
SHOWER = {"key": "shower_level", "wanted": True, "importance": "must"}


@pytest.fixture
def me():
    return make_advisor()


def begun(me, case=None, **options):
    row = begin_survey(case or make_case(me), me, **{"surveyed_on": clock.today(), **options})
    return load_survey(row.id, me)


def with_needs(me, *requirements):
    case = make_case(me)
    link_request(case, make_request(*requirements).request.receipt_number, me)
    return case


def again(sheet, me):
    return load_survey(sheet.survey.id, me)


def test_only_what_the_household_needs_is_asked_or_everything(me):
    sheet = begun(me, with_needs(me, DOOR, SHOWER))
    asked = [fact.key for room in sheet.rooms() for fact in room.facts]
    assert asked == [DOOR["key"], SHOWER["key"]]
    everything = [fact.key for room in sheet.rooms(everything=True) for fact in room.facts]
    assert len(everything) > 35
    assert not {"district", "claimed_level", "rent_warm_eur"} & set(everything)
    assert sheet.rooms()[0].label == "Räume und Türen"
    without = begun(me)
    assert without.rooms() == without.rooms(everything=True), "nobody knows what matters"
    wheelchair = begun(me, profiles=("wheelchair",))
    assert 5 < sum(len(room.facts) for room in wheelchair.rooms()) < 30


@pytest.mark.parametrize("known", [{"has_lift": False}, {"floor": 0}])
def test_nobody_measures_a_lift_that_nobody_takes(me, known):
    flat = make_dwelling(**known)
    sheet = begun(me, profiles=("wheelchair",), dwelling_id=flat.id)
    asked = {fact.key for room in sheet.rooms() for fact in room.facts}
    assert "inner_door_clear_width_cm" in asked
    assert not {key for key in asked if key.startswith("lift_")}


def test_measurements_become_evidence_on_our_dwelling_with_date_and_who(me):
    dwelling = make_dwelling(level="claimed", shower_level=True)
    day = clock.today() - timedelta(days=1)
    sheet = begun(me, dwelling_id=dwelling.id, surveyed_on=day)
    save_room(sheet, "bathroom", {"shower_level": False, "grab_bars": None}, "Wanne mit Brett", version=0)
    stored = finish(again(sheet, me), me, version=sheet.survey.version)
    assert stored == ("shower_level",)
    assert dwelling.shower_level is False
    assert dwelling.evidence["shower_level"]["level"] == "measured"
    assert dwelling.evidence["shower_level"]["date"] == day.isoformat()


def test_who_measured_is_in_the_history(me, session):
    dwelling = make_dwelling()
    sheet = begun(me, dwelling_id=dwelling.id)
    save_room(sheet, "rooms", {DOOR["key"]: 82}, "", version=0)
    finish(again(sheet, me), me, version=sheet.survey.version)
    (record,) = session.scalars(select(FactRecord).where(FactRecord.subject_id == dwelling.id))
    assert (record.recorded_by, record.source) == (me.user_id, "Bestandsaufnahme der Wohnberatung")


def test_the_own_home_of_a_person_stays_in_the_case(me, session):
    sheet = begun(me, address="Elbweg 1")
    save_room(sheet, "rooms", {DOOR["key"]: 72}, "", version=0)
    assert finish(again(sheet, me), me, version=sheet.survey.version) == ()
    assert again(sheet, me).place == "Elbweg 1"
    assert b"Elbweg" not in sheet.survey.content
    assert session.scalars(select(FactRecord)).all() == []


def test_barriers_are_what_is_needed_and_not_there_with_works_that_help(me):
    sheet = begun(me, with_needs(me, DOOR, SHOWER, {"key": "balcony", "wanted": True, "importance": "wish"}))
    assert len(barriers_of(sheet).unknown) == 3
    save_room(sheet, "rooms", {DOOR["key"]: 78}, "", version=0)
    save_room(again(sheet, me), "bathroom", {SHOWER["key"]: False}, "", version=0)
    found = barriers_of(again(sheet, me))
    assert [(barrier.grade, barrier.works.measure) for barrier in found.found] == [
        ("adaptable", "widen_door"),
        ("adaptable", "level_shower"),
    ]
    assert [barrier.label for barrier in found.unknown] == ["Balkon oder Terrasse"] or len(found.unknown) == 1
    save_room(again(sheet, me), "rooms", {DOOR["key"]: 95}, "", version=1)
    assert barriers_of(again(sheet, me)).suiting == 1


def test_two_advisors_in_one_room_see_both_texts_and_different_rooms_do_not_disturb(me):
    sheet = begun(me)
    save_room(sheet, "rooms", {DOOR["key"]: 78}, "eng", version=0)
    save_room(again(sheet, me), "bathroom", {SHOWER["key"]: True}, "", version=0)
    with pytest.raises(Conflict) as conflict:
        save_room(again(sheet, me), "rooms", {DOOR["key"]: 80}, "weit", version=0)
    assert conflict.value.current["Notiz"] == "eng"
    assert conflict.value.submitted["Notiz"] == "weit"
    assert len(conflict.value.labels) == 2


def room_on(page, action):
    """What the page's form for this room would send."""
    form = next(form for form in Page(page.text).all("form") if form.attrib.get("action", "").startswith(action))
    return dict(offered_values(form))


def test_a_room_whose_answer_was_lost_is_saved_again_from_the_same_tablet(client):
    user = make_user("advisor")
    sign_in(client, user)
    sheet = begun(actor_of(user), profiles=("wheelchair",))
    page, action = f"/bestandsaufnahmen/{sheet.survey.id}", f"/bestandsaufnahmen/{sheet.survey.id}/bathroom"
    on_tablet = room_on(client.get(page), action)
    for _time in ("the answer is lost", "the same again is done already"):
        assert client.post(action, data=on_tablet | {"note_bathroom": "eng"}).status_code == 302
    overtaken = client.post(action, data=on_tablet | {"note_bathroom": "eng, Teppich"})
    assert overtaken.status_code == 409
    assert "Dieser Raum wurde inzwischen gespeichert" in overtaken.text
    decided = room_on(overtaken, action)
    assert decided["note_bathroom"] == "eng, Teppich"
    assert client.post(action, data=decided).status_code == 302
    assert again(sheet, actor_of(user)).room("bathroom")["note"] == "eng, Teppich"


def test_a_conflict_at_an_address_without_a_page_leads_back_to_where_the_form_was(client):
    user = make_user("advisor")
    sign_in(client, user)
    sheet = begun(actor_of(user))
    finish(sheet, actor_of(user), version=sheet.survey.version)
    page = f"/bestandsaufnahmen/{sheet.survey.id}"
    stale = room_on(client.get(page), f"{page}/oeffnen") | {"version": "99"}
    refused = client.post(f"{page}/oeffnen", data=stale, headers={"Referer": f"http://localhost{page}"})
    assert refused.status_code == 409
    assert f'href="{page}"' in refused.text


def test_a_finished_survey_is_changed_only_after_it_is_opened_again(me):
    sheet = begun(me)
    finish(sheet, me, version=sheet.survey.version)
    with pytest.raises(DomainError):
        save_room(again(sheet, me), "rooms", {}, "", version=0)
    with pytest.raises(DomainError):
        finish(again(sheet, me), me, version=sheet.survey.version)
    reopen(again(sheet, me), version=sheet.survey.version)
    save_room(again(sheet, me), "rooms", {}, "", version=0)
    with pytest.raises(DomainError):
        begun(me, surveyed_on=clock.today() + timedelta(days=1))


def test_a_survey_is_told_in_the_timeline_and_the_export_and_goes_with_the_case(me, session):
    case = make_case(me)
    sheet = begun(me, case, address="Elbweg 1")
    save_room(sheet, "rooms", {DOOR["key"]: 78}, "Stolperkante", version=0)
    finish(again(sheet, me), me, version=sheet.survey.version)
    assert "Bestandsaufnahme abgeschlossen" in [entry.title for entry in timeline(case, me)]
    (told,) = stored_about_case(case, me)["surveys"]
    assert told["rooms"]["rooms"]["note"] == "Stolperkante"
    assert [each.survey for each in surveys_of(case, me)] == [sheet.survey]
    with pytest.raises(NotYours):
        load_survey(sheet.survey.id, make_advisor("Andere"))
    with pytest.raises(NotFound):
        load_survey("gibtesnicht", me)
    erase_case(case)
    assert session.scalars(select(Survey.id)).all() == []


def test_there_are_no_pictures_without_consent(me):
    sheet = begun(me)
    with pytest.raises(Forbidden):
        album("survey", sheet.survey.id, me)
    agree_to_pictures(sheet, True)
    assert album("survey", sheet.survey.id, me).pictures == ()


def png():
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(stream, "PNG")
    stream.seek(0)
    return stream


@pytest.mark.usefixtures("picture_folder")
def test_an_advisor_surveys_a_flat_in_the_browser(client, session):
    user = make_user("advisor")
    actor = Actor(user.id, user.name, user.email, user.roles)
    case = with_needs(actor, DOOR, SHOWER)
    dwelling = make_dwelling(title="Wohnung am Park")
    fill_tables()
    sign_in(client, user)
    begin = f"/faelle/{case.id}/bestandsaufnahmen/neu"
    assert "Noch keine Bestandsaufnahme" in client.get(f"/faelle/{case.id}/bestandsaufnahmen").text
    assert f"wohnung={dwelling.id}" in client.get(f"{begin}?suche=Park").text
    client.submit(f"{begin}?wohnung={dwelling.id}", {"surveyed_on": clock.today().isoformat()}, button="Beginnen")
    survey = session.scalars(select(Survey)).one()
    own = f"/bestandsaufnahmen/{survey.id}"
    assert "Badewanne" not in client.get(own).text
    assert "Badewanne" in client.get(f"{own}?alle=ja").text
    wrong = client.submit(own, {DOOR["key"]: "8 Meter"})
    assert wrong.status_code == 400
    assert "8 Meter" in wrong.text
    assert "Gespeichert: Räume und Türen" in client.submit(own, {DOOR["key"]: "78"}).text
    saved = client.submit(own, {SHOWER["key"]: "nein", "note_bathroom": "Wanne"})
    assert "Bodengleiche Dusche einbauen" in saved.text
    assert "3.000 bis 10.000 € (zu prüfen, Stand 22.11.2026)" in " ".join(saved.text.split())
    assert client.submit(own, {}, button="Bilder aufnehmen").status_code == 400
    client.submit(own, {"agreed": "y"})
    uploaded = client.submit(f"/bilder/survey/{survey.id}", {"files": [(png(), "bad.png")], "use": "photo"})
    assert uploaded.status_code == 200
    picture = session.scalars(select(Picture)).one()
    assert picture.is_sealed
    client.submit(f"{own}/abschliessen", button="Abschließen")
    assert dwelling.shower_level is False
    assert "abgeschlossen" in client.get(f"/faelle/{case.id}/bestandsaufnahmen").text
    withdraw_pictures(load_survey(survey.id, actor))
    assert session.scalars(select(Picture)).all() == []
    client.submit(own, button="Wieder öffnen")
    assert survey.state == "open"
