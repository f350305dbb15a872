"""Declared services and joint cases, as far as a test needs them."""

from dataclasses import dataclass
from typing import Any

from tests.directory.entries import JOHANNSTADT, make_entry
from tests.factories import advisor, make_organisation, make_request, provider_of
from wohnberatung.accounts.models import Organisation
from wohnberatung.cooperation.models import JointCase, JointPartner, OfferedService
from wohnberatung.cooperation.services.joint import load_joint, move_joint, prepare_joint
from wohnberatung.cooperation.services.offered import declare_service
from wohnberatung.cooperation.services.partners import ask_partner, record_decision
from wohnberatung.cooperation.steps import AGREE, OPEN
from wohnberatung.core.actors import Actor
from wohnberatung.extensions import db
from wohnberatung.seekers.services.requests import Submitted

NEEDS = ("Hilfe beim Aufstehen morgens.", "Jemand geht mit einkaufen.")


def make_service(
    kind: str = "home_care", organisation: Organisation | None = None, *, name: str = "Dienst Beispiel", **values: Any
) -> OfferedService:
    """Of a public entry in Johannstadt, that an organisation keeps where one is given."""
    owner = organisation.id if organisation else None
    entry = make_entry(
        name, kind="service_provider", organisation_id=owner, serves=values.pop("entry_serves", [JOHANNSTADT])
    )
    return declare_service(entry.id, {"kind": kind, "laws": [], "capacity": "free", **values}, advisor())


@dataclass(frozen=True)
class Together:
    """A joint case with two partners: who advises, who seeks, and who acts for each partner."""

    joint: JointCase
    actor: Actor
    submitted: Submitted
    organisations: tuple[Organisation, Organisation]

    @property
    def partners(self) -> list[JointPartner]:
        """In the order in which they were asked about."""
        db.session.expire_all()
        found = {each.entry.organisation_id: each for each in load_joint(self.joint.id, self.actor).partners}
        return [found[each.id] for each in self.organisations]

    @property
    def providers(self) -> tuple[Actor, Actor]:
        first, second = (provider_of(each) for each in self.organisations)
        return first, second


def asked_about(actor: Actor | None = None, *organisations: Organisation, **options: Any) -> Together:
    """Prepared; the person was asked about both and has not answered."""
    actor = actor or advisor()
    first, second = (*organisations, *(make_organisation(kind="service_provider") for _each in range(2)))[:2]
    for owner in (first, second):
        owner.plain_contact = {"email": f"dienst-{owner.id}@example.org"}
    submitted = make_request(**options)
    joint = prepare_joint(submitted.request.id, actor)
    for owner, kind, need in zip((first, second), ("home_care", "neighbourly_help"), NEEDS, strict=True):
        service = make_service(kind, owner, name=owner.name)
        ask_partner(joint.id, service.id, need, with_contact=kind == "home_care", actor=actor)
    return Together(joint, actor, submitted, (first, second))


def opened(actor: Actor | None = None, *organisations: Organisation, **options: Any) -> Together:
    """Open, with the consent for both taken down by the office."""
    together = asked_about(actor, *organisations, **options)
    for partner in together.partners:
        record_decision(together.joint.id, partner.id, AGREE, partner.version, together.actor)
    db.session.expire_all()
    joint = load_joint(together.joint.id, together.actor)
    move_joint(joint.id, OPEN, joint.version, together.actor)
    db.session.expire_all()
    return together
