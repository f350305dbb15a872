"""Records of what a neighbourhood has: its directory, services that work together, resources, news by mail."""

from datetime import timedelta

from tests.contacts.persons import make_contact
from tests.cooperation.cases import asked_about, make_service
from tests.factories import make_organisation, make_request
from tests.resources.entries import make_contact_request, make_linked
from tests.subscriptions.asking import asked as asked_for_news
from tests.subscriptions.asking import confirmed as subscribed
from tests.tenancy.samples import Tenant
from wohnberatung.cooperation.models import JointPartner
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.steps import Party
from wohnberatung.directory.models import DirectoryEntry, EntryLink, EntryState
from wohnberatung.directory.services.entries import begin_entry
from wohnberatung.directory.services.lists import stage_list
from wohnberatung.directory.steps import ENTRY_STEPS
from wohnberatung.extensions import db
from wohnberatung.intake.services.plain_lists import PlainList, PlainRow
from wohnberatung.resources.services.contact_requests import move_request
from wohnberatung.resources.steps import PASS_ON

DAY = timedelta(days=1)
PROGRAM = {
    "key": "sgb11_40_4", "name": "Pflegekasse", "what": "Umbau", "amount": "", "conditions": "", "steps": "1. Antrag.",
    "position": "1", "valid_from": "", "valid_to": "", "source": "Test", "checked_on": "2026-11-01",
    "status": "verified",
}  # fmt: skip
Records = dict[str, str]


def records_of_neighbourhoods(actor: Actor, tenant: Tenant) -> Records:
    """Store everything that a neighbourhood has; `actor` is the person responsible."""
    return _directory(tenant, actor) | _cooperation(tenant, actor) | _resources() | _subscriptions() | _planning(tenant)


def _planning(tenant: Tenant) -> Records:
    """The draft of a report."""
    return {"planning.report_id": tenant.ids["planning.report_id"]}


def _directory(tenant: Tenant, actor: Actor) -> Records:
    """An entry that a mail asks about, and a list of the office."""
    entry = db.session.get_one(DirectoryEntry, tenant.ids["directory.entry_id"])
    asked = begin_entry(
        {"kind": "association", "name": "Treff Beispiel", "summary": "Wir laden ein.", "citywide": True}, tenant.actor
    )
    ENTRY_STEPS.put(asked, EntryState.PUBLISHED)
    token = new_token()
    until = clock.now() + 7 * DAY
    db.session.add(EntryLink(token_hash=hash_token(token), entry_id=asked.id, valid_until=until))
    read = PlainList((PlainRow("Zeile 2", {"name": "Haus am Fluss", "art": "Verein"}),), ())
    stored = stage_list("liste.csv", read, actor)
    return {
        "directory.entry_id": entry.id,
        "directory.token": token,
        "directory.list_id": stored.id,
        "slug": "johannstadt-nord",
        "contact_id": make_contact(actor.user_id).id,
    }


def _cooperation(tenant: Tenant, actor: Actor) -> Records:
    """A request for which nobody works together yet, and somebody who is asked whether they may."""
    asking = asked_about(actor)
    visits = make_service("visiting", make_organisation(), name="Besuche am Nachmittag")
    partner = db.session.get_one(JointPartner, tenant.ids["partner_id"])
    mine = {f"cooperation.{each} partner_id": asking.partners[0].id for each in ("ask_mine", "decide_mine")}
    return {
        "cooperation.token": asking.submitted.token,
        "cooperation.visits": visits.id,
        "partner_version": str(partner.version),
        "cooperation.prepare_joint request_id": make_request().request.id,
        "cooperation.entry_id": tenant.ids["cooperation.entry_id"],
        "service_id": tenant.ids["service_id"],
        "joint_id": tenant.ids["joint_id"],
        "partner_id": tenant.ids["partner_id"],
        "cooperation.task_id": tenant.ids["cooperation.task_id"],
        **mine,
    }


def _resources() -> Records:
    """Entries of private persons, a request that the office has to read, and one that the other side has to answer."""
    mine, token = make_linked("Ich lese vor")
    answered, _asked = make_contact_request(mine)
    move_request(answered, PASS_ON, Party.OFFICE, version=None, actor=None)
    shown = make_linked("Ich repariere", kind="repairs")[0]
    waiting, asker = make_contact_request(shown)
    erased = make_contact_request(shown)[1]
    return {
        "resources.token": token,
        "resources.answer_request request_id": answered.id,
        "resources.send_contact resource_id": shown.id,
        "resources.request_id": waiting.id,
        "resources.move_request token": asker,
        "resources.show_request token": asker,
        "resources.ask_request_erasure token": erased,
        "resources.erase_my_request token": erased,
        "resources.erase_mine token": make_linked("Bald gelöscht")[1],
    }


def _subscriptions() -> Records:
    """One that is confirmed, and one that waits to be."""
    token, waiting = subscribed("erika@example.org"), asked_for_news("otto@example.org")
    return {
        "subscriptions.token": token,
        "subscriptions.ask_confirmation token": waiting,
        "subscriptions.confirm_subscription token": waiting,
    }
