"""Owners, groups and people who seek, and introductions among them."""

from typing import Any, NamedTuple

from tests.factories import advisor, make_organisation, make_project, make_request, provider_of
from wohnberatung.accounts.models import Organisation
from wohnberatung.accounts.services.organisations import create_organisation
from wohnberatung.core.actors import Actor
from wohnberatung.extensions import db
from wohnberatung.network.models.introductions import Introduction, IntroductionSide
from wohnberatung.network.services import consenting, introductions
from wohnberatung.network.services.searches import save_search
from wohnberatung.network.services.sides import SideStanding, at_desk
from wohnberatung.network.services.sites import publish_site, save_site
from wohnberatung.seekers.services.requests import Submitted

TEXTS = {"title": "Villa am Park", "description": "Mit Garten.", "address": "Parkweg 3, 01309 Dresden"}
WANTED = [{"key": "site_kind", "wanted": ["house"], "importance": "must"}]
WORDING = consenting.Wording("test", "Ja, ich möchte die anderen kennenlernen.")
REASONS = "Beide wollen, dass Kinder im Garten spielen."
FOUNDING = {"key": "living_form", "wanted": ["building_group", "housing_project"], "importance": "must"}


class Pair(NamedTuple):
    """An introduction of an owner and a group, and who acts for them."""

    row: Introduction
    owner: Actor
    group: Actor
    office: Actor

    def at(self, who: Actor) -> SideStanding:
        return at_desk(self.row.id, who)

    def agree(self, *who: Actor) -> "Pair":
        for each in who or (self.owner, self.group):
            consenting.answer(self.at(each), agrees=True, wording=WORDING, version=self.row.version)
        return self


def owner_of_house() -> Organisation:
    contact = {"person": "Rico Besitzer", "email": "rico@example.org", "phone": "0351 1"}
    return create_organisation(name="Hausbesitz Beispiel", kind="private_owner", trust="live", contact=contact)


def a_group(name: str = "Gruppe Beispiel") -> Organisation:
    group = make_organisation(name, kind="initiative")
    group.plain_contact = {"person": "Paula Gruppe", "email": "paula@example.org"}
    return group


def offered_pair() -> Pair:
    """The office has asked both sides, and nobody has answered."""
    house, group, office = owner_of_house(), a_group(), advisor()
    owner, members = provider_of(house), provider_of(group)
    site = publish_site(save_site(house.id, TEXTS, {"site_kind": "house"}, None).id, owner)
    project = make_project(group, name="Kinderhof")
    save_search(project.id, WANTED, "Mit Garten", active=True, actor=members)
    row = introductions.ask_introduction(site.id, project.id, "", office, REASONS)
    return Pair(row, owner, members, office)


def seeking(name: str, **options: Any) -> Submitted:
    """Somebody who would found a group and reads mails."""
    contact = {"name": name, "email": f"{name.split()[0].lower()}@example.org", "reach": "email"}
    return make_request(FOUNDING, **{"contact": contact, **options})


def founders(*names: str) -> tuple[Introduction, list[Submitted]]:
    """The office has asked them all."""
    submitted = [seeking(name) for name in names or ("Erika Beispiel", "Max Muster", "Ayla Demir")]
    row = introductions.introduce_founders([each.request for each in submitted], REASONS, advisor())
    return row, submitted


def side_of(row: Introduction, submitted: Submitted) -> IntroductionSide:
    db.session.refresh(row)
    return next(side for side in row.sides if side.request_id == submitted.request.id)
