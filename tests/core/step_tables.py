"""Every table of steps with a thing it moves. `python -m tests.core.step_tables` writes docs/steps.md anew."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from tests.appointments.cases import advisor_with_hours, booked
from tests.brokerage.cases import reviewed
from tests.brokerage.ways import TO_RESERVED, on_the_way
from tests.cases.factories import make_advisor, make_case
from tests.cityview.cases import city_proposal
from tests.cooperation.cases import asked_about, opened
from tests.discretion.cases import make_request_for_discretion
from tests.events.happenings import make_event, sign_up
from tests.factories import make_dwelling, make_offer, make_organisation, make_project, make_request, provider_of
from tests.messages.cases import held_message
from tests.network.pairs import offered_pair
from tests.noticeboard.notices import make_notice, make_report
from tests.planning.snapshots import make_report_of_year
from tests.resources.entries import make_contact_request, make_resource
from tests.subscriptions.asking import asked as asked_for_news
from tests.viewings.cases import in_days, proposed, seen_differently
from wohnberatung.advice.services.enquiries import ENQUIRY_STEPS, submit_enquiry
from wohnberatung.appointments.steps import APPOINTMENT_STEPS
from wohnberatung.brokerage.services.contracts import add_paper
from wohnberatung.brokerage.services.paper_steps import PAPER_STEPS
from wohnberatung.brokerage.services.steps import STEPS as MATCH_STEPS
from wohnberatung.brokerage.services.task_steps import TASK_STEPS, add_task
from wohnberatung.brokerage.task_kinds import TaskKind
from wohnberatung.cases.steps import BLOCK_STEPS, CASE_STEPS
from wohnberatung.cityview.steps import CITY_STEPS
from wohnberatung.cooperation.services.tasks import add_task as add_joint_task
from wohnberatung.cooperation.steps import JOINT_STEPS, PARTNER_STEPS
from wohnberatung.cooperation.steps import TASK_STEPS as JOINT_TASK_STEPS
from wohnberatung.core import clock
from wohnberatung.core.steps import StepTable
from wohnberatung.demand.models import OfferQuestion, QuestionState
from wohnberatung.demand.steps import QUESTION_STEPS
from wohnberatung.directory.services.entries import begin_entry
from wohnberatung.directory.services.lists import stage_list
from wohnberatung.directory.steps import ENTRY_STEPS, LIST_STEPS
from wohnberatung.discretion.steps import DISCRETION_STEPS
from wohnberatung.doubles.models import DoubleKind, LikelyDouble
from wohnberatung.doubles.steps import DOUBLE_STEPS
from wohnberatung.dwellings.steps import OFFER_STEPS
from wohnberatung.events.steps import DATE_STEPS, EVENT_STEPS, REGISTRATION_STEPS
from wohnberatung.extensions import db
from wohnberatung.initiatives.models import ChecklistMark
from wohnberatung.initiatives.progress import MarkState
from wohnberatung.initiatives.services.initiatives import begin_initiative
from wohnberatung.initiatives.steps import MARK_STEPS
from wohnberatung.intake.models import ImportRun
from wohnberatung.intake.services.plain_lists import PlainList, PlainRow
from wohnberatung.intake.steps import IMPORT_STEPS
from wohnberatung.jobs.services import enqueue
from wohnberatung.jobs.steps import JOB_STEPS
from wohnberatung.learning.models import ProposedWeights
from wohnberatung.learning.steps import WEIGHTS_STEPS
from wohnberatung.measures.services.measures import add_goal, add_measure
from wohnberatung.measures.steps import GOAL_STEPS, MEASURE_STEPS
from wohnberatung.messages.steps import MESSAGE_STEPS
from wohnberatung.network.services.meetings import propose_meeting
from wohnberatung.network.services.sites import publish_site, save_site
from wohnberatung.network.steps import INTRODUCTION_STEPS, MEETING_STEPS, SITE_STEPS
from wohnberatung.noticeboard.steps import NOTICE_STEPS, REPORT_STEPS
from wohnberatung.planning.steps import REPORT_STEPS as YEAR_STEPS
from wohnberatung.projects.models import JoinVote
from wohnberatung.projects.services.joining import ask_to_join
from wohnberatung.projects.steps import JOIN_STEPS, PAGE_STEPS, VOTE_STEPS
from wohnberatung.resources.steps import REQUEST_STEPS as CONTACT_STEPS
from wohnberatung.resources.steps import RESOURCE_STEPS
from wohnberatung.seekers.steps import REQUEST_STEPS
from wohnberatung.subscriptions.services.subscribing import my_subscription
from wohnberatung.subscriptions.steps import SUBSCRIPTION_STEPS
from wohnberatung.surveys.services.surveys import begin_survey
from wohnberatung.surveys.steps import SURVEY_STEPS
from wohnberatung.viewings.steps import CORRECTION_STEPS, VIEWING_STEPS

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "steps.md"
HEAD = """# Steps

Every state that a person or a timer changes is changed by a table of steps (`wohnberatung/core/steps.py`): from where
to where, by whom, under which guards, until when, and who is told. These diagrams are drawn from the tables
(`python -m tests.core.step_tables`), and a test holds them in step. `system` is a timer, or another thing's step.
"""


class Told(NamedTuple):
    """A table, what it is called, and how a thing comes to be in a test."""

    title: str
    table: StepTable[Any]
    make: Callable[[], Any]


def _site() -> Any:
    owner = make_organisation()
    texts = {"title": "Villa", "description": "", "address": ""}
    site = save_site(owner.id, texts, {"site_kind": "house"}, None)
    publish_site(site.id, make_advisor())
    return site


def _introduction() -> Any:
    return offered_pair().row


def _meeting() -> Any:
    pair = offered_pair().agree()
    return propose_meeting(pair.at(pair.owner), [in_days(4)], "Am Tor", version=0)


def _wish_to_join() -> Any:
    owner = make_organisation(kind="initiative")
    said = {"called": "Erika", "text": "Ich komme gern."}
    consent = ("2026-11", "Ich willige ein.")
    return ask_to_join(make_project(owner).id, said, consent=consent, actor=provider_of(owner))[0]


def _measure() -> Any:
    advisor = make_advisor()
    return add_measure(make_case(advisor), {"title": "Dusche", "kind": "adaptation"}, advisor)


def _delivery() -> Any:
    run = ImportRun(format="table", file_hash="0" * 64, file_name="bestand.csv", is_full=False, providers={})
    run.organisation_id = make_organisation().id
    db.session.add(run)
    db.session.flush()
    return run


def _page() -> Any:
    project = make_project(make_organisation())
    project.summary = "Ein Haus für alle."
    return project


def _vote() -> Any:
    enquiry = _wish_to_join()
    vote = JoinVote(enquiry=enquiry, rule="consensus", electorate=1, ends_at=clock.now() + timedelta(days=7))
    db.session.add(vote)
    db.session.flush()
    return vote


def _survey() -> Any:
    advisor = make_advisor()
    return begin_survey(make_case(advisor), advisor, surveyed_on=clock.today())


def _question() -> Any:
    question = OfferQuestion(offer_id=make_offer(make_dwelling()).id, key="door_width_cm", helps=1, gain=1.0)
    question.state = QuestionState.OPEN
    db.session.add(question)
    db.session.flush()
    return question


def _weights() -> Any:
    before = {"based_on": "published", "base_factors": {}}
    weights = ProposedWeights(name="hand-1", factors={"balcony": 2.0}, proposed_by=make_advisor().user_id, **before)
    db.session.add(weights)
    db.session.flush()
    return weights


def _double() -> Any:
    a, b = sorted(make_dwelling().id for _side in range(2))
    double = LikelyDouble(kind=DoubleKind.DWELLING, a_id=a, b_id=b, probability=0.9, fields={})
    db.session.add(double)
    db.session.flush()
    return double


def _paper() -> Any:
    return add_paper(on_the_way(*TO_RESERVED).id, make_advisor(), kind="contract", title="Vertrag", content=b"%PDF-")


def _entry() -> Any:
    values = {"kind": "association", "name": "Verein", "summary": "Wir laden ein.", "citywide": True}
    return begin_entry(values, provider_of(make_organisation()))


def _resource() -> Any:
    return make_resource(state="waiting")


def _contact_request() -> Any:
    return make_contact_request()[0]


def _list() -> Any:
    return stage_list("liste.csv", PlainList((PlainRow("Zeile 2", {"name": "Verein"}),), ()), make_advisor())


def _joint_task() -> Any:
    together = opened()
    return add_joint_task(together.joint.id, "Zeiten vereinbaren", clock.today(), "", together.actor)


def _subscription() -> Any:
    return my_subscription(asked_for_news()).row


def _mark() -> Any:
    owner = make_organisation(kind="initiative")
    begun = begin_initiative(make_project(owner).id, "", provider_of(owner))
    mark = ChecklistMark(initiative_id=begun.id, step="idee", state=MarkState.OPEN)
    db.session.add(mark)
    db.session.flush()
    return mark


TABLES = (
    Told("Matches", MATCH_STEPS, reviewed),
    Told("Tasks of matches", TASK_STEPS, lambda: add_task(reviewed(), TaskKind.DOCUMENTS)),
    Told("Documents of matches", PAPER_STEPS, _paper),
    Told("Offers", OFFER_STEPS, lambda: make_offer(make_dwelling())),
    Told("Requests for a home", REQUEST_STEPS, lambda: make_request().request),
    Told("Enquiries", ENQUIRY_STEPS, lambda: submit_enquiry("question", {"text": "Eine Frage"})),
    Told("Pages of groups", PAGE_STEPS, _page),
    Told("Wishes to join a group", JOIN_STEPS, _wish_to_join),
    Told("Deliveries of offers", IMPORT_STEPS, _delivery),
    Told("Votes on who joins a group", VOTE_STEPS, _vote),
    Told("Sites", SITE_STEPS, _site),
    Told("Introductions", INTRODUCTION_STEPS, _introduction),
    Told("First meetings", MEETING_STEPS, _meeting),
    Told("Requests for discretion", DISCRETION_STEPS, make_request_for_discretion),
    Told("Entries of the directory", ENTRY_STEPS, _entry),
    Told("Steps from an idea to a house", MARK_STEPS, _mark),
    Told("Lists of entries", LIST_STEPS, _list),
    Told("Joint cases of services", JOINT_STEPS, lambda: asked_about().joint),
    Told("Consents to joint cases", PARTNER_STEPS, lambda: asked_about().partners[0]),
    Told("Tasks of joint cases", JOINT_TASK_STEPS, _joint_task),
    Told("Resources and needs of a neighbourhood", RESOURCE_STEPS, _resource),
    Told("Requests for contact with a neighbour", CONTACT_STEPS, _contact_request),
    Told("Subscriptions to news", SUBSCRIPTION_STEPS, _subscription),
    Told("Notices", NOTICE_STEPS, make_notice),
    Told("Reports of unlawful content", REPORT_STEPS, lambda: make_report(make_notice())[0]),
    Told("A report of a year for planning", YEAR_STEPS, make_report_of_year),
    Told("Events", EVENT_STEPS, lambda: make_event()[0]),
    Told("Dates of events", DATE_STEPS, lambda: make_event()[1]),
    Told("Registrations for a date", REGISTRATION_STEPS, lambda: sign_up(make_event()[1])[0]),
    Told("Appointments", APPOINTMENT_STEPS, lambda: booked(advisor_with_hours()).appointment),
    Told("Messages of a match", MESSAGE_STEPS, held_message),
    Told("Viewings", VIEWING_STEPS, lambda: proposed().viewing),
    Told("What was seen differently", CORRECTION_STEPS, seen_differently),
    Told("Questions to providers", QUESTION_STEPS, _question),
    Told("Cases", CASE_STEPS, lambda: make_case(make_advisor())),
    Told("Blocking of cases", BLOCK_STEPS, lambda: make_case(make_advisor())),
    Told("Likely doubles", DOUBLE_STEPS, _double),
    Told("Proposals of a city view", CITY_STEPS, city_proposal),
    Told("Weights of wishes", WEIGHTS_STEPS, _weights),
    Told("Home surveys", SURVEY_STEPS, _survey),
    Told("Measures", MEASURE_STEPS, _measure),
    Told("Jobs in the background", JOB_STEPS, lambda: enqueue("tidy")),
    Told("Goals", GOAL_STEPS, lambda: add_goal(make_case(make_advisor()), "Sicher duschen")),
)


def document() -> str:
    """What docs/steps.md says."""
    parts = [f"## {told.title}\n\n{_rows(told.table)}\n\n```mermaid\n{told.table.diagram()}\n```\n" for told in TABLES]
    return "\n".join([HEAD, *parts])


def _rows(table: StepTable[Any]) -> str:
    """Those steps that carry more than the way itself, which the diagram shows."""
    lines = ["| step | guards | may last | needs | mail |", "|---|---|---|---|---|"]
    for step in table:
        guards = ", ".join(guard.__name__ for guard in step.guards)
        lasts = f"{step.deadline.days} days" if step.deadline else ""
        needs = step.reason.field if step.reason else ""
        if guards or lasts or needs or step.told:
            lines.append(f"| {step.key} | {guards} | {lasts} | {needs} | {step.told} |")
    return "\n".join(lines) if len(lines) > 2 else "No guards, deadlines, reasons or mails."


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
