"""How somebody finds the door of a home and gets in: what is asked, and how it is told."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words

STEP_FREE: dict[str, Words] = {
    "": _l("nicht bekannt"),
    "level": _l("Ohne Stufen"),
    "ramp": _l("Mit einer Rampe"),
    "helped": _l("Mit Stufen, jemand hilft"),
    "stairs": _l("Nur über Treppen"),
}
LIFT: dict[str, Words] = {
    "": _l("nicht bekannt"),
    "large": _l("Ja, auch mit dem Rollstuhl"),
    "small": _l("Ja, aber klein"),
    "none": _l("Nein"),
}
# What is asked, in the order in which it is told; with the words of what can be chosen.
PARTS: dict[str, tuple[Words, dict[str, Words]]] = {
    "meet": (_l("Treffpunkt"), {}),
    "bell": (_l("Klingel"), {}),
    "into_house": (_l("Ins Haus"), STEP_FREE),
    "lift": (_l("Aufzug"), LIFT),
    "helper": (_l("Es hilft"), {}),
    "note": (_l("Gut zu wissen"), {}),
}


def told_way_in(said: Mapping[str, str]) -> list[tuple[Words, Words, bool]]:
    """(label, words, whether somebody wrote them and they are German) of what was said."""
    return [
        (label, chosen.get(said[key], said[key]), not chosen) for key, (label, chosen) in PARTS.items() if said.get(key)
    ]
