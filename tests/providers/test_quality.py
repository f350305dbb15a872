"""What stood out about offers and answers: facts alone, for the office and those concerned, who may comment."""

from datetime import time, timedelta

import pytest
import time_machine

from tests.brokerage.cases import home
from tests.brokerage.ways import go, on_the_way
from tests.factories import advisor
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.providers.cases import TO_PRESENTED, presented
from tests.viewings.cases import held
from wohnberatung.accounts.services.people import load_actor
from wohnberatung.brokerage.services.acting import SOURCE
from wohnberatung.brokerage.services.history import Given, locked, take
from wohnberatung.brokerage.services.matches import advance
from wohnberatung.core import clock
from wohnberatung.core.errors import NotFound
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.providers.services.quality import QualityKind, quality_notes
from wohnberatung.viewings.services import dates
from wohnberatung.viewings.services.sides import VIEWING


def text_of(response) -> str:
    return words(Page(response.text).root.find(".//main"))


@pytest.fixture
def noticed(session):
    """A landlord who has let two deadlines pass, let a home otherwise, and whose doors are narrower than he said."""
    match, landlord = presented()
    take(locked(match.id), "unanswered", by=Party.SYSTEM)
    owner = match.offer.organisation_id
    for step, given in (("unanswered", Given()), ("refuse", Given("let_otherwise"))):
        other = home("Zweite")
        other.organisation_id = owner
        again = on_the_way(*TO_PRESENTED, offer=other)
        if step == "unanswered":
            take(locked(again.id), step, by=Party.SYSTEM)
        else:
            take(locked(again.id), step, by=Party.PROVIDER, given=given)
    dwelling = match.offer.dwelling
    dwelling.organisation_id = owner
    key = "inner_door_clear_width_cm"
    record_facts(dwelling, {key: 81}, "measured", source=SOURCE)
    record_facts(dwelling, {"threshold_height_cm": 2}, "measured", source=SOURCE)
    session.commit()
    return match, landlord


def test_late_answers_homes_not_to_be_had_and_wrong_facts_are_found_and_age(session, noticed) -> None:
    match, landlord = noticed
    actor = load_actor(landlord.id)
    notes = quality_notes(match.offer.organisation_id, actor)
    kinds = sorted(note.kind for note in notes)
    assert kinds == [QualityKind.LATE, QualityKind.LATE, QualityKind.NOT_TO_BE_HAD, QualityKind.WRONG]
    (wrong,) = (note.detail for note in notes if note.kind is QualityKind.WRONG)
    assert ("81" in wrong, "95" in wrong) == (True, True), "what was unknown before was not wrong"
    with time_machine.travel(clock.now() + timedelta(days=366), tick=False):
        assert quality_notes(match.offer.organisation_id, actor) == []
    with pytest.raises(NotFound):
        quality_notes(match.offer.organisation_id, load_actor(make_user("provider").id))


def test_those_concerned_comment_and_the_office_reads_it_where_it_decides(client: CheckingClient, noticed) -> None:
    match, landlord = noticed
    sign_in(client, landlord)
    assert "Notizen zu Ihren Angeboten und Antworten" in text_of(client.get("/anbieten/menschen"))
    own = text_of(client.get("/anbieten/notizen"))
    assert own.count("Keine Antwort bis zur Frist") == 2 * 2, "each with a link that names it"
    for hidden in (match.request.receipt_number, "Erika"):
        assert hidden not in own
    late = next(n for n in quality_notes(match.offer.organisation_id, load_actor(landlord.id)) if n.kind == "late")
    page = f"/anbieten/notizen/{late.about}"
    assert client.submit(page, {"text": " "}, button="Kommentar speichern").status_code == 400
    done = client.submit(page, {"text": "Wir waren im Betriebsurlaub."}, button="Kommentar speichern")
    assert "Wir waren im Betriebsurlaub." in text_of(done)
    sign_in(client, make_user("provider"))
    assert client.get(page).status_code == 404
    sign_in(client, make_user("advisor"))
    organisation = text_of(client.get(f"/organisation/{match.offer.organisation_id}"))
    for told in ("Mehrmals: Keine Antwort bis zur Frist (2)", "Wir waren im Betriebsurlaub."):
        assert told in organisation, told
    assert "Bei diesem Anbieter fiel mehrmals etwas auf" in text_of(client.get(f"/vorschlaege/{match.id}"))
    sign_in(client, landlord)
    gone = client.submit(page, {"text": ""}, button="Kommentar speichern")
    assert "Betriebsurlaub" not in text_of(gone)


def test_what_was_only_answered_late_by_the_office_is_no_note(session) -> None:
    match, landlord = presented()
    advance(match.id, "refuse", load_actor(make_user("advisor").id), given=Given("works_not_possible"))
    go(match, "confirm_refusal")
    session.commit()
    assert quality_notes(match.offer.organisation_id, load_actor(landlord.id)) == []


def test_dates_that_this_side_missed_are_noted_and_those_of_the_other_are_not(session) -> None:
    landlord, other = held(), held()
    owner = landlord.match.offer.organisation_id
    other.match.offer.organisation_id = owner
    dates.miss(landlord.seeker, "provider", version=landlord.viewing.version)
    dates.miss(other.provider, "seeker", version=other.viewing.version)
    session.commit()
    (note,) = quality_notes(owner, advisor())
    assert (note.kind, note.day) == (QualityKind.MISSED, clock.today())
    assert str(note.words) == "Zur Besichtigung kam vom Anbieter niemand"
    again = dates.moment_at(clock.today() + timedelta(days=1), time(10))
    office = VIEWING.at_desk(landlord.match.id, advisor())
    proposed = dates.propose(office, [again], version=landlord.viewing.version, for_side="provider")
    dates.choose(office, again, version=proposed.version)
    landlord.viewing.starts_at, landlord.match.viewing_on = clock.now(), clock.today()
    session.flush()
    dates.miss(VIEWING.at_desk(landlord.match.id, advisor()), "provider", version=landlord.viewing.version)
    session.commit()
    assert landlord.match.state == "expired", "twice is enough"
    assert [each.kind for each in quality_notes(owner, advisor())] == [QualityKind.MISSED] * 2
