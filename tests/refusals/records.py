"""One record of every kind that the office works on, and the secret of every link, by the argument of the routes.

A new POST route with an id or a token: add its record here, or to `tests/tenancy/samples.py` where it belongs to an
organisation. The key is the argument's name, with the blueprint in front (`seekers.token`) or the whole endpoint
(`seekers.answer_whether_kept token`) where one name means different things.
"""

from datetime import time, timedelta
from typing import Any

from sqlalchemy import select

from tests.brokerage.cases import asked, home, offered, reviewed
from tests.brokerage.ways import TO_RESERVED, on_the_way
from tests.cases.factories import actor_of, make_case
from tests.cityview.cases import city_proposal
from tests.factories import make_dwelling, make_offer, make_organisation
from tests.people import make_user
from tests.projects.leaflets import PDF
from tests.refusals.records_of_board import records_of_board
from tests.refusals.records_of_matches import records_of_matches
from tests.refusals.records_of_neighbourhoods import records_of_neighbourhoods
from tests.refusals.records_of_network import records_of_network
from tests.tenancy.samples import Tenant
from wohnberatung.accounts.models import LinkPurpose, Passkey, User
from wohnberatung.accounts.services.mailed_links import make_link
from wohnberatung.accounts.services.people import load_actor
from wohnberatung.advice.services.enquiries import submit_enquiry
from wohnberatung.advice.services.parameters import add_funding_programs
from wohnberatung.appointments.models import OpeningHours
from wohnberatung.appointments.openings import WAYS
from wohnberatung.appointments.services.booking import book
from wohnberatung.appointments.services.calendar_files import open_feed
from wohnberatung.appointments.services.hours import add_hours, add_special_day
from wohnberatung.appointments.services.slots import public_slots
from wohnberatung.brokerage.services.contracts import add_paper, save_funding
from wohnberatung.brokerage.services.first_shown import declare_first
from wohnberatung.brokerage.services.history import Given
from wohnberatung.brokerage.services.proposals import answer
from wohnberatung.brokerage.services.task_steps import add_task
from wohnberatung.brokerage.task_kinds import TaskKind
from wohnberatung.cases.models import Case
from wohnberatung.cases.services import code_tables, consultations, follow_ups, handover, people, requests
from wohnberatung.core import clock
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.actors import Actor
from wohnberatung.core.ids import hash_token, new_id, new_token
from wohnberatung.demand.models import OfferQuestion
from wohnberatung.doubles.models import LikelyDouble
from wohnberatung.dwellings.models import AvailabilityLink
from wohnberatung.extensions import db
from wohnberatung.jobs.services import enqueue
from wohnberatung.learning.services.weights import propose_by_hand
from wohnberatung.letters.kinds import BY_WORD
from wohnberatung.mail.services.outbox import queue_mail
from wohnberatung.measures.services.measures import add_goal, add_measure
from wohnberatung.projects.models import Project
from wohnberatung.projects.services.joining import ask_to_join
from wohnberatung.projects.services.votes import open_vote
from wohnberatung.scenarios.kinds import ScenarioKind
from wohnberatung.scenarios.services.scenarios import ask as ask_scenario
from wohnberatung.seekers.services.drafts import save_draft
from wohnberatung.seekers.services.messages import add_message
from wohnberatung.seekers.services.post import letters_to_post
from wohnberatung.seekers.services.reconfirmation import ask_to_keep
from wohnberatung.surveys.services.surveys import begin_survey, finish, load_survey
from wohnberatung.web.filters import slot_word

DAY = timedelta(days=1)
PROGRAM = {
    "key": "sgb11_40_4", "name": "Pflegekasse", "what": "Umbau", "amount": "", "conditions": "", "steps": "1. Antrag.",
    "position": "1", "valid_from": "", "valid_to": "", "source": "Test", "checked_on": "2026-11-01",
    "status": "verified",
}  # fmt: skip
Records = dict[str, str]
# Arguments that name no record; the endpoint in front where the word depends on it.
WORDS: Records = {
    "theme": "access",
    "step": "idee",
    "way": "bielefelder-modell",
    "year": "2026",
    "planning.begin_report year": "2025",
    "section": "bedarf",
    "planning.move_report move": "veroeffentlichen",
    "move": "zeigen",
    "kind": "dwelling",
    "number": "1",
    "subject": "consultation",
    "table": "topic",
    "word": "telefon",
    "letters.word": next(iter(BY_WORD)),
    "deed": "absagen",
    "address": "interesse",
    "purpose": "health",
    "cooperation.move_joint move": "schliessen",
    "cooperation.move_task move": "erledigt",
    "cooperation.record_decision move": "zuruecknehmen",
    "cooperation.decide_mine move": "einwilligen",
    "projects.move_place move": "zurueckziehen",
    "dwellings.take_step key": "zurueckziehen",
    "brokerage.take_step key": "offer",
    "brokerage.move_task key": "tick",
    "brokerage.move_paper key": "check",
    "brokerage.move_my_task key": "tick",
    "brokerage.move_provider_task key": "tick",
    "seekers.move_my_request key": "pause",
    "side": "bieten",
    "resources.kind": "room",
    "resources.move_own move": "pausieren",
    "resources.move_mine move": "pausieren",
    "resources.answer_request move": "ja",
    "resources.move_request move": "zurueckziehen",
    "resources.move_contact_request move": "weitergeben",
    "what": "aushang",
    "events.move_event move": "zeigen",
    "events.move_date move": "absagen",
    "events.move_registration move": "abmelden",
    "events.move_my_registration move": "bestaetigen",
    "noticeboard.move_my_notice move": "bestaetigen",
    "seekers.save_step key": "haushalt",
    "seekers.count_so_far key": "haushalt",
}


def office_records(admin: User, tenant: Tenant) -> Records:
    """Store everything; `admin` is the person responsible."""
    actor = actor_of(admin)
    case = make_case(actor, phone="0351 1234567")
    return (
        WORDS
        | _cases(case, actor)
        | _work_on(case, actor)
        | _seekers(case, actor)
        | _appointments(admin, actor)
        | _links(tenant)
        | _offers(tenant)
        | records_of_matches(actor, tenant)
        | records_of_neighbourhoods(actor, tenant)
        | records_of_board(tenant, actor)
        | records_of_network(actor, tenant)
        | {"accounts.admin": admin.id}
    )


def _cases(case: Case, actor: Actor) -> Records:
    colleague = actor_of(make_user("advisor"))
    other = make_case(colleague, name="Max Muster")
    person = people.save_person(case, {"name": "Tochter"}, role="member", consent="oral", actor=actor)
    code_tables.add_entry("topic", "Badumbau", actor)
    code_tables.add_entry("channel", "Telefon Beispiel", actor)
    channel = code_tables.entries("channel")[0].code
    talk = consultations.record_consultation(case, consultations.Talk(channel, 20), actor)
    later = follow_ups.understand("morgen anrufen")
    assert later is not None
    follow_up = follow_ups.add_follow_up(case, later, actor)
    handover.break_glass(case, "Rückfrage der Pflegekasse", colleague)
    today = clock.today()
    absence = handover.plan_absence(
        user_id=actor.user_id or "", stand_in_id=colleague.user_id or "", first_day=today, last_day=today, actor=actor
    )
    given = make_case(colleague, name="Karl Neuland")
    handover.transfer_case(given, actor.user_id or "", version=given.version, actor=colleague)
    job = enqueue("search_doubles")
    job.state = "failed"
    return {
        "case_id": case.id,
        "cases.break_glass case_id": other.id,
        "cases.take_over case_id": given.id,
        "person_id": person.id,
        "entry_id": code_tables.entries("topic")[0].id,
        "consultation_id": talk.id,
        "follow_up_id": follow_up.id,
        "case_number": case.number,
        "colleague": colleague.user_id or "",
        "access_id": handover.unnoticed_accesses(actor)[0][0].id,
        "absence_id": absence.id,
        "job_id": job.id,
    }


def _work_on(case: Case, actor: Actor) -> Records:
    given: dict[str, Any] = {"kind": "adaptation", "status": "suggested", "goal_id": "", "title": "Rampe"}
    enquiry = submit_enquiry("question", {"name": "Erika Beispiel", "phone": "0351 1234567", "text": "Wie geht das?"})
    pair = [make_case(actor, name=name).id for name in ("Erika Doppel", "Erika Doppel")]
    double = LikelyDouble(kind="case", a_id=min(pair), b_id=max(pair), probability=0.9, fields={})
    apart = LikelyDouble(kind="case", a_id=pair[0], b_id=case.id, probability=0.5, fields={}, state="distinct")
    db.session.add_all((double, apart))
    db.session.flush()
    finished = load_survey(begin_survey(case, actor, surveyed_on=clock.today()).id, actor)
    finish(finished, actor, version=finished.survey.version)
    proposed = city_proposal()
    return {
        "surveys.reopen_survey survey_id": finished.survey.id,
        "finished_version": str(finished.survey.version),
        "goal_id": add_goal(case, "In der Wohnung bleiben").id,
        "measure_id": add_measure(case, given, actor).id,
        "survey_id": begin_survey(case, actor, surveyed_on=clock.today()).id,
        "enquiry_id": enquiry.id,
        "mail_id": [
            queue_mail("enquiry_received", to="viele@example.org", receipt_number="DF-1", kind="question")
            for _number in range(4)
        ][-1].id,
        "double_id": double.id,
        "weights_id": propose_by_hand(load_actor(make_user("admin").id), "balcony", 200).id,
        "proposal_id": proposed.id,
        "cityview.run_id": proposed.run_id,
        "scenario_id": ask_scenario(
            ScenarioKind.LIMITS, {"place": "", "percent": 5.0}, load_actor(make_user("admin").id)
        ).id,
        "scenarios.make_scenario kind": "limits",
        "scenarios.ask_scenario kind": "limits",
        "doubles.undo_decision double_id": apart.id,
    }


def _held_mail() -> str:
    """The fourth within a day to one address."""
    values = {"receipt_number": "DF-1", "kind": "question"}
    mails = [queue_mail("enquiry_received", to="viele@example.org", **values) for _number in range(4)]
    return mails[-1].id


def _seekers(case: Case, actor: Actor) -> Records:
    submitted, offer = asked(), home()
    match = reviewed(submitted, offer, actor)
    proposed = offered(asked(), actor=actor)
    linked, held, unanswered = asked(), asked(held_for="too_fast"), asked()
    requests.link_request(case, linked.request.receipt_number, actor)
    add_message(submitted.request, "Ich bin im Urlaub.", None)
    ask_to_keep(unanswered.request)
    keep = new_token()
    unanswered.request.keep_token_hash = hash_token(keep)
    changed = offered(asked(), actor=actor)
    changed.request.token_hash = hash_token(answering := new_token())
    offered(asked(contact={"name": "Erika", "reach": "post", "address": "Elbweg 1, 01307 Dresden"}), actor=actor)
    said_no = asked()
    narrow, narrow_token = offered(said_no, actor=actor), said_no.token
    answer(narrow_token, narrow.id, "declined", version=narrow.version, given=Given("doors"))
    mine, works = add_task(changed, TaskKind.FINANCING), add_task(changed, TaskKind.ADAPTATION)
    kept = home("Umgebaut")
    declare_first(kept.id, clock.today() + 3 * DAY, actor, version=None)
    signed = on_the_way(*TO_RESERVED, "contract")
    days = dict.fromkeys(("applied_on", "decided_on", "due_on"))
    add_funding_programs([PROGRAM])
    funding = save_funding(signed.id, actor, program=PROGRAM["key"], decision="open", **days)
    paper = add_paper(signed.id, actor, kind="contract", title="Vertrag", content=PDF)
    _draft, draft = save_draft({"entries": {}, "done": []}, step="haushalt")
    return {
        "request_id": submitted.request.id,
        "receipt_number": submitted.request.receipt_number,
        "request_version": str(linked.request.version),
        "answered_version": str(changed.version),
        "proposed_version": str(proposed.version),
        "cases.unlink_request request_id": linked.request.id,
        "cases.ask_split request_id": linked.request.id,
        "cases.split_household request_id": linked.request.id,
        "advice.release_request request_id": held.request.id,
        "brokerage.refuse_request request_id": linked.request.id,
        "seekers.keep_for_person request_id": unanswered.request.id,
        "letter_id": letters_to_post(actor)[-1].id,
        "letters.write_instead_of_link request_id": letters_to_post(actor)[-1].request_id,
        "brokerage.offer_id": home("Noch eine Wohnung").id,
        "match_id": match.id,
        "brokerage.take_step_with match_id": proposed.id,
        "brokerage.take_step_with key": "withdraw",
        "brokerage.give_task match_id": proposed.id,
        "brokerage.add_funding match_id": signed.id,
        "brokerage.ask_funding match_id": signed.id,
        "brokerage.show_contract match_id": signed.id,
        "funding_id": funding.id,
        "brokerage.add_paper match_id": signed.id,
        "paper_id": paper.id,
        **{f"brokerage.{name}_first offer_id": kept.id for name in ("show", "declare", "end")},
        "brokerage.say_measured match_id": narrow.id,
        "brokerage.say_measured token": narrow_token,
        "brokerage.move_task task_id": add_task(match, TaskKind.MEASURE).id,
        **{f"brokerage.{name} match_id": changed.id for name in ("move_my_task", "ask_my_paper", "bring_my_paper")},
        **{f"brokerage.{name} task_id": mine.id for name in ("move_my_task", "ask_my_paper", "bring_my_paper")},
        **{f"brokerage.{name} task_id": works.id for name in ("ask_works_result", "keep_works_result")},
        "my_task_version": str(mine.version),
        "declined_version": str(narrow.version),
        "brokerage.record_spoken match_id": proposed.id,
        "brokerage.give_answer match_id": changed.id,
        "brokerage.token": answering,
        "seekers.token": submitted.token,
        "seekers.answer_whether_kept token": keep,
        "seekers.resume_draft token": draft,
    }


def _appointments(admin: User, actor: Actor) -> Records:
    every_day = {"begins": time(9), "ends": time(12), "ways": ("phone",)}
    for weekday in range(5):
        add_hours(admin.id, weekday=weekday, actor=actor, **every_day)
    special = add_special_day(admin.id, day=clock.today() + 5 * DAY, is_open=False, begins=None, ends=None, actor=actor)
    first, second, third, *_more = public_slots(WAYS["phone"], clock.today() + 2 * DAY, clock.today() + 20 * DAY)
    contact = {"name": "Erika Beispiel", "phone": "0351 1234567"}
    open_feed(actor)
    for_office = book("phone", first.starts_at, (admin.id,), contact)
    mine = book("phone", second.starts_at, (admin.id,), contact)
    return {
        "appointment_id": for_office.appointment.id,
        "appointments.token": mine.token,
        "moment": slot_word(third.starts_at),
        "hours_id": db.session.scalars(select(OpeningHours.id)).first() or "",
        "day_id": special.id,
    }


def _offers(tenant: Tenant) -> Records:
    published, waiting, ended = (
        make_offer(make_dwelling(tenant.organisation), status=status) for status in ("published", "review", "withdrawn")
    )
    disabled = make_user("provider")
    disabled.disabled_at = clock.now()
    return {
        "dwellings.ask_end offer_id": published.id,
        "dwellings.confirm_available offer_id": published.id,
        "dwellings.answer_review offer_id": waiting.id,
        "dwellings.show_review offer_id": waiting.id,
        "dwellings.list_again offer_id": ended.id,
        "accounts.decline_organisation organisation_id": make_organisation(confirmed=False).id,
        "accounts.enable_person user_id": disabled.id,
    }


def _passkey(tenant: Tenant) -> str:
    passkey = Passkey(user_id=tenant.user.id, credential_id=new_id(), public_key="AQ", sign_count=0, name="Laptop")
    db.session.add(passkey)
    db.session.flush()
    return passkey.id


def _links(tenant: Tenant) -> Records:
    """Secrets of mailed links about what a tenant owns."""
    project_id, offer = tenant.ids["project_id"], home()
    db.session.get_one(Project, project_id).published = True
    said = {"called": "Erika", "text": "Ich komme gern."}
    consent = ("2026-11", "Ich willige ein.")
    held, _token = ask_to_join(project_id, said, consent=consent, held_for=HoldReason.TOO_FAST, actor=tenant.actor)
    enquiry, joining = ask_to_join(project_id, said, consent=consent, actor=tenant.actor)
    open_vote(project_id, enquiry.id, clock.today() + 3 * DAY, tenant.actor)
    available, question, sign_in = new_token(), new_token(), ""
    until = clock.now() + 7 * DAY
    db.session.add(
        AvailabilityLink(token_hash=hash_token(available), organisation_id=offer.organisation_id, valid_until=until)
    )
    offer.asked_at = clock.now()
    asked_by_mail = OfferQuestion(offer_id=offer.id, key="has_lift", helps=3, gain=1.0)
    asked_by_mail.token_hash, asked_by_mail.valid_until = hash_token(question), until
    db.session.add(asked_by_mail)
    _link, sign_in = make_link(LinkPurpose.RESET, {}, user=tenant.user)
    registration, _token = make_link(LinkPurpose.REGISTRATION, _registered(), held_for="too_fast")
    invitation, _token = make_link(LinkPurpose.INVITATION, {"email": "neu@example.org", "roles": ["advisor"]})
    db.session.flush()
    return {
        "projects.token": joining,
        "projects.release_enquiry enquiry_id": held.id,
        "projects.cast_ballot enquiry_id": enquiry.id,
        "dwellings.token": available,
        "demand.token": question,
        "accounts.token": sign_in,
        "accounts.release_registration link_id": registration.id,
        "accounts.discard_registration link_id": registration.id,
        "accounts.revoke_colleague link_id": invitation.id,
        "watch.queue": "jobs",
        "accounts.passkey_id": _passkey(tenant),
    }


def _registered() -> dict[str, str]:
    return {"organisation": "Neue Hausgemeinschaft", "kind": "initiative", "name": "Neu", "email": "neu2@example.org"}
