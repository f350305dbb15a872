"""The published homes as the engine's frame."""

from matching.catalogue import HOMES
from matching.requests import Evidence, Requirement
from tests.factories import make_dwelling, make_offer, make_project
from wohnberatung.bridge import frames
from wohnberatung.bridge.frames import current_supply, supply_row
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.offers import save_offer, withdraw_offer

PETS = {"key": "pets", "wanted": True, "importance": "must"}

# What an offer without a project is taken for.
ALONE = {
    "living_form": ("self_contained", Evidence.STATED),
    "private_bathroom": (True, Evidence.STATED),
    "children_in_group": (False, Evidence.STATED),
    "community_hours_month": (0, Evidence.STATED),
    "help_hours_month": (0, Evidence.STATED),
    "shared_meals": ("never", Evidence.STATED),
}
"""What is so of a home that belongs to no project: nobody is asked how often its group eats together."""


def seen(offer):
    """Facts with their evidence as the frame holds them; None where the offer is not in it."""
    with current_supply() as supply:
        row = supply.frame.position.get(offer.id)
        if row is None:
            return None
        values = {fact.key: supply.frame.known(fact, row) for fact in HOMES.facts}
        evidence = {fact.key: supply.frame.evidence(fact)[row] for fact in HOMES.facts}
        return {key: (value, Evidence(evidence[key])) for key, value in values.items() if value is not None}


def test_an_offer_brings_the_facts_of_its_dwelling_and_its_project(session):
    dwelling = make_dwelling(level="measured", inner_door_clear_width_cm=88.5, has_lift=False, district="06")
    project = make_project(languages=["de", "dgs"], self_description="Wir kochen zusammen.", free_places=2)
    offer = make_offer(dwelling, project, level="claimed", available_from="2027-01-01", tenure="sublet")
    assert seen(offer) == {
        "inner_door_clear_width_cm": (88.5, Evidence.MEASURED),
        "has_lift": (False, Evidence.MEASURED),
        "district": ("06", Evidence.MEASURED),
        "languages": (["de", "dgs"], Evidence.STATED),
        "free_places": (2, Evidence.STATED),
        "available_from": ("2027-01-01", Evidence.CLAIMED),
        "tenure": ("sublet", Evidence.CLAIMED),
    }
    with current_supply() as supply:
        assert supply.frame.texts[supply.frame.position[offer.id]] == "Wir kochen zusammen."


def test_only_published_offers_are_ranked(session):
    shown = {status: seen(make_offer(status=status)) is not None for status in ("draft", "review", "published", "let")}
    assert shown == {"draft": False, "review": False, "published": True, "let": False}


def test_demands_and_an_occupancy_restriction_are_asked_of_the_household(session):
    make_offer(demands=(PETS,), wbs_type="gMW")
    with current_supply() as supply:
        asked = {key: column.requirements for key, column in supply.frame.demand_columns().items()}
    assert asked == {("pets", 0): [Requirement("pets", True)], ("wbs", 0): [Requirement("wbs", True)]}


def test_the_frame_follows_every_change(session):
    dwelling, project = make_dwelling(), make_project()
    offer, other = make_offer(dwelling, project), make_offer()
    assert (seen(offer), seen(other)) == ({}, ALONE)
    session.commit()
    record_facts(dwelling, {"has_lift": True}, "stated")
    session.commit()
    assert seen(offer) == {"has_lift": (True, Evidence.STATED)}
    record_facts(project, {"stage": "lived_in"}, "stated")
    record_facts(offer, {"furnished": True}, "stated")
    session.commit()
    assert set(seen(offer)) == {"has_lift", "stage", "furnished"}
    withdraw_offer(offer)
    session.commit()
    assert (seen(offer), seen(other)) == (None, ALONE)
    save_offer(offer, status="published")
    session.commit()
    assert set(seen(offer)) == {"has_lift", "stage", "furnished"}


def test_a_refresh_reads_only_what_changed(session, monkeypatch):
    offers = [make_offer(has_lift=True) for _ in range(5)]
    session.commit()
    seen(offers[0])
    record_facts(offers[0].dwelling, {"has_lift": False}, "stated")
    session.commit()
    read = []
    monkeypatch.setattr(frames, "supply_row", lambda market, row: read.append(row["id"]) or supply_row(market, row))
    assert seen(offers[0]) == ALONE | {"has_lift": (False, Evidence.STATED)}
    assert read == [offers[0].id]


def test_changes_are_numbered_in_the_order_of_the_commits(session):
    first, second = make_offer(), make_offer()
    assert (first.change_seq, second.change_seq) == (None, None)
    session.commit()
    start = first.change_seq
    assert second.change_seq == start
    record_facts(second.dwelling, {"floor": 2}, "stated")
    session.commit()
    assert (first.change_seq, second.change_seq) == (start, start + 1)
    session.commit()
    assert second.change_seq == start + 1


def test_what_is_rolled_back_never_enters_the_frame(own_app):
    from wohnberatung.core.transactions import start_writing, transaction

    with own_app.app_context():
        with transaction():
            offer_id = make_offer(has_lift=True).id
        with current_supply() as supply:
            assert len(supply.frame) == 1
        from wohnberatung.extensions import db

        start_writing()
        make_offer()
        with current_supply() as supply:
            assert supply.frame.ids == [offer_id]
        db.session.rollback()
        with current_supply() as supply:
            assert supply.frame.ids == [offer_id]
