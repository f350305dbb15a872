"""People who walk through the request form in a real browser, and in which way each does it in which language.

An answer is the text of a field or the value of the box or button that is chosen, by the field's name, in the order
of the page: the keyboard reaches them in this order.
"""

from dataclasses import dataclass
from typing import Literal

from wohnberatung.core.languages import EASY, ENGLISH, GERMAN, ReadLanguage

Device = Literal["phone", "desktop"]
Way = Literal["pointer", "keyboard", "without script"]
WIDTHS: dict[Device, int] = {"phone": 390, "desktop": 1280}


@dataclass(frozen=True)
class Persona:
    """`counted` where they name a must, so that offers are counted and the costliest must is told."""

    key: str
    answers: dict[str, dict[str, str | tuple[str, ...]]]
    counted: bool = True


@dataclass(frozen=True)
class Walk:
    """Who walks, reading what, on which device and in which way."""

    persona: Persona
    language: ReadLanguage
    device: Device
    way: Way

    @property
    def has_script(self) -> bool:
        return self.way != "without script"

    def __str__(self) -> str:
        return "-".join((self.persona.key, self.language.code, self.device, self.way)).replace(" ", "-")


WHEELCHAIR = Persona(
    "wheelchair",
    {
        "haushalt": {"household_persons": "1", "household_pets": "ja"},
        "alltag": {"profiles": ("wheelchair",), "consent_health": "y"},
        "bedarf": {"household_needs_wheelchair_home": "ja"},
        "wohnung": {"rooms_low": "2", "has_lift_importance": "must"},
        "ort": {"search": "Johanstadt", "places": ("06",)},
        "kosten": {"rent_warm_eur": "380", "household_wbs": "ja"},
        "kontakt": {"reach": "none"},
        "einwilligung": {"consent_matching": "y", "consent_health": "y"},
    },
)
BLIND_SENIOR = Persona(
    "blind-senior",
    {
        "haushalt": {"filled_in_for": "other", "household_persons": "1"},
        "alltag": {"profiles": ("low_vision_blind",), "consent_health": "y"},
        "wohnung": {"rooms_low": "2", "has_lift_importance": "must", "balcony_importance": "must"},
        "ort": {"search": "01307", "places": ("06",)},
        "kosten": {"rent_warm_eur": "270,50"},
        "kontakt": {
            "name": "Hedwig Beispiel",
            "reach": "phone",
            "phone": "0351 1234567",
            "helper_name": "Tina Beispiel",
            "helper_relation": "Tochter",
            "helper_email": "tina.beispiel@example.org",
            "ask": "helper",
        },
        "einwilligung": {
            "consent_matching": "y",
            "consent_health": "y",
            "consent_contact": "y",
            "agreed_with_person": "y",
        },
    },
)
FAMILY = Persona(
    "family",
    {
        "haushalt": {"household_persons": "4", "household_children": "2"},
        "alltag": {"profiles": ("small_child_disability",), "consent_health": "y"},
        "bedarf": {"scooter_space_importance": "wish"},
        "wohnung": {"rooms_low": "4", "balcony_importance": "must"},
        "kosten": {"rent_warm_eur": "500"},
        "einzug": {"available_from": "01.08.2027", "note": "Unsere Tochter kommt im August in die Schule."},
        "kontakt": {"reach": "email", "email": "familie.beispiel@example.org"},
        "einwilligung": {"consent_matching": "y", "consent_health": "y", "consent_contact": "y", "consent_advice": "y"},
    },
)
COUPLE = Persona(
    "couple",
    {
        "haushalt": {"household_persons": "2", "household_children": "0"},
        "wohnung": {"living_area_sqm_low": "55", "balcony_importance": "wish"},
        "kosten": {"rent_warm_eur": "900"},
        "gemeinschaft": {
            "living_form": ("multi_generation",),
            "living_form_importance": "must",
            "self_description": "Gemeinsam kochen, ein Garten und Kinder im Haus",
            "household_community_hours_month": "8",
            "household_age_group": "60_74",
        },
        "kontakt": {"name": "Rosa und Karl Beispiel", "reach": "post", "address": "Musterweg 1, 01097 Dresden"},
        "einwilligung": {"consent_matching": "y", "consent_contact": "y"},
    },
)
KNOWS_NOTHING_YET = Persona(
    "knows-nothing-yet",
    {
        "haushalt": {"household_pets": "", "household_smokers": ""},
        "kosten": {"household_wbs": ""},
        "gemeinschaft": {"household_care_entitled": ""},
        "kontakt": {"reach": "none"},
        "einwilligung": {"consent_matching": "y"},
    },
    counted=False,
)
PERSONAS = (WHEELCHAIR, BLIND_SENIOR, FAMILY, COUPLE, KNOWS_NOTHING_YET)

# Everybody in every language; each of them, and each language, on both devices and in all three ways.
WALKS = (
    Walk(WHEELCHAIR, GERMAN, "phone", "pointer"),
    Walk(WHEELCHAIR, EASY, "desktop", "without script"),
    Walk(WHEELCHAIR, ENGLISH, "desktop", "keyboard"),
    Walk(BLIND_SENIOR, GERMAN, "desktop", "keyboard"),
    Walk(BLIND_SENIOR, EASY, "phone", "pointer"),
    Walk(BLIND_SENIOR, ENGLISH, "phone", "without script"),
    Walk(FAMILY, GERMAN, "phone", "without script"),
    Walk(FAMILY, EASY, "desktop", "keyboard"),
    Walk(FAMILY, ENGLISH, "desktop", "pointer"),
    Walk(COUPLE, GERMAN, "desktop", "pointer"),
    Walk(COUPLE, EASY, "phone", "without script"),
    Walk(COUPLE, ENGLISH, "phone", "keyboard"),
    Walk(KNOWS_NOTHING_YET, GERMAN, "phone", "keyboard"),
    Walk(KNOWS_NOTHING_YET, EASY, "phone", "pointer"),
    Walk(KNOWS_NOTHING_YET, ENGLISH, "desktop", "without script"),
)
