"""The other market in cases one can read: initiatives seek a house, owners offer one, texts speak for both."""

import json

import pytest

from matching.catalogue import SITES
from matching.frame import Frame
from matching.json_input import read_offers, read_requests
from matching.ranking import rank
from matching.request_index import RequestIndex
from matching.request_ranking import rank_requests


def must(key, wanted, **more):
    return {"key": key, "wanted": wanted, "importance": "must", **more}


def wish(key, wanted, weight=1):
    return {"key": key, "wanted": wanted, "importance": "wish", "weight": weight}


VILLA = {
    "facts": {
        "site_kind": "house",
        "dwelling_count": 7,
        "site_area_sqm": 640,
        "district": "11",
        "purchase_price_eur": 890000,
        "lift_possible": False,
        "listed_building": True,
        "owner_wishes": "Mein Elternhaus soll nicht an Investoren gehen. Ich wünsche mir Familien und Leben im Garten.",
    }
}
PLATTENBAU = {
    "facts": {
        "site_kind": "flats",
        "dwelling_count": 10,
        "district": "95",
        "rent_per_sqm_eur": 6.8,
        "lift_possible": True,
        "term_years": 10,
    },
    "text": "Drei Etagen für eine Gruppe, die im Alter nicht allein wohnen will. Barrierefrei, mit Pflege in der Nähe.",
}
GRUNDSTÜCK = {
    "facts": {
        "site_kind": "plot",
        "site_area_sqm": 1800,
        "district": "41",
        "ground_lease_possible": True,
        "term_years": 99,
        "available_from": "2027-06-01",
    },
    "text": "Nur im Erbbaurecht, ökologisch gebaut und dauerhaft bezahlbar.",
}
HALLE = {"facts": {"site_kind": "hall", "site_area_sqm": 2400, "district": "05", "purchase_price_eur": 2500000}}
OFFERS = {"Villa": VILLA, "Plattenbau": PLATTENBAU, "Grundstück": GRUNDSTÜCK, "Halle": HALLE}

FAMILIES = {
    "id": "Familien",
    "requirements": [
        must("site_kind", ["house", "flats"]),
        must("purchase_price_eur", 950000),
        wish("district", ["11", "12"], 2),
        wish("dwelling_count", [6, 9]),
    ],
    "text": "Sechs Familien mit Kindern suchen ein Haus mit Garten.",
}
ELDERS = {
    "id": "Alte",
    "requirements": [must("lift_possible", True), must("rent_per_sqm_eur", 7, tolerance=0.5), wish("term_years", 20)],
    "text": "Gemeinsam alt werden, barrierefrei und mit Hilfe bei Pflege.",
}
BUILDERS = {
    "id": "Bauende",
    "requirements": [
        must("site_kind", ["plot"]),
        must("ground_lease_possible", True),
        must("available_from", "2027-12-31"),
        wish("site_area_sqm", [1200, 2000]),
    ],
    "text": "Wir bauen ökologisch mit Holz und bleiben.",
}
INITIATIVES = [FAMILIES, ELDERS, BUILDERS]


def market(requests=INITIATIVES, offers=OFFERS):
    rows = [{"id": name, **offer} for name, offer in offers.items()]
    return read_requests(json.dumps(requests), SITES), Frame(SITES, read_offers(json.dumps(rows), SITES))


def listed(request, offers=OFFERS):
    (read,), frame = market([request], offers)
    return [(match.offer, match.outlook) for match in rank(read, frame).matches]


def test_families_see_the_villa_first_and_what_is_only_for_rent_as_unclear():
    assert listed(FAMILIES) == [("Villa", "fits"), ("Plattenbau", "clarify")]


def test_an_initiative_finds_a_house():
    facts = {
        "Villa": {"site_kind": "house", "dwelling_count": 6, "district": "11", "purchase_price_eur": 900000},
        "Halle": {"site_kind": "hall", "dwelling_count": 12, "district": "05"},
        "Gasthof": {"site_kind": "house", "district": "43"},
    }
    request = {"id": "Haus", "requirements": [must("site_kind", ["house", "storey"]), wish("district", ["11", "12"])]}
    offers = {name: {"facts": known} for name, known in facts.items()}
    assert listed(request, offers) == [("Villa", "fits"), ("Gasthof", "fits")]


def test_a_house_that_can_never_have_a_lift_is_not_for_people_who_need_one():
    (first, *others) = listed(ELDERS)
    assert first == ("Plattenbau", "fits")
    assert {offer for offer, _ in others} == {"Grundstück", "Halle"}
    assert {outlook for _, outlook in others} == {"clarify"}


def test_a_ground_lease_suits_those_who_want_to_build():
    assert listed(BUILDERS) == [("Grundstück", "fits")]


def test_every_match_explains_itself_without_quoting_a_text():
    (read,), frame = market([FAMILIES])
    (villa, _) = rank(read, frame).matches
    sentences = " ".join(reason.sentence for reason in villa.reasons)
    assert "890.000 €" in sentences
    assert "Elternhaus" not in sentences
    likeness = next(reason for reason in villa.reasons if reason.key == "owner_wishes")
    assert likeness.found > 0.5
    assert "ähnlich" in likeness.sentence


def test_an_owner_sees_the_initiatives_that_suit_the_house_with_the_same_scores():
    requests, frame = market()
    index = RequestIndex(SITES, requests)
    forward = {(request.id, match.offer): match.score for request in requests for match in rank(request, frame).matches}
    backward = {
        (candidate.request, offer): candidate.score
        for offer in OFFERS
        for candidate in rank_requests(offer, frame, index).matches
    }
    assert backward == pytest.approx(forward)
    best = {offer: rank_requests(offer, frame, index).matches[0].request for offer in ("Villa", "Plattenbau")}
    assert best == {"Villa": "Familien", "Plattenbau": "Alte"}


def test_what_owners_wish_decides_between_equal_houses():
    houses = {
        "offen": {"facts": {"site_kind": "house", "owner_wishes": "Hier sollen Kinder im Garten spielen."}},
        "still": {"facts": {"site_kind": "house"}, "text": "Ein Büro, bitte ruhig."},
        "wortlos": {"facts": {"site_kind": "house"}},
    }
    request = {"id": "r", "requirements": [must("site_kind", ["house"])], "text": "Familien mit Kindern, großer Garten"}
    (read,), frame = market([request], houses)
    matches = rank(read, frame).matches
    assert [match.offer for match in matches] == ["offen", "wortlos", "still"]
    assert [match.reasons[-1].grade for match in matches] == ["nearly", "unknown", "missed"]


def test_a_neighbouring_district_and_a_smaller_house_cost_points_not_the_place():
    houses = {
        name: {"facts": {"site_kind": "house", "district": district, "dwelling_count": count}}
        for name, district, count in (
            ("gesucht", "11", 6),
            ("daneben", "12", 6),
            ("kleiner", "11", 4),
            ("fern", "95", 6),
        )
    }
    request = {"id": "r", "requirements": [wish("district", ["11"]), wish("dwelling_count", [6, 8])]}
    (read,), frame = market([request], houses)
    scores = {match.offer: round(match.score, 3) for match in rank(read, frame).matches}
    assert scores["gesucht"] == 1
    assert scores["gesucht"] > scores["daneben"] > scores["kleiner"] > scores["fern"] > 0.5
