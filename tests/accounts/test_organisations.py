"""Organisations: who belongs to them, what they may publish, what others learn of them."""

from typing import Any

import pytest

from tests.core.probe import keys
from tests.factories import advisor, make_organisation, provider_of
from tests.people import make_user, sign_in
from wohnberatung.accounts.services import organisations, people
from wohnberatung.core.actors import EDITOR, MANAGER, Publication
from wohnberatung.core.errors import Conflict, DomainError, Forbidden, NotFound


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"confirmed": False}, Publication.NOT_YET),
        ({"confirmed": False, "trust": "live"}, Publication.NOT_YET),
        ({"trust": "reviewed"}, Publication.REVIEW),
        ({"trust": "live"}, Publication.LIVE),
    ],
)
def test_what_becomes_of_a_publication_is_the_organisations_standing(
    session: Any, fields: dict[str, Any], outcome: Publication
) -> None:
    organisation = make_organisation(**fields)
    assert provider_of(organisation).publication_for(organisation.id) == outcome
    assert provider_of(make_organisation()).publication_for(organisation.id) == Publication.NOT_YET
    assert advisor().publication_for(organisation.id) == Publication.LIVE


def test_a_person_of_two_organisations_works_for_the_one_they_chose(session: Any) -> None:
    first, second = make_organisation("Ahornhof"), make_organisation("Birkenhof")
    user = make_user("provider", organisation_ids=[second.id])
    organisations.add_member(user.id, first.id, EDITOR)
    session.expire_all()
    plain, chosen = people.load_actor(user.id), people.load_actor(user.id, second.id)
    assert plain.acts_for.name == "Ahornhof"
    assert chosen.acts_for.name == "Birkenhof"
    assert chosen.organisation_ids == {first.id, second.id}
    assert (chosen.manages(first.id), chosen.manages(second.id)) == (False, True)
    assert people.load_actor(user.id, make_organisation().id).acts_for.name == "Ahornhof", "a foreign choice is none"


def test_the_office_confirms_who_registered(session: Any) -> None:
    organisation = make_organisation(confirmed=False)
    actor = advisor()
    organisations.confirm_organisation(organisation.id, actor, trust="live")
    assert (organisation.confirmed_by, organisation.is_trusted) == (actor.user_id, True)
    with pytest.raises(DomainError, match="Möglichkeiten"):
        organisations.confirm_organisation(organisation.id, actor, trust="blind")


def test_nobody_confirms_their_own_organisation(session: Any) -> None:
    organisation = make_organisation(confirmed=False)
    manager = provider_of(organisation)
    with pytest.raises(Forbidden):
        organisations.confirm_organisation(organisation.id, manager, trust="live")
    assert organisation.confirmed_at is None


def test_the_contact_is_sealed(session: Any) -> None:
    organisation = organisations.create_organisation(
        name="Privat", kind="private_owner", contact={"person": "Frau Geheim", "phone": " ", "other": "x"}
    )
    assert b"Geheim" not in organisation.contact
    assert organisations.contact_of_organisation(organisation) == {"person": "Frau Geheim"}


def test_the_profile_is_changed_by_managers_and_nobody_else(session: Any) -> None:
    organisation = make_organisation()
    change = {"values": {"name": "Neu", "kind": "association", "about": " Wir ", "website": "", "person": "Eva"}}
    with pytest.raises(NotFound):
        organisations.edit_organisation(organisation.id, provider_of(make_organisation()), version=1, **change)
    with pytest.raises(Forbidden):
        organisations.edit_organisation(organisation.id, provider_of(organisation, role=EDITOR), version=1, **change)
    with pytest.raises(Conflict):
        organisations.edit_organisation(organisation.id, provider_of(organisation), version=7, **change)
    organisations.edit_organisation(organisation.id, provider_of(organisation, role=MANAGER), version=1, **change)
    assert (organisation.name, organisation.about) == ("Neu", "Wir")
    assert organisations.contact_of_organisation(organisation) == {"person": "Eva"}


@pytest.mark.parametrize("trust", ["", "grenzenlos", "\x01"])
def test_trust_that_is_not_offered_is_refused_in_words(client, trust):
    organisation = make_organisation()
    sign_in(client, make_user("advisor", "admin"))
    path = f"/verwaltung/organisationen/{organisation.id}"
    page = client.post(f"{path}/bestaetigen", data=keys(client) | {"trust": trust}, follow_redirects=True)
    assert page.status_code == 200
    assert "wählen Sie" in page.text
