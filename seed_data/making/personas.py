"""Who seeks a home: kinds of households, how many of each, and what is typical of them. 140 in all."""

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Persona:
    """`count`: requests of this kind; `profiles`: needs profiles chosen; `company`: share that is open to living
    with others, in the `forms` and with the `themes` given; `children`: of the persons; `care`: share entitled."""

    count: int
    profiles: tuple[str, ...] = ()
    persons: Span = (1, 1)
    children: Span = (0, 0)
    older: bool = False
    company: float = 0.4
    forms: tuple[str, ...] = ("housing_project", "multi_generation", "cooperative_house")
    themes: tuple[str, ...] = ("garden", "kitchen", "quiet", "help")
    languages: tuple[str, ...] = ("de",)
    care: float = 0.0

    @property
    def opening(self) -> str:
        """How their texts about living together begin."""
        if self.children[1]:
            return "opening_family"
        return "opening_older" if self.older else "opening"


_OLD_FORMS = ("senior_flat_share", "multi_generation", "cooperative_house", "housing_project")
_OLD_THEMES = ("garden", "kitchen", "quiet", "help", "music", "young")
_CARE_FORMS = ("care_flat_share", "senior_flat_share", "multi_generation")
_FAMILY_FORMS = ("multi_generation", "housing_project", "building_group", "syndicate_house")
_FAMILY_THEMES = ("children", "garden", "kitchen", "craft", "ecology")
_YOUNG_FORMS = ("inclusive_flat_share", "cluster_flat", "housing_project", "syndicate_house")
_YOUNG_THEMES = ("kitchen", "music", "ecology", "help", "craft")

PERSONAS = (
    Persona(count=16, profiles=("walker",), older=True, company=0.5, forms=_OLD_FORMS, themes=_OLD_THEMES, care=0.5),
    Persona(count=8, profiles=("walker",), persons=(2, 2), older=True, forms=_OLD_FORMS, themes=_OLD_THEMES, care=0.4),
    Persona(count=12, profiles=("walking_limited",), older=True, forms=_OLD_FORMS, themes=_OLD_THEMES, care=0.2),
    Persona(count=6, profiles=("walking_limited",), persons=(2, 2), older=True, forms=_OLD_FORMS, themes=_OLD_THEMES),
    Persona(count=12, profiles=("wheelchair",), company=0.5, forms=_YOUNG_FORMS, themes=(*_YOUNG_THEMES, "care")),
    Persona(count=5, profiles=("wheelchair",), persons=(3, 5), children=(1, 3), forms=_FAMILY_FORMS,
            themes=_FAMILY_THEMES),
    Persona(count=7, profiles=("power_wheelchair",), persons=(1, 2), forms=_YOUNG_FORMS,
            themes=("care", "kitchen", "music", "quiet"), care=0.8),
    Persona(count=8, profiles=("low_vision_blind",), persons=(1, 2), themes=("music", "help", "kitchen", "quiet")),
    Persona(count=8, profiles=("hard_of_hearing_deaf",), persons=(1, 2), company=0.7,
            forms=("cooperative_house", "inclusive_flat_share", "multi_generation"),
            themes=("signing", "garden", "kitchen"), languages=("dgs",)),
    Persona(count=7, profiles=("dementia",), persons=(1, 2), older=True, company=0.8, forms=_CARE_FORMS,
            themes=("memory", "music", "quiet", "garden"), care=0.9),
    Persona(count=9, profiles=("small_child_disability",), persons=(3, 5), children=(1, 3), company=0.5,
            forms=_FAMILY_FORMS, themes=(*_FAMILY_THEMES, "help")),
    Persona(count=6, profiles=("short_stature",), persons=(1, 2), company=0.3, themes=_YOUNG_THEMES),
    Persona(count=8, profiles=("care_at_home",), persons=(1, 2), older=True, company=0.5, forms=_CARE_FORMS,
            themes=("care", "quiet", "help"), care=0.9),
    Persona(count=3, profiles=("walker", "hard_of_hearing_deaf"), older=True, company=0.7, forms=_OLD_FORMS,
            themes=("signing", "garden", "kitchen"), languages=("dgs", "de")),
    Persona(count=2, profiles=("wheelchair", "low_vision_blind"), persons=(2, 2), themes=("care", "music", "help")),
    Persona(count=4, profiles=("care_at_home", "dementia"), persons=(2, 2), older=True, company=0.6,
            forms=_CARE_FORMS, themes=("care", "garden", "memory"), care=1.0),
    Persona(count=5, company=1.0, forms=("homeshare", "inclusive_flat_share"), themes=("help", "kitchen", "music"),
            languages=("de", "en")),
    Persona(count=6, persons=(3, 5), children=(1, 3), company=1.0, forms=_FAMILY_FORMS, themes=_FAMILY_THEMES),
    Persona(count=4, persons=(2, 3), children=(1, 2), company=0.8, forms=_FAMILY_FORMS,
            themes=("children", "help", "kitchen")),
    Persona(count=4, persons=(2, 2), older=True, company=0.8, forms=_OLD_FORMS, themes=_OLD_THEMES),
)  # fmt: skip
