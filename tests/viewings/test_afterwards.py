"""After the day: what both sides say, and what is put right at the home by that."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from tests.brokerage.cases import DOOR, steps_of
from tests.factories import advisor, make_organisation
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.viewings.cases import acquainted, agreed, held, reachable_home, seen_differently
from wohnberatung.brokerage.services.matches import advance
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.extensions import db
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.seekers.services.data_export import stored_about
from wohnberatung.viewings.models import FactCorrection, ViewingFeedback
from wohnberatung.viewings.services import dates
from wohnberatung.viewings.services.corrections import decide_correction, waiting_corrections
from wohnberatung.viewings.services.feedback import SaidAfterwards, give_feedback
from wohnberatung.viewings.services.sides import VIEWING

WIDTH = DOOR["key"]


def text_of(response):
    return words(Page(response.text).root.find(".//main"))


def test_the_one_who_seeks_says_how_it_was_and_the_office_takes_the_door_over(client, app):
    pair = held()
    link = f"/besichtigung/{pair.token}/{pair.match.id}"
    assert "Bisher: 95 cm" in text_of(client.get(f"{link}/rueckmeldung"))
    said = {"verdict": "unsure", "words": "Die Tür war schmal.", WIDTH: "78", "measured": "y"}
    page = client.submit(f"{link}/rueckmeldung", said, button="Rückmeldung senden")
    assert "Danke. Ihre Rückmeldung ist bei uns." in text_of(page)
    assert (pair.match.state, steps_of(pair.match)[-1], pair.viewing.state) == ("feedback", "viewed", "held")
    office = app.test_client()
    sign_in(office, make_user("advisor"))
    assert "Lichte Breite der Innentüren: 78 cm" in text_of(office.get("/heute"))
    sheet = text_of(office.get(f"/besichtigungen/{pair.match.id}"))
    assert "Die suchende Person ist noch nicht sicher: „Die Tür war schmal.“" in sheet
    office.submit("/besichtigungen/angaben", {}, button="Übernehmen")
    dwelling = pair.match.offer.dwelling
    assert (getattr(dwelling, WIDTH), dwelling.evidence[WIDTH]["level"]) == (78, "measured")
    assert "Es gibt nichts zu entscheiden" in text_of(office.get("/besichtigungen/angaben"))


def test_what_nobody_measured_does_not_replace_a_measurement(session):
    pair = held()
    give_feedback(pair.seeker, SaidAfterwards("yes", facts={WIDTH: 80.0}), version=0)
    (shown,) = waiting_corrections(advisor())
    assert not decide_correction(shown.correction.id, "uebernehmen", advisor(), version=1)
    assert getattr(pair.match.offer.dwelling, WIDTH) == 95


def test_two_of_the_office_do_not_decide_the_same_twice(session):
    correction = seen_differently()
    decide_correction(correction.id, "lassen", advisor(), version=1)
    with pytest.raises(Conflict):
        decide_correction(correction.id, "uebernehmen", advisor(), version=1)
    assert getattr(correction.match.offer.dwelling, WIDTH) == 95


def test_those_who_offer_say_it_too_and_read_nothing_of_the_other_side(client):
    owner = make_organisation()
    pair = held(acquainted(reachable_home(owner)))
    give_feedback(pair.seeker, SaidAfterwards("yes", "Sehr nette Leute."), version=0)
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    here = f"/besichtigungen/{pair.match.id}"
    page = client.submit(f"{here}/rueckmeldung", {"verdict": "yes"}, button="Rückmeldung senden")
    assert "Sehr nette Leute" not in page.text
    sides = session_scalars(select(ViewingFeedback.side))
    assert sorted(sides) == ["provider", "seeker"]
    assert steps_of(pair.match).count("viewed") == 1


def session_scalars(query):
    return list(db.session.scalars(query))


def test_said_again_the_last_word_counts(client):
    pair = held()
    here = f"/besichtigung/{pair.token}/{pair.match.id}/rueckmeldung"
    client.submit(here, {"verdict": "yes", WIDTH: "80"}, button="Rückmeldung senden")
    shown = client.get(here)
    assert 'value="80"' in shown.text
    client.submit(here, {"verdict": "no", WIDTH: "78"}, button="Rückmeldung senden")
    assert session_scalars(select(FactCorrection.value)) == [78]
    assert session_scalars(select(ViewingFeedback.verdict)) == ["no"]
    with pytest.raises(Conflict):
        give_feedback(pair.seeker, SaidAfterwards("yes"), version=1)


def test_before_the_hour_nobody_says_how_it_was_or_who_was_missing(client):
    pair = agreed()
    here = f"/besichtigung/{pair.token}/{pair.match.id}"
    for page in ("rueckmeldung", "verpasst"):
        assert client.get(f"{here}/{page}").location.endswith(here)
    with pytest.raises(DomainError, match="noch nicht"):
        give_feedback(pair.seeker, SaidAfterwards("yes"), version=0)


def test_on_its_day_but_before_its_hour_nobody_says_that_it_was(session):
    pair = held()
    pair.viewing.starts_at = clock.now() + timedelta(minutes=30)
    session.flush()
    hour = f"{clock.to_berlin(pair.viewing.starts_at):%H:%M}"
    with pytest.raises(DomainError, match=f"erst heute um {hour} Uhr"), session.begin_nested():
        advance(pair.match.id, "viewed", advisor())
    session.expire_all()
    assert (pair.match.state, pair.viewing.state) == ("viewing", "agreed")
    pair.viewing.starts_at = clock.now()
    session.flush()
    advance(pair.match.id, "viewed", advisor())
    assert (pair.match.state, pair.viewing.state) == ("feedback", "held")


def test_a_missed_date_is_reported_by_link(client):
    pair = held()
    here = f"/besichtigung/{pair.token}/{pair.match.id}"
    refused = client.submit(f"{here}/verpasst", {}, button="Das melden")
    assert "Bitte wählen Sie, wer nicht da war." in text_of(refused)
    page = client.submit(f"{here}/verpasst", {"who": "provider"}, button="Das melden")
    assert "Der Termin hat nicht stattgefunden" in text_of(page)
    assert pair.viewing.provider_missed == 1


def test_a_person_is_told_everything_and_it_goes_with_the_consent(session):
    pair = held()
    give_feedback(pair.seeker, SaidAfterwards("unsure", "Die Tür war schmal.", {WIDTH: 78.0}), version=0)
    told = stored_about(pair.token)["viewings"][0]
    assert told["feedback"] == [{"side": "seeker", "verdict": "unsure", "words": "Die Tür war schmal."}]
    assert told["corrections"][0]["value"] == 78
    assert b"schmal" not in session.scalar(select(ViewingFeedback.words))
    withdraw_consent(pair.match.request, "health")
    assert session.scalar(select(ViewingFeedback.words)) is None
    assert session_scalars(select(FactCorrection.id)) == []


def test_after_the_office_has_noted_that_it_was_another_date_can_be_made_and_undoing_it_brings_the_date_back(session):
    pair = held()
    advance(pair.match.id, "viewed", advisor())
    assert (pair.match.state, pair.viewing.state) == ("feedback", "held")
    advance(pair.match.id, "undo", advisor())
    assert (pair.match.state, pair.viewing.state) == ("viewing", "agreed")
    advance(pair.match.id, "viewed", advisor())
    again = dates.moment_at(clock.today() + timedelta(days=3), time(10))
    office = VIEWING.at_desk(pair.match.id, advisor())
    proposed = dates.propose(office, [again], version=pair.viewing.version, for_side="provider")
    assert dates.choose(office, again, version=proposed.version).state == "agreed"
    assert pair.match.state == "viewing"
