"""Whatever the sides and the office do, in whatever order: without everybody's own yes nobody hears who the others are,
writes to them or meets them."""

import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import advisor
from tests.network.pairs import WORDING, Pair, offered_pair
from tests.viewings.cases import in_days
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.extensions import db
from wohnberatung.network.models.introductions import ACQUAINTED, SideAnswer
from wohnberatung.network.services import consenting, introductions, meetings, outcomes, sheets, thread

DEEDS = ("ja", "nein", "zurueck", "schreiben", "termin", "waehlen", "ergebnis", "passt-nicht")
OFFICE = ("fragen", "ablehnen", "noch-einmal-fragen", "nachgefragt", "abschliessen", "rueckgaengig")


def do(pair: Pair, who: Actor, deed: str) -> None:
    here, version = pair.at(who), pair.row.version
    meeting = meetings.meeting_of(pair.row)
    dated = meeting.version if meeting else 0
    if deed in ("ja", "nein"):
        consenting.answer(here, agrees=deed == "ja", wording=WORDING, version=version)
    elif deed == "zurueck":
        consenting.take_back(here, version=version)
    elif deed == "schreiben":
        thread.write(here, "Geheime Worte")
    elif deed == "termin":
        meetings.propose_meeting(here, [in_days(4)], "Geheimer Ort", version=dated)
    elif deed == "waehlen":
        meetings.choose_meeting(here, in_days(4), version=dated)
    elif deed == "ergebnis":
        outcomes.record_outcome(here, "arranged", version=version)
    else:
        outcomes.record_outcome(here, "not_fitting", reason="ideas", version=version)


def attempt(pair: Pair, who: str, deed: str) -> None:
    try:
        with db.session.begin_nested():
            if who == "office":
                introductions.decide(pair.row.id, deed, note="", version=pair.row.version, actor=advisor())
            else:
                do(pair, getattr(pair, who), deed)
            db.session.flush()
    except DomainError:
        db.session.expire_all()


def hold(pair: Pair) -> None:
    agreed = all(side.answer == SideAnswer.AGREED for side in pair.row.sides)
    if pair.row.state in ACQUAINTED:
        assert agreed
    for who in (pair.owner, pair.group):
        sheet = sheets.sheet_of(pair.at(who))
        told = " ".join(str(shown.contact) for shown in sheet.sides)
        if not (agreed and pair.row.state in ACQUAINTED):
            assert not re.search("Rico|Paula|Parkweg|@", told)
            assert not sheet.messages
            assert sheet.meeting is None


SIDES_DO = st.tuples(st.sampled_from(("owner", "group")), st.sampled_from(DEEDS))
OFFICE_DOES = st.tuples(st.just("office"), st.sampled_from(OFFICE))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(SIDES_DO | OFFICE_DOES, max_size=14))
def test_no_order_of_deeds_lets_anybody_know_more_than_all_agreed_to(session: Any, deeds: Any) -> None:
    db.session.expunge_all()
    with db.session.begin_nested() as anew:
        pair = offered_pair()
        for who, deed in deeds:
            attempt(pair, who, deed)
            hold(pair)
        anew.rollback()
