"""What the advert says: a title and a few sentences, only from what has been said about the dwelling."""

from typing import Any

from matching.neighbourhoods import DRESDEN
from seed_data.making.chance import Chance
from seed_data.making.houses import House

Facts = dict[str, Any]

_OPENINGS = {
    "old": ("Gepflegter Altbau mit hohen Decken und Dielen.", "Wohnung im Gründerzeithaus mit Stuck im Flur.",
            "Altbauwohnung mit großen Fenstern zum Hof."),
    "villa": ("Wohnung in einer Villa mit altem Baumbestand.", "Großzügige Räume in einem Haus mit sechs Parteien."),
    "estate": ("Wohnung in einer Siedlung mit grünen Höfen.", "Ruhige Siedlung, Wäscheplatz und Bänke im Hof."),
    "fifties": ("Sanierter Ziegelbau mit kurzen Wegen.", "Gut geschnittene Wohnung in einem Haus mit acht Parteien."),
    "slab": ("Gut geschnittene Wohnung in einem sanierten Haus.", "Wohnung mit Blick ins Grüne, Keller inbegriffen.",
             "Saniertes Haus mit Hausmeister vor Ort."),
    "tower": ("Wohnung mit weitem Blick über die Stadt.", "Hochhaus mit Hausmeister und Fahrradraum."),
    "house": ("Wohnung in einem kleinen Haus mit zwei Nachbarn.", "Ländlich wohnen mit Bus vor der Tür."),
    "recent": ("Gepflegte Anlage mit Innenhof.", "Helle Wohnung mit moderner Küche."),
    "new": ("Erstbezug in einem neuen Haus mit Fußbodenheizung.", "Neubau mit Innenhof und Fahrradgarage."),
}  # fmt: skip
_SENTENCES = {
    ("has_lift", True): "Ein Aufzug ist vorhanden.",
    ("has_lift", False): "Das Haus hat keinen Aufzug.",
    ("step_free", True): "Die Wohnung ist stufenlos erreichbar.",
    ("shower_level", True): "Das Bad hat eine bodengleiche Dusche.",
    ("has_bathtub", True): "Das Bad hat eine Badewanne.",
    ("balcony", True): "Zur Wohnung gehört ein Balkon.",
    ("garden", True): "Der Garten kann mitgenutzt werden.",
    ("quiet_location", True): "Die Lage ist ruhig.",
    ("scooter_space", True): "Für Rollatoren und Rollstühle gibt es einen Abstellraum.",
    ("video_intercom", True): "Eine Gegensprechanlage mit Bild ist eingebaut.",
    ("claimed_level", "age_friendly"): "Die Wohnung ist altersgerecht.",
    ("claimed_level", "accessible"): "Die Wohnung ist barrierefrei.",
    ("claimed_level", "wheelchair"): "Die Wohnung ist rollstuhlgerecht.",
}
_EXTRAS = {"has_lift": "mit Aufzug", "balcony": "mit Balkon", "garden": "mit Garten", "step_free": "stufenlos"}


def title(chance: Chance, truth: Facts, said: Facts) -> str:
    """Such as: 2-Raum-Wohnung mit Balkon in Gorbitz-Süd."""
    place = DRESDEN.name(truth["district"]).split("/")[0]
    extras = [words for key, words in _EXTRAS.items() if said.get(key) is True]
    extra = f" {chance.choice(extras)}" if extras else ""
    rooms = int(truth["rooms"])
    return f"{rooms}-Raum-Wohnung{extra} in {place}"


def text(chance: Chance, house: House, said: Facts) -> str:
    """Two to six sentences."""
    sentences = [sentence for (key, value), sentence in _SENTENCES.items() if said.get(key) == value]
    return " ".join([chance.choice(_OPENINGS[house.name]), *sentences])
