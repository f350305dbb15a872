"""Joint cases: nobody learns anything without the person's consent for this provider, and nothing once it is gone."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.cases.factories import make_advisor, make_case
from tests.cooperation.cases import NEEDS, Together, asked_about, make_service, opened
from tests.factories import make_organisation, make_request, provider_of
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.cases.services.handover import set_blocked
from wohnberatung.cases.services.requests import link_request
from wohnberatung.cooperation.models import JointCase, JointConsent, JointPartner, JointState, PartnerState
from wohnberatung.cooperation.services.joint import joint_cases_for, load_joint, move_joint, own_partner, prepare_joint
from wohnberatung.cooperation.services.partners import ask_partner, decide_mine, record_decision
from wohnberatung.cooperation.services.tasks import add_task, move_task, tasks_due
from wohnberatung.cooperation.steps import AGREE, CLOSE, DECLINE, DONE, OPEN, WITHDRAW
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError, Forbidden, NotFound
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.seekers.services.data_export import stored_about
from wohnberatung.seekers.services.reconfirmation import erase_request
from wohnberatung.seekers.services.self_service import move_my_request
from wohnberatung.seekers.steps import WITHDRAW as GIVE_UP


def text_of(answer: Any) -> str:
    return words(Page(answer.text).root.find(".//main"))


def mails() -> list[str]:
    """Templates of what was written to providers, by name."""
    query = select(OutgoingMail.template).where(OutgoingMail.template.in_(("joint_opened", "joint_ended")))
    return sorted(db.session.scalars(query))


def sees(together: Together, position: int) -> bool:
    db.session.expire_all()
    return joint_cases_for(together.providers[position]).total == 1


def test_without_two_consents_it_cannot_be_opened_and_nobody_sees_it(session: Any) -> None:
    together = asked_about()
    joint, actor = together.joint, together.actor
    with pytest.raises(DomainError, match="mindestens zwei Dienste"):
        move_joint(joint.id, OPEN, joint.version, actor)
    first, second = together.partners
    decide_mine(together.submitted.token, first.id, AGREE, first.version)
    decide_mine(together.submitted.token, second.id, DECLINE, second.version)
    with pytest.raises(DomainError, match="mindestens zwei Dienste"):
        move_joint(joint.id, OPEN, joint.version, actor)
    assert not sees(together, 0)
    assert mails() == []
    with pytest.raises(NotFound):
        load_joint(joint.id, together.providers[0])
    with pytest.raises(Forbidden):
        move_joint(joint.id, OPEN, joint.version, together.providers[0])


def test_each_partner_sees_what_was_agreed_to_for_it(session: Any) -> None:
    together = opened()
    assert [sees(together, 0), sees(together, 1)] == [True, True]
    assert mails() == ["joint_opened", "joint_opened"]
    for provider, need in zip(together.providers, NEEDS, strict=True):
        joint = load_joint(together.joint.id, provider)
        own = own_partner(joint, provider)
        assert own is not None
        assert own.plain_need == need
    assert joint_cases_for(provider_of(make_organisation())).total == 0


def test_the_page_tells_a_partner_no_more_than_that(client: CheckingClient) -> None:
    first, second = make_organisation(kind="service_provider"), make_organisation(kind="service_provider")
    together = opened(None, first, second)
    users = [make_user("provider", organisation_ids=[each.id]) for each in (first, second)]
    db.session.commit()
    pages = []
    for user in users:
        sign_in(client, user)
        pages.append(text_of(client.get(f"/gemeinsame-faelle/{together.joint.id}")))
    with_contact, without = pages
    assert NEEDS[0] in with_contact
    assert NEEDS[1] not in with_contact
    assert "Erika Beispiel" in with_contact
    assert NEEDS[1] in without
    assert "Erika Beispiel" not in without
    assert first.name in without, "who else takes part"
    assert client.get("/gemeinsame-faelle").status_code == 200


def test_consent_is_kept_as_it_was_worded_and_by_whom(session: Any) -> None:
    together = asked_about(language="en")
    first, second = together.partners
    decide_mine(together.submitted.token, first.id, AGREE, first.version)
    record_decision(together.joint.id, second.id, AGREE, second.version, together.actor)
    mine, taken_down = (
        session.scalars(select(JointConsent).filter_by(partner_id=each.id)).one() for each in (first, second)
    )
    assert mine.recorded_by is None
    assert taken_down.recorded_by == together.actor.user_id
    assert taken_down.language == "en"
    assert NEEDS[1] in taken_down.plain_text
    assert taken_down.plain_text.startswith("I consent that in a joint case")
    assert mine.text_version == taken_down.text_version == "2026-12"
    assert NEEDS[0].encode() not in mine.text
    service = make_service("visiting", together.organisations[0], name="Zweiter Eintrag")
    service.entry_id = first.entry_id
    db.session.flush()
    db.session.expire_all()
    with pytest.raises(DomainError, match="schon eine Einwilligung"):
        ask_partner(together.joint.id, service.id, "Mehr", with_contact=True, actor=together.actor)


def test_taken_back_it_ends_at_once_and_both_are_told(session: Any) -> None:
    together = opened()
    first, _second = together.partners
    task = add_task(together.joint.id, "Zeiten vereinbaren", clock.today(), first.id, together.providers[1])
    decide_mine(together.submitted.token, first.id, WITHDRAW, first.version)
    assert [sees(together, 0), sees(together, 1)] == [False, False], "one alone shares with nobody"
    assert mails() == ["joint_ended", "joint_ended", "joint_opened", "joint_opened"]
    db.session.expire_all()
    joint = load_joint(together.joint.id, together.actor)
    assert joint.state == JointState.PREPARED
    assert task.partner_id is None, "the office sees to it"
    [consent] = first.consents
    assert consent.withdrawn_at is not None, "it stays as proof"


def test_of_three_two_go_on(session: Any) -> None:
    together = opened()
    third = make_organisation(kind="service_provider")
    service = make_service("visiting", third, name="Besuche")
    partner = ask_partner(together.joint.id, service.id, "Besuch am Montag.", with_contact=False, actor=together.actor)
    assert joint_cases_for(provider_of(third)).total == 0
    decide_mine(together.submitted.token, partner.id, AGREE, partner.version)
    assert joint_cases_for(provider_of(third)).total == 1
    first, _second = together.partners
    decide_mine(together.submitted.token, first.id, WITHDRAW, first.version)
    assert [sees(together, 0), sees(together, 1)] == [False, True]


@pytest.mark.parametrize("purpose", ["advice", "health", "contact"])
def test_with_the_consent_it_stands_on_it_ends(session: Any, purpose: str) -> None:
    together = opened()
    withdraw_consent(together.submitted.request, purpose)
    assert [sees(together, 0), sees(together, 1)] == [False, False]
    assert mails().count("joint_ended") == 2
    left = session.scalars(select(JointCase)).all()
    assert len(left) == (0 if purpose == "health" else 1)


def test_it_ends_with_the_request_and_is_erased_with_it(session: Any) -> None:
    together, other = opened(), opened()
    erased = other.joint.id
    move_my_request(together.submitted.token, GIVE_UP, version=together.submitted.request.version)
    db.session.expire_all()
    assert together.joint.state == JointState.CLOSED
    erase_request(other.submitted.request)
    db.session.expire_all()
    assert [row.id for row in session.scalars(select(JointCase))] == [together.joint.id]
    assert mails().count("joint_ended") == 4
    left = select(JointConsent.id).join(JointConsent.partner).where(JointPartner.joint_id == erased)
    assert session.scalars(left).all() == []


def test_of_a_blocked_person_nobody_outside_ever_knows(session: Any) -> None:
    advisor = make_advisor()
    together = opened(advisor)
    case = make_case(advisor)
    link_request(case, together.submitted.request.receipt_number, advisor)
    set_blocked(case, True, version=case.version, actor=advisor)
    assert [sees(together, 0), sees(together, 1)] == [False, False]
    with pytest.raises(DomainError, match="niemand außerhalb der Wohnberatung"):
        prepare_joint(together.submitted.request.id, advisor)
    service = make_service("visiting", make_organisation(), name="Besuche")
    with pytest.raises(DomainError, match="niemand außerhalb der Wohnberatung"):
        ask_partner(together.joint.id, service.id, "Besuch", with_contact=False, actor=advisor)
    with pytest.raises(NotFound):
        load_joint(together.joint.id, make_advisor("Fremde Beraterin"))


def test_tasks_are_shared_and_everybody_moves_their_own(session: Any) -> None:
    together = opened()
    first, second = together.partners
    mine, theirs = together.providers
    tomorrow = clock.today() + timedelta(days=1)
    task = add_task(together.joint.id, "Zeiten vereinbaren", tomorrow, first.id, theirs)
    office = add_task(together.joint.id, "Antrag nachfragen", clock.today(), "", mine)
    with pytest.raises(Forbidden):
        move_task(together.joint.id, task.id, DONE, task.version, theirs)
    move_task(together.joint.id, task.id, DONE, task.version, mine)
    assert task.state == "done"
    with pytest.raises(Conflict):
        move_task(together.joint.id, office.id, DONE, office.version + 1, together.actor)
    assert [each.id for each in tasks_due(together.actor)] == [office.id]
    with pytest.raises(DomainError, match="schon vorbei"):
        add_task(together.joint.id, "Zu spät", clock.today() - timedelta(days=1), "", mine)
    with pytest.raises(DomainError, match="wer das macht"):
        add_task(together.joint.id, "Für Fremde", tomorrow, second.entry_id, mine)
    move_joint(together.joint.id, CLOSE, load_joint(together.joint.id, together.actor).version, together.actor)
    with pytest.raises(NotFound):
        add_task(together.joint.id, "Nach dem Ende", tomorrow, "", mine)


def test_who_keeps_no_entry_cannot_be_a_partner_and_the_office_alone_asks(session: Any) -> None:
    together = asked_about()
    service = make_service("visiting", name="Vom Amt gepflegt")
    with pytest.raises(DomainError) as refused:
        ask_partner(together.joint.id, service.id, "Besuch", with_contact=False, actor=together.actor)
    assert refused.value.field == "service_id"
    with pytest.raises(Forbidden):
        ask_partner(together.joint.id, service.id, "Besuch", with_contact=False, actor=together.providers[0])
    first, _second = together.partners
    decide_mine(together.submitted.token, first.id, DECLINE, first.version)
    again = next(each for each in together.partners if each.id == first.id)
    assert again.state == PartnerState.DECLINED


def test_its_person_decides_on_their_page_in_their_language_and_has_all_of_it(client: CheckingClient) -> None:
    together = asked_about()
    first, _second = together.partners
    db.session.commit()
    token = together.submitted.token
    page = text_of(client.get(f"/mein-gesuch/{token}"))
    assert "Dienste, die für Sie zusammenarbeiten" in page
    here = f"/mein-gesuch/{token}/zusammenarbeit/{first.id}"
    assert NEEDS[0] in text_of(client.get(here))
    assert "Ja, ich möchte das" in text_of(client.get(f"{here}?sprache=leicht"))
    client.submit(f"{here}?sprache=de", {}, button="Ich willige ein")
    assert "Einwilligung zurücknehmen" in text_of(client.get(here))
    stored = json.dumps(stored_about(token), ensure_ascii=False)
    assert NEEDS[0] in stored
    assert "2026-12" in stored
    assert client.get(f"/mein-gesuch/{make_request().token}/zusammenarbeit/{first.id}").status_code == 404
