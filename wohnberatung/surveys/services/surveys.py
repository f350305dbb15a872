"""A survey is begun, filled in room by room, finished; what was measured becomes evidence on the dwelling."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.accounts.models import User
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.bridge.questionnaires import (
    Room,
    fact_words,
    home_requirements,
    needed_facts,
    not_needed,
    profile_requirements,
    rooms_of,
)
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.cases import load_case
from wohnberatung.cases.services.requests import requests_of
from wohnberatung.cases.services.rights import rows_known_to
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.changes import CHANGED_MEANWHILE, check_version
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party, Step
from wohnberatung.dwellings.services.facts import parse_facts, record_facts
from wohnberatung.dwellings.services.listings import get_dwelling
from wohnberatung.extensions import db
from wohnberatung.seekers.services.requests import needs_of
from wohnberatung.surveys.models import Survey, SurveyContent, SurveyRoom, SurveyState
from wohnberatung.surveys.steps import FINISH, MEASURE, REOPEN, SURVEY_STEPS

SOURCE = "Bestandsaufnahme der Wohnberatung"


@dataclass(frozen=True)
class SurveySheet:
    """A survey with its opened content, for the person who reads it."""

    survey: Survey
    reader: Actor
    surveyor: str
    content: SurveyContent

    @property
    def place(self) -> str:
        """Which home it is, in words."""
        dwelling = self.survey.dwelling
        if dwelling is not None:
            return dwelling.display_address
        return str(self.content["address"]) or _("jetzige Wohnung")

    @property
    def facts(self) -> dict[str, object]:
        """Everything that was measured, by key."""
        return {key: value for room in self.content["rooms"].values() for key, value in room["facts"].items()}

    @property
    def is_open(self) -> bool:
        return self.survey.state == SurveyState.OPEN

    @property
    def steps(self) -> dict[str, Step[Survey]]:
        """What can be done with it now, by key: its buttons."""
        return {step.key: step for step in SURVEY_STEPS.offered(self.survey, Party.OFFICE)}

    @property
    def may_have_pictures(self) -> bool:
        return bool(self.content["pictures_agreed_on"])

    @property
    def measured(self) -> list[tuple[str, str]]:
        """(label, words) of everything that was measured."""
        return fact_words(self.facts)

    @property
    def known(self) -> dict[str, str]:
        """What was said of one of our dwellings before, by key: value and how well it is known."""
        dwelling = self.survey.dwelling
        if dwelling is None:
            return {}
        levels = {"claimed": _("laut Anzeige"), "stated": _("Angabe des Anbieters"), "measured": _("gemessen")}
        words = {fact.key: fact.format(getattr(dwelling, fact.key)) for fact in dwelling.own_facts()}
        return {
            key: _("Bisher: %(value)s (%(level)s).", value=words[key], level=levels[entry["level"]])
            for key, entry in dwelling.evidence.items()
        }

    def room(self, theme: str) -> SurveyRoom:
        """One room, empty where nobody has been there."""
        return self.content["rooms"].get(theme, {"version": 0, "facts": {}, "note": ""})

    def requirements(self) -> list[StoredRequirement]:
        """What the people of the case need of a home: from their requests, else from the chosen profiles."""
        requests = requests_of(self.survey.case, self.reader)
        asked = [entry for request in requests for entry in needs_of(request)["requirements"]]
        return home_requirements(asked or profile_requirements(self.content["profiles"]))

    def rooms(self, everything: bool = False) -> tuple[Room, ...]:
        """Rooms with what matters for this household, or with everything; what is measured already stays in view."""
        dwelling = self.survey.dwelling
        said = {} if dwelling is None else {fact.key: getattr(dwelling, fact.key) for fact in dwelling.own_facts()}
        needed = needed_facts(self.requirements()) - not_needed({**said, **self.facts})
        return rooms_of() if everything or not needed else rooms_of(needed | self.facts.keys())


def begin_survey(
    case: Case,
    actor: Actor,
    *,
    surveyed_on: date,
    dwelling_id: str | None = None,
    address: str = "",
    profiles: tuple[str, ...] = (),
) -> Survey:
    """DomainError for a day to come; NotFound for a dwelling that does not exist."""
    if surveyed_on > clock.today():
        raise DomainError(_("Dieser Tag liegt in der Zukunft."), "surveyed_on")
    row = Survey(id=new_id(), case_id=case.id, case=case, surveyed_on=surveyed_on, surveyed_by=actor.user_id)
    SURVEY_STEPS.put(row, SurveyState.OPEN)
    row.dwelling_id = get_dwelling(dwelling_id, actor).id if dwelling_id else None
    row.plain_content = {
        "address": "" if dwelling_id else address.strip(),
        "profiles": list(profiles),
        "pictures_agreed_on": "",
        "rooms": {},
    }
    db.session.add(row)
    db.session.flush()
    return row


def load_survey(survey_id: str, actor: Actor, *, for_change: bool = False) -> SurveySheet:
    """NotFound where there is none; what `load_case` says for a case this person may not open.

    `for_change` holds the row, so that two who save different rooms at once wait for each other.
    """
    known = rows_known_to(Survey, actor).where(Survey.id == survey_id)
    query = known.options(joinedload(Survey.case), joinedload(Survey.dwelling))
    if for_change:
        query = query.with_for_update(of=Survey).execution_options(populate_existing=True)
    row = db.session.scalars(query).one_or_none()
    if row is None:
        raise NotFound(_("Diese Bestandsaufnahme gibt es nicht (mehr)."))
    load_case(row.case_id, actor)
    return _sheet(row, actor)


def surveys_of(case: Case, actor: Actor) -> list[SurveySheet]:
    """All of a case, the newest first."""
    query = select(Survey).options(joinedload(Survey.dwelling)).where(Survey.case_id == case.id)
    return [_sheet(row, actor) for row in db.session.scalars(query.order_by(Survey.surveyed_on.desc(), Survey.id))]


def save_room(sheet: SurveySheet, theme: str, facts: Mapping[str, object], note: str, *, version: int | None) -> None:
    """Replace what is known of one room; None is not measured. Conflict with both texts where somebody was faster.
    Raises DomainError where the survey is finished."""
    SURVEY_STEPS.check(sheet.survey, MEASURE, by=Party.OFFICE)
    stored = sheet.room(theme)
    told = {key: value for key, value in facts.items() if value is not None}
    if version != stored["version"]:
        before, after = (_words(values, text) for values, text in ((stored["facts"], stored["note"]), (told, note)))
        raise Conflict(str(CHANGED_MEANWHILE), before, after)
    room: SurveyRoom = {"version": stored["version"] + 1, "facts": told, "note": note.strip()}
    sheet.survey.plain_content = {**sheet.content, "rooms": {**sheet.content["rooms"], theme: room}}
    db.session.flush()


def agree_to_pictures(sheet: SurveySheet, agreed: bool) -> None:
    """Whether the person wants pictures of their home to be kept; taken back, there may be no more of them."""
    day = clock.today().isoformat() if agreed else ""
    sheet.survey.plain_content = {**sheet.content, "pictures_agreed_on": day}
    db.session.flush()


def finish(sheet: SurveySheet, actor: Actor, *, version: int | None) -> tuple[str, ...]:
    """Nothing more to measure: on one of our dwellings it is evidence from now on. Returns the keys taken over.

    Raises DomainError where it is finished already, Conflict where it was changed meanwhile, FactsRefused for values
    that cannot be.
    """
    row = sheet.survey
    check_version(row, version)
    SURVEY_STEPS.take(row, FINISH, by=Party.OFFICE)
    stored: tuple[str, ...] = ()
    if row.dwelling is not None:
        facts = parse_facts(row.dwelling, sheet.facts)
        report = record_facts(row.dwelling, facts, "measured", observed_on=row.surveyed_on, source=SOURCE, actor=actor)
        stored = report.stored
    db.session.flush()
    return stored


def reopen(sheet: SurveySheet, *, version: int | None) -> None:
    """Something was forgotten. What became evidence stays, until it is measured anew."""
    check_version(sheet.survey, version)
    if not SURVEY_STEPS.is_done(sheet.survey, REOPEN, Party.OFFICE):
        SURVEY_STEPS.take(sheet.survey, REOPEN, by=Party.OFFICE)
    db.session.flush()


def _sheet(row: Survey, actor: Actor) -> SurveySheet:
    surveyor = db.session.scalar(select(User.name).where(User.id == row.surveyed_by)) or ""
    return SurveySheet(row, actor, surveyor, row.plain_content)


def _words(facts: Mapping[str, object], note: str) -> dict[str, str]:
    return {**dict(fact_words(facts)), **({_("Notiz"): note} if note else {})}
