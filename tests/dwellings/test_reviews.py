"""What becomes public: of whom the office trusts at once, of others and doubtful wording after a person has read it."""

from typing import Any

import pytest

from tests.factories import advisor, make_dwelling, make_offer, make_organisation, provider_of
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from wohnberatung.accounts.models import Organisation
from wohnberatung.core.errors import Conflict, DomainError, Forbidden
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.entering import change_text
from wohnberatung.dwellings.services.lifecycle import list_again, review, take_step
from wohnberatung.dwellings.services.offers import save_offer
from wohnberatung.dwellings.services.provider_desk import offers_in_review
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail


def draft(owner: Organisation, description: str = "", **fields: Any) -> Offer:
    return save_offer(make_offer(make_dwelling(owner), status="draft", **fields), description=description)


def publish(offer: Offer, owner: Organisation) -> str:
    take_step(offer.id, "veroeffentlichen", version=offer.version, actor=provider_of(owner))
    return offer.status


def test_trust_decides_whether_the_office_looks_first(session):
    trusted, new, unknown = (
        make_organisation(),
        make_organisation(trust="reviewed"),
        make_organisation(confirmed=False, trust="reviewed"),
    )
    assert publish(draft(trusted), trusted) == "published"
    assert publish(draft(new), new) == "review"
    offer = draft(unknown)
    with pytest.raises(DomainError, match="erst bestätigen"):
        publish(offer, unknown)
    assert offer.status == "draft"


def test_doubtful_wording_waits_for_a_person_even_of_the_trusted(session):
    owner = make_organisation()
    offer = draft(owner, "Nur an Deutsche.")
    assert publish(offer, owner) == "review"
    (waiting,) = offers_in_review(advisor())
    assert (waiting.offer, waiting.objections[0].ground) == (offer, "origin")
    review(offer.id, approve=True, note="", version=offer.version, actor=advisor())
    assert (offer.status, offer.confirmed_at is not None) == ("published", True)


def test_a_text_changed_for_the_worse_leaves_the_lists_until_it_was_read(session):
    owner = make_organisation()
    offer = make_offer(make_dwelling(owner))
    mine = provider_of(owner)
    assert not change_text(offer, title="Neu", description="Hell und ruhig.", version=offer.version, actor=mine)
    assert change_text(offer, title="Neu", description="Keine Ausländer.", version=offer.version, actor=mine)
    assert offer.status == "review"


def test_a_harmless_change_does_not_hide_what_the_office_has_let_pass(session):
    owner = make_organisation()
    offer, mine = draft(owner, "Nur an Frauen."), provider_of(owner)
    publish(offer, owner)
    review(offer.id, approve=True, note="", version=offer.version, actor=advisor())
    text = "Hell und ruhig. Nur an Frauen."
    assert not change_text(offer, title="Neu", description=text, version=offer.version, actor=mine)
    assert change_text(offer, title="Neu", description=f"{text} Keine Kinder.", version=offer.version, actor=mine)


def test_a_text_changed_while_reserved_is_read_before_it_is_shown_again(session):
    owner = make_organisation()
    offer, mine = make_offer(make_dwelling(owner)), provider_of(owner)
    take_step(offer.id, "reservieren", version=offer.version, actor=mine)
    change_text(offer, title="Neu", description="Keine Ausländer.", version=offer.version, actor=mine)
    take_step(offer.id, "wieder-frei", version=offer.version, actor=mine)
    assert offer.status == "review"


def test_a_returned_offer_says_why_and_tells_the_provider(session):
    owner = make_organisation(trust="reviewed")
    make_user("provider", organisation_ids=[owner.id])
    offer = draft(owner)
    publish(offer, owner)
    with pytest.raises(DomainError, match="was geändert werden soll"):
        review(offer.id, approve=False, note=" ", version=offer.version, actor=advisor())
    with pytest.raises(Forbidden):
        review(offer.id, approve=True, note="", version=offer.version, actor=provider_of(owner))
    review(offer.id, approve=False, note="Bitte den letzten Satz ändern.", version=offer.version, actor=advisor())
    assert (offer.status, offer.review_note) == ("draft", "Bitte den letzten Satz ändern.")
    assert [mail.template for mail in db.session.query(OutgoingMail)] == ["offer_returned"]
    with pytest.raises(Conflict):
        review(offer.id, approve=True, note="", version=offer.version, actor=advisor())


def test_steps_lead_only_where_they_lead_and_twice_is_once(session):
    owner = make_organisation()
    offer = draft(owner)
    mine = provider_of(owner)
    for key in ("reservieren", "vermietet"):
        with pytest.raises(Conflict):
            take_step(offer.id, key, version=offer.version, actor=mine)
    with pytest.raises(Conflict):
        list_again(offer.id, actor=mine)
    publish(offer, owner)
    publish(offer, owner)
    with pytest.raises(Conflict):
        take_step(offer.id, "reservieren", version=1, actor=mine)


def test_the_office_reads_and_answers_on_its_page(client: CheckingClient, session: Any) -> None:
    owner = make_organisation(trust="reviewed")
    offer = draft(owner, "Bitte nur junge Leute.", title="Drei Zimmer")
    publish(offer, owner)
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    assert "Bitte sehen Sie sich diese Stellen noch einmal an" in client.get(f"/anbieten/{offer.id}").text
    assert client.get("/pruefung").status_code == 403
    sign_in(client, make_user("advisor"))
    assert "1 Stelle im Text" in client.get("/pruefung").text
    path = f"/pruefung/{offer.id}"
    assert "„nur junge Leute“" in client.get(path).text
    assert client.submit(path, {"answer": "zurueckgeben"}, button="Entscheidung senden").status_code == 400
    done = client.submit(path, {"answer": "zurueckgeben", "note": "Alter weglassen."}, button="Entscheidung senden")
    assert "zurückgegeben" in done.text
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    assert "Alter weglassen." in client.get(f"/anbieten/{offer.id}").text
