"""Where the office looks at what an organisation publishes: what is taken back is true at once, all else waits."""

import pytest
from sqlalchemy import select

from tests.factories import advisor
from tests.intake.deliveries import full, openimmo, provider
from tests.intake.promoting import flat, gone, offers
from tests.intake.test_taking_back import BARE, FITTED
from tests.intake.uploads import clerk_of, done, run_of, send, take
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRecord
from wohnberatung.intake.services import decisions

RESERVED = '<zustand_angaben><verkaufstatus stand="RESERVIERT"/></zustand_angaben>'
LET = '<zustand_angaben><verkaufstatus stand="VERMIETET"/></zustand_angaben>'


@pytest.fixture
def stranger(owner, clerk):
    """Somebody of an organisation whose deliveries the office reads first; its three flats are public already."""
    take(openimmo(provider(*(flat(n, more=FITTED) for n in range(3)))), clerk, owner)
    return clerk_of(owner, trusted=False)


def standing():
    return {key: offer.status.value for key, offer in offers(db.session).items()}


def known(number="A0"):
    return {key: value for part in offers(db.session)[number].parts for key, value in part.known_facts().items()}


def under_review(document, stranger, owner):
    run_id = send(document, stranger, owner)
    done(decisions.apply_run, run_id, stranger, allow_removals=True)
    assert run_of(run_id).state == "review"
    return run_id


@pytest.mark.parametrize(
    "document",
    [
        openimmo(provider(flat(0, more=FITTED), gone(1))),
        openimmo(provider(flat(0, more=FITTED), flat(1, more=FITTED + RESERVED))),
        openimmo(provider(flat(0, more=FITTED), flat(1, more=FITTED + LET))),
        full(provider(flat(0, more=FITTED), flat(2, more=FITTED))),
    ],
)
def test_a_home_that_cannot_be_had_is_not_shown_any_more(owner, stranger, document):
    run_id = under_review(document, stranger, owner)
    assert standing() == {"A0": "published", "A1": "withdrawn", "A2": "published"}
    done(decisions.apply_run, run_id, advisor())
    assert (run_of(run_id).state, standing()["A1"]) == ("promoted", "withdrawn")
    done(decisions.undo_run, run_id, stranger)
    assert set(standing().values()) == {"published"}


def test_a_claim_that_was_wrong_falls_at_once_and_what_is_new_waits(owner, stranger):
    later = flat(0, rent=700, more=BARE.replace("</flaechen>", "<anzahl_zimmer>3</anzahl_zimmer></flaechen>"))
    run_id = under_review(openimmo(provider(later, flat(8, place=""))), stranger, owner)
    facts = known()
    assert not {"claimed_level", "wbs_type", "entrance_door_clear_width_cm", "shower_level"} & facts.keys()
    assert (facts["has_lift"], facts["has_bathtub"], facts["pets_allowed"]) == (False, False, False)
    assert (facts["rent_warm_eur"], "rooms" in facts, len(standing())) == (620, False, 3)
    done(decisions.apply_run, run_id, advisor())
    assert (known()["rent_warm_eur"], known()["rooms"]) == (700, 3)
    done(decisions.undo_run, run_id, stranger)
    assert (known()["rent_warm_eur"], known()["claimed_level"], known()["has_lift"]) == (620, "wheelchair", True)


def test_what_is_added_changes_nothing_before_somebody_has_looked(owner, stranger):
    better = FITTED.replace("55.3", "65.3").replace("86", "96")
    before = known()
    run_id = under_review(openimmo(provider(flat(0, rent=500, more=better))), stranger, owner)
    assert (known(), set(standing().values())) == (before, {"published"})
    touched = select(ImportRecord.id).where(ImportRecord.run_id == run_id, ImportRecord.after.is_not(None))
    assert db.session.scalars(touched).all() == []


def test_what_an_older_file_denies_is_not_taken_back(owner, stranger):
    older = openimmo(provider(flat(0, more=BARE))).replace("2026-11-20T08:00:00", "2026-11-19T08:00:00")
    before = known()
    run_id = send(older, stranger, owner)
    assert (run_of(run_id).state, known()) == ("promoted", before)


def test_a_delivery_that_is_discarded_says_that_what_it_took_back_stays(owner, stranger):
    run_id = under_review(openimmo(provider(flat(0, rent=700, more=FITTED), gone(1))), stranger, owner)
    done(decisions.discard_run, run_id, stranger)
    assert (run_of(run_id).state, standing()["A1"], known()["rent_warm_eur"]) == ("discarded", "withdrawn", 620)
    assert decisions.has_taken_effect(run_of(run_id))
