"""The requests: a household, what it asks, how to reach it, what it consents to."""

from datetime import date
from typing import Any

from matching.neighbourhoods import DRESDEN
from seed_data.making import voices, wishes
from seed_data.making.calendar import days_ago
from seed_data.making.chance import Chance, stream
from seed_data.making.people import person
from seed_data.making.personas import PERSONAS, Persona

Record = dict[str, Any]
LOOKED_THROUGH_UNTIL = date(2026, 11, 8)
_STATES = {"new": 9, "active": 22, "paused": 1, "withdrawn": 1, "closed": 1}
_HELPERS = {
    "Familie": 8, "Freundeskreis": 2, "Nachbarschaft": 2, "Sozialdienst im Krankenhaus": 2,
    "rechtliche Betreuung": 1, "Nachbarschaftshilfe": 2,
}  # fmt: skip


def make_requests() -> list[Record]:
    """Every request, in an order that mixes the kinds of households."""
    kinds = [persona for persona in PERSONAS for _ in range(persona.count)]
    stream("requests").shuffle(kinds)
    names = [f"g{index + 1:03}" for index in range(len(kinds))]
    return [{"id": name, **_request(stream(name), persona)} for name, persona in zip(names, kinds, strict=True)]


def _request(chance: Chance, persona: Persona) -> Record:
    household = _household(chance, persona)
    with_others = chance.yes(persona.company)
    if with_others:
        household |= _company(chance, persona)
    submitted = days_ago(chance, 240)
    through = chance.pick({"web_form": 15, "phone": 3, "office": 2})
    contact = _contact(chance, persona)
    return {
        "submitted": submitted.isoformat(),
        "state": "new" if submitted > LOOKED_THROUGH_UNTIL else chance.pick(_STATES),
        "through": through,
        "language": chance.pick({"de": 32, "leicht": 3, "en": 1}),
        "contact": contact,
        "consents": _consents(chance, persona, household, contact, through),
        "needs": _needs(chance, persona, household, with_others),
    }


def _needs(chance: Chance, persona: Persona, household: Record, with_others: bool) -> Record:
    """As the form hands it on: what is written about living together is a wish as well."""
    asked = wishes.requirements(chance, persona, household, with_others)
    text = voices.text(chance, persona.themes, household["persons"], persona.opening) if with_others else ""
    if text:
        asked.append({"key": "self_description", "wanted": text, "importance": "wish", "weight": 1})
    return {"profiles": list(persona.profiles), "requirements": asked, "household": household, "text": text}


def _household(chance: Chance, persona: Persona) -> Record:
    """What the household says of itself; most of it stays unsaid until an offer asks."""
    persons = chance.randint(*persona.persons)
    household: Record = {"persons": persons}
    if chance.yes(0.8):
        household["children"] = min(chance.randint(*persona.children), persons - 1)
    if chance.yes(0.65):
        household["pets"] = chance.yes(0.18)
    if chance.yes(0.5):
        household["smokers"] = chance.yes(0.15)
    household |= _money(chance)
    in_a_wheelchair = bool({"wheelchair", "power_wheelchair"} & set(persona.profiles))
    if in_a_wheelchair or chance.yes(0.15):
        household["needs_wheelchair_home"] = in_a_wheelchair
    if chance.yes(0.6 if persona.care else 0.05):
        household["care_entitled"] = chance.yes(persona.care)
    return household


def _money(chance: Chance) -> Record:
    said: Record = {}
    if chance.yes(0.6):
        said["wbs"] = chance.yes(0.5)
        if said["wbs"] and chance.yes(0.5):
            said["wbs_type"] = chance.pick({"L": 4, "gMW": 4, "W": 1, "pMW": 1})
    if chance.yes(0.3):
        said["deposit_available_eur"] = chance.choice((0, 600, 1000, 1500, 2000, 3000))
    if chance.yes(0.35):
        said["shares_available_eur"] = chance.choice((0, 1000, 1500, 2500, 4000, 15000))
    return said


def _company(chance: Chance, persona: Persona) -> Record:
    """What only those say who would live with others."""
    said: Record = {}
    if chance.yes(0.7):
        said["community_hours_month"] = chance.choice((2, 4, 6, 8, 10, 12, 16))
    if "homeshare" in persona.forms or chance.yes(0.15):
        said["help_hours_month"] = chance.choice((0, 6, 12, 18, 20, 40))
    if chance.yes(0.4):
        said["age_group"] = _age_group(chance, persona)
    return said


def _age_group(chance: Chance, persona: Persona) -> str:
    if persona.older:
        return chance.pick({"60_74": 2, "75_plus": 3})
    if "homeshare" in persona.forms:
        return chance.pick({"under_27": 3, "27_39": 2})
    return chance.pick({"under_27": 1, "27_39": 3, "40_59": 3})


def _contact(chance: Chance, persona: Persona) -> Record:
    """As the form stores it; a few look for an answer themselves and leave nothing but a name."""
    who = person(chance, persona.older)
    reach = chance.pick({"phone": 7, "email": 2, "post": 1} if persona.older else {"phone": 4, "email": 7, "none": 1})
    contact: Record = {"name": who.name, "reach": reach}
    if reach == "none":
        return contact
    if reach == "phone" or chance.yes(0.4):
        contact["phone"] = who.phone
    if reach == "email" or chance.yes(0.3):
        contact["email"] = who.email
    if reach == "post":
        contact["address"] = f"Musterweg {chance.randint(1, 99)}, {chance.choice(list(DRESDEN.postcodes))} Dresden"
    if chance.yes(0.35 if persona.older else 0.15):
        helper, relation = person(chance), chance.pick(_HELPERS)
        contact["helper"] = {"name": helper.name, "relation": relation, "phone": helper.phone, "email": helper.email}
        contact["ask"] = chance.pick({"person": 2, "helper": 1})
    return contact


def _consents(chance: Chance, persona: Persona, household: Record, contact: Record, through: str) -> list[str]:
    """Purposes, each agreed to on its own. The form needs the one to matching; on the telephone some only want
    to be advised."""
    given = ["matching"] if through == "web_form" or chance.yes(0.85) else []
    if persona.profiles or household.get("needs_wheelchair_home") or household.get("care_entitled"):
        given.append("health")
    if contact["reach"] != "none":
        given.append("contact")
    if through != "web_form" or chance.yes(0.9):
        given.append("advice")
    if "matching" in given and chance.yes(0.7):
        given.append("sharing")
    return given
