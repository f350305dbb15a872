"""From the signature to moving in: applied for before it is ordered, and documents that only the office opens."""

import io
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from tests.brokerage.ways import TO_RESERVED, on_the_way
from tests.factories import advisor
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.projects.leaflets import PDF, with_program, written
from wohnberatung.advice.models import FundingProgram
from wohnberatung.advice.services.parameters import add_funding_programs
from wohnberatung.brokerage.area import fundings as on_the_desk
from wohnberatung.brokerage.models import MatchPaper
from wohnberatung.brokerage.services.contracts import save_funding
from wohnberatung.brokerage.services.history import Given
from wohnberatung.brokerage.services.matches import advance
from wohnberatung.brokerage.services.personal_data import matches_about
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError

TODAY = clock.today()
DAY = timedelta(days=1)


def text_of(response):
    return words(Page(response.text).root.find(".//main"))


@pytest.fixture
def programs(session):
    """One that decides before works begin, one that only wants the application first."""
    row = {"what": "Umbau", "amount": "", "conditions": "", "valid_from": "", "valid_to": "", "source": "Test"}
    row |= {"checked_on": "2026-11-01", "status": "verified", "position": "1"}
    add_funding_programs(
        [
            {**row, "key": "care", "name": "Pflegekasse", "steps": "1. Antrag. 2. Erst nach der Zusage beginnen."},
            {**row, "key": "loan", "name": "Kredit", "steps": "1. Antrag bei der Bank."},
        ]
    )  # fmt: skip
    assert session.scalars(select(FundingProgram.key)).all()


@pytest.fixture
def office(client):
    sign_in(client, make_user("advisor"))
    return client


def signed():
    return on_the_way(*TO_RESERVED, "contract", "works")


def noted(match, program="care", **more):
    given = {"applied_on": None, "decision": "open", "decided_on": None, "due_on": None, **more}
    return save_funding(match.id, advisor(), program=program, **given)


def ordered(match, day=TODAY):
    return advance(match.id, "order", advisor(), given=Given(until=day))


def test_nothing_is_ordered_before_what_should_pay_was_asked(session, programs):
    match = signed()
    funding = noted(match)
    with pytest.raises(DomainError, match="ist noch nicht beantragt"):
        ordered(match)
    save = {"funding_id": funding.id, "version": funding.version}
    funding = noted(match, applied_on=TODAY - 3 * DAY, **save)
    assert (match.funding_applied_on, match.events[-1].step) == (TODAY - 3 * DAY, "apply")
    with pytest.raises(DomainError, match="noch nicht entschieden"):
        ordered(match)
    save["version"] = funding.version
    noted(match, applied_on=TODAY - 3 * DAY, decision="approved", decided_on=TODAY - DAY, **save)
    with pytest.raises(DomainError, match="nach der Zusage"):
        ordered(match, TODAY - 2 * DAY)
    assert ordered(match).works_ordered_on == TODAY


def test_who_wants_only_the_application_first_has_only_that(session, programs):
    match = signed()
    noted(match, "loan", applied_on=TODAY)
    assert ordered(match).works_ordered_on == TODAY
    with pytest.raises(DomainError, match="schon bestellt"), time_machine.travel(clock.now() + DAY):
        noted(match, "care", applied_on=clock.today())


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"applied_on": TODAY + DAY}, "applied_on"),
        ({"applied_on": TODAY, "decision": "approved"}, "decided_on"),
        ({"decision": "refused", "decided_on": TODAY}, "decided_on"),
        ({"applied_on": TODAY, "decision": "approved", "decided_on": TODAY - DAY}, "decided_on"),
    ],
)
def test_days_that_contradict_each_other_are_refused(session, programs, days, field):
    with pytest.raises(DomainError) as refused:
        noted(signed(), **days)
    assert refused.value.field == field


def test_the_page_says_what_comes_next_and_why_something_cannot_yet(office, programs):
    match = signed()
    path = f"/vorschlaege/{match.id}/vertrag"
    assert path in office.get(f"/vorschlaege/{match.id}").text
    assert "Noch keine Förderung festgehalten" in text_of(office.get(path))
    shown = text_of(office.submit(f"/vorschlaege/{match.id}/foerderung/neu", {"program": "care"}))
    for said in ("Pflegekasse", "ist noch nicht beantragt", "Erst nach der Zusage beginnen"):
        assert said in shown, said
    page = office.submit(f"/vorschlaege/{match.id}/foerderung/neu", {"program": ""})
    assert page.status_code == 400


def test_what_was_ordered_is_changed_and_not_recorded_once_more(office, programs):
    match = signed()
    path = f"/vorschlaege/{match.id}/vertrag"
    noted(match, "loan", applied_on=TODAY)
    assert "Festhalten: Umbau bestellt" in text_of(office.get(path))
    ordered(match)
    shown = text_of(office.get(path))
    assert "Festhalten: Umbau bestellt" not in shown
    assert "Ändern: Umbau bestellt" in shown


def test_a_day_to_look_after_it_stands_on_the_desk(session, programs):
    match = signed()
    noted(match, applied_on=TODAY, due_on=TODAY + 5 * DAY)
    session.commit()
    assert on_the_desk(advisor()).count == 0
    with time_machine.travel(clock.start_of_day(TODAY + 5 * DAY), tick=False):
        assert on_the_desk(advisor()).count == 1


def test_a_document_is_looked_through_sealed_and_read_by_the_office(office, session, programs):
    match = signed()
    path = f"/vorschlaege/{match.id}/unterlagen/neu"
    given = {"kind": "contract", "title": "Mietvertrag Erika Beispiel"}
    for wrong in (written(with_program), b"kein PDF"):
        assert office.submit(path, {**given, "file": (io.BytesIO(wrong), "v.pdf")}).status_code == 400
    shown = text_of(office.submit(path, {**given, "file": (io.BytesIO(PDF), "v.pdf")}))
    assert "da, noch nicht geprüft" in shown
    paper = session.scalars(select(MatchPaper)).one()
    assert b"Erika" not in paper.title
    assert PDF not in paper.file
    answer = office.get(f"/vorschlaege/unterlagen/{paper.id}")
    assert (answer.data, answer.headers["Cache-Control"]) == (PDF, "no-store")
    office.submit(f"/vorschlaege/{match.id}/vertrag", {}, button="In Ordnung")
    assert paper.state == "checked"
    sign_in(office, make_user("provider", organisation_ids=[match.offer.organisation_id]))
    assert office.get(f"/vorschlaege/unterlagen/{paper.id}").status_code in (403, 404)


def test_the_person_is_told_of_their_funding_and_documents(session, programs):
    match = signed()
    noted(match, applied_on=TODAY)
    told = matches_about(match.request)[0]
    assert told["fundings"][0]["program"] == "care"
    assert told["papers"] == []
