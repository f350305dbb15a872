"""What adverts write becomes a claim, and what they deny never becomes a promise."""

import re
from typing import Any

import pytest

from matching.catalogue import HOMES, SITES, Market


def claims(sentence: str, market: Market = HOMES) -> dict[str, Any]:
    """What the hints claim about one sentence: of each fact the first that matches."""
    found = {}
    for fact in market.facts:
        values = [hint.value for hint in fact.hints if re.search(hint.pattern, sentence, re.IGNORECASE)]
        if values:
            found[fact.key] = values[0]
    return found


PROMISED = """
Die Wohnung ist stufenlos erreichbar. | step_free=True
Ohne Stufen bis in die Wohnung. | step_free=True
Barrierefrei erreichbar über den Hof. | step_free=True
Ebenerdiger Eingang. | step_free=True
Die Wohnung liegt ebenerdig. | step_free=True
Stufenloser Zugang zum Haus, bodengleiche Dusche und Aufzug. | has_lift=True step_free=True shower_level=True
Der Aufzug hält auf jeder Etage. | has_lift=True
Dazu kommt noch ein Aufzug. | has_lift=True
Bad mit ebenerdiger Dusche und Fenster. | shower_level=True
Die Dusche ist bodengleich. | shower_level=True
Moderne Walk-in-Dusche. | shower_level=True
Eine stufenlos begehbare Dusche. | shower_level=True
Barrierefreie Dusche. | shower_level=True
Das Bad hat eine Badewanne. | has_bathtub=True
In der Wohnung gibt es keine Schwellen. | threshold_height_cm=0
Alle Räume ohne Schwelle begehbar. | threshold_height_cm=0
Schwellenfreie Wohnung im Erdgeschoss. | floor=0 threshold_height_cm=0
Schwellenloser Zugang zum Balkon. | balcony=True balcony_level=True
Barrierefreie Wohnung in ruhiger Lage. | claimed_level=accessible quiet_location=True
Rollstuhlgerechte Wohnung nach DIN 18040-2 R. | claimed_level=wheelchair
Nicht rollstuhlgerecht, aber barrierefrei. | claimed_level=accessible
Seniorengerechte Wohnung mit Hausnotruf. | claimed_level=age_friendly emergency_call=True
Weitgehend barrierefreie Wohnung. | claimed_level=age_friendly
Südbalkon, Gemeinschaftsgarten. | balcony=True garden=True
Terrasse ohne Schwelle. | balcony=True balcony_level=True
Die Dachterrasse ist ohne Schwelle erreichbar. | balcony=True balcony_level=True
Alle Räume ohne Schwelle, Bad mit Fenster. | threshold_height_cm=0
Die Küche hat eine unterfahrbare Arbeitsplatte; unterfahrbare Küchenzeile. | kitchen_underrideable=True
Ein Hausnotruf ist eingebaut. | emergency_call=True
Videogegensprechanlage und Lichtklingel. | visual_doorbell=True video_intercom=True
Haltegriffe im Bad sind vorhanden. | grab_bars=True
Nur mit WBS. | wbs_type=L
Ein WBS ist erforderlich. | wbs_type=L
WBS nicht erforderlich. | wbs_type=none
Haustiere sind willkommen. | pets_allowed=True
Der Mietvertrag ist unbefristet. | limited_to_months=1200
Vermietung ohne Kaution. | deposit_eur=0
"""
DENIED = """
Die Wohnung ist leider nicht stufenlos erreichbar. | step_free=False
Kein stufenloser Zugang. | step_free=False
Das Haus ist nur über eine Treppe erreichbar. | step_free=False
Die Wohnung ist über drei Stufen zu erreichen. | step_free=False
Das Haus hat keinen Aufzug. | has_lift=False
Das Haus ist nicht mit einem Aufzug ausgestattet. | has_lift=False
Einen Aufzug gibt es leider nicht. | has_lift=False
Aufzug: nein | has_lift=False
Weder Aufzug noch Balkon vorhanden. | has_lift=False balcony=False
Das Bad hat keine bodengleiche Dusche. | shower_level=False
Die Dusche ist nicht ebenerdig. | shower_level=False
Dusche statt Badewanne. | has_bathtub=False
Die Wohnung ist nicht vollständig barrierefrei. | claimed_level=none
Der Balkon ist nicht schwellenlos. | balcony_level=False
Unterfahrbare Küche nicht vorhanden. | kitchen_underrideable=False
Unterfahrbare Küche: nein | kitchen_underrideable=False
Die Wohnung hat keine unterfahrbare Küche. | kitchen_underrideable=False
Keine Haustiere erlaubt. | pets_allowed=False
Nichtraucherwohnung. | smoking_allowed=False
Unmöblierte Wohnung. | furnished=False
"""
NOTHING = (
    "Die Heizung ist stufenlos regelbar.",
    "Ein Aufzug ist geplant.",
    "Der Aufzug hält nicht im Erdgeschoss.",
    "Bodengleiche Dusche möglich.",
    "Die Wohnung ist nicht schwellenfrei.",
    "Eine kleine Schwelle von 3 cm liegt zwischen Flur und Bad.",
    "Es gibt keine Rampe.",
    "Eine Rampe kann nachgerüstet werden.",
    "Über eine Rampe gelangt man zum Hauseingang.",
    "Am Eingang ist eine Rampe vorhanden.",
    "Rollstuhlrampe und Aufzugschacht sind vorbereitet.",
    "Eine Rampe zur Tiefgarage.",
    "Haltegriffe können angebracht werden.",
    "Barrierefreier Umbau möglich.",
    "Hausnotruf kann angeschlossen werden.",
    "Ein Hausnotruf lässt sich auf Wunsch anschließen.",
    "Hausnotruf auf Wunsch.",
    "Eine unterfahrbare Küche kann eingebaut werden.",
    "Nicht ohne Stufen erreichbar.",
    "Nahe am Großen Garten und am Kindergarten.",
    "Ein französischer Balkon.",
    "Drei Stufen führen zum Hauseingang.",
)


def cases(table: str) -> list[tuple[str, dict[str, str]]]:
    """Sentence and expected claims of each line, values as text."""
    lines = [line.split(" | ") for line in table.strip().splitlines()]
    return [(sentence, dict(item.split("=") for item in expected.split())) for sentence, expected in lines]


@pytest.mark.parametrize(("sentence", "expected"), cases(PROMISED))
def test_a_promise_becomes_a_claim(sentence: str, expected: dict[str, str]) -> None:
    assert {key: str(value) for key, value in claims(sentence).items()} == expected


@pytest.mark.parametrize(("sentence", "expected"), cases(DENIED))
def test_a_denial_becomes_a_no(sentence: str, expected: dict[str, str]) -> None:
    assert {key: str(value) for key, value in claims(sentence).items()} == expected


@pytest.mark.parametrize("sentence", NOTHING)
def test_a_plan_or_a_side_remark_claims_nothing(sentence: str) -> None:
    assert claims(sentence) == {}


def test_sites_are_read_too() -> None:
    assert claims("Das Haus steht unter Denkmalschutz, Erbbaurecht ist denkbar.", SITES) == {
        "ground_lease_possible": True,
        "listed_building": True,
    }
    assert claims("Kein Denkmalschutz. Erbbaurecht ist ausgeschlossen.", SITES) == {"listed_building": False}
