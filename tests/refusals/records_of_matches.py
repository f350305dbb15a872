"""Records of what two sides do about a match: those who offer, viewings, messages, and who has moved in."""

from datetime import timedelta

from sqlalchemy import select

from tests.brokerage.ways import TO_COMPLETED, on_the_way, sharing
from tests.factories import make_dwelling, make_offer, make_project
from tests.messages.cases import held_message
from tests.providers.cases import TO_PRESENTED
from tests.tenancy.samples import Tenant
from tests.viewings.cases import acquainted, held, proposed, reachable_home, seen_differently
from wohnberatung.aftercare.models import LivingCheck
from wohnberatung.aftercare.services.answers import LivingSaid, record_answer
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.ids import hash_token, new_id, new_token
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import queue_mail
from wohnberatung.mail.services.returned import mark_returned
from wohnberatung.providers.models import DeletionRequest, GroupMember, MatchVoter, ProviderLink
from wohnberatung.providers.services.links import latest_presentation
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.viewings.models import ViewingLink

DAY = timedelta(days=1)
Records = dict[str, str]


def records_of_matches(actor: Actor, tenant: Tenant) -> Records:
    """Store everything; see `records.py`."""
    return _moved_in(actor) | _viewings(tenant) | _of_providers(tenant)


def _moved_in(actor: Actor) -> Records:
    """Two who live there: one was asked how it goes, the other has said what is missing."""
    asked_one, answered = (on_the_way(*TO_COMPLETED[:-2]) for _who in range(2))
    check = LivingCheck(id=new_id(), match=asked_one, due_on=clock.today(), asked_at=clock.now(), told="seeker")
    db.session.add(check)
    db.session.flush()
    asked_one.request.token_hash = hash_token(token := new_token())
    said = record_answer(answered.id, LivingSaid("lacking", "Ein Griff", True), actor)
    left = on_the_way(*TO_COMPLETED[:-2], "end_living", "talked")
    shares = on_the_way(*TO_COMPLETED[:-2], offer=make_offer(project=make_project()))
    return {
        "aftercare.ask_rematch match_id": left.id,
        "aftercare.start_rematch match_id": left.id,
        "aftercare.ask_split match_id": shares.id,
        "aftercare.split_group match_id": shares.id,
        "aftercare.token": token,
        "aftercare.match_id": asked_one.id,
        "check_id": said.id,
        "said_version": str(said.version),
        "check_version": str(check.version),
        "dispatch.mail_id": _returned_mail(answered),
        "sent_mail": _mail_to(answered).id,
    }


def _mail_to(match: BrokeredMatch) -> OutgoingMail:
    values = {"receipt_number": "DD-1", "token": "x" * 26}
    return queue_mail("request_received", to="weg@example.org", person_key=match.request.person_key, **values)


def _returned_mail(match: BrokeredMatch) -> str:
    """To somebody whose address is gone."""
    mail = _mail_to(match)
    mark_returned(mail, "5.1.1")
    return mail.id


def _of_providers(tenant: Tenant) -> Records:
    """Secrets of mailed links about people who were presented, or are to be forgotten."""
    shown, gone = (on_the_way(*TO_PRESENTED, offer=make_offer(make_dwelling(tenant.organisation))) for _each in "ab")
    answering, deleting = new_token(), new_token()
    presentation = latest_presentation(shown)
    assert presentation is not None
    until = clock.now() + 7 * DAY
    link = ProviderLink(token_hash=hash_token(answering), presentation_id=presentation.id, valid_until=until)
    db.session.add(link)
    withdraw_consent(gone.request, "sharing")
    deletion = db.session.scalars(select(DeletionRequest).where(DeletionRequest.match_id == gone.id)).one()
    deletion.token_hash = hash_token(deleting)
    db.session.flush()
    group = make_project(tenant.organisation)
    place = make_offer(project=group)
    by_vote = on_the_way(*TO_PRESENTED, offer=place)
    asked_to_vote = latest_presentation(by_vote)
    member = db.session.get_one(GroupMember, tenant.ids["member_id"])
    voter = MatchVoter(presentation_id=asked_to_vote.id, member_id=member.id)
    db.session.add(voter)
    db.session.flush()
    ballot = ProviderLink(
        token_hash=hash_token(voting := new_token()),
        presentation_id=asked_to_vote.id,
        voter_id=voter.id,
        valid_until=until,
    )
    db.session.add(ballot)
    db.session.flush()
    return {
        **dict.fromkeys((f"providers.{name} token" for name in ("show_ballot", "cast_mailed", "leave_group")), voting),
        "providers.ask_ballot match_id": by_vote.id,
        "providers.cast_ballot match_id": by_vote.id,
        "providers.token": answering,
        "providers.ask_deletion token": deleting,
        "providers.confirm_by_link token": deleting,
        "providers.address": "ja",
        "providers.match_id": tenant.ids["match_id"],
    }


def _viewings(tenant: Tenant) -> Records:
    """One that the person is to choose a date for, one that was, and a link for those who offer."""
    waiting, over = proposed(), held(acquainted(reachable_home(tenant.organisation)))
    link = new_token()
    until = clock.now() + 7 * DAY
    db.session.add(ViewingLink(token_hash=hash_token(link), match_id=waiting.match.id, valid_until=until))
    submitted = sharing()
    message = held_message(submitted=submitted)
    before = ("show_viewing", "propose_dates", "choose_date", "call_off", "describe_arrival", "download_viewing")
    after = ("ask_how_it_was", "say_how_it_was", "ask_who_was_missing", "report_missing")
    return {
        "viewings.token": waiting.token,
        "viewings.describe_arrival_by_link token": link,
        "messages.token": submitted.token,
        "messages.show_conversation_by_link match_id": message.match_id,
        "messages.write_by_link match_id": message.match_id,
        "messages.decide_message match_id": message.match_id,
        "message_id": message.id,
        "messages.decide_message deed": "weitergeben",
        "message_version": str(message.version),
        "viewing_version": str(waiting.viewing.version),
        "correction_id": seen_differently().id,
        "viewings.decide_correction deed": "uebernehmen",
        **{f"viewings.{name}_by_link match_id": waiting.match.id for name in before},
        **{f"viewings.{name}{door} match_id": over.match.id for name in after for door in ("", "_by_link")},
        **{f"viewings.{name}_by_link token": over.token for name in after},
    }
