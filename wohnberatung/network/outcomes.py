"""What can come of an introduction, why it may not suit, and when the office asks how it goes."""

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words

# Days after which the office asks: once it was recorded, and once more.
FOLLOW_UP_DAYS = (91, 365)
TALKING, NOT_FITTING = "talking", "not_fitting"
OUTCOMES: dict[str, Words] = {
    TALKING: _l("Wir sprechen noch miteinander"),
    "arranged": _l("Wir haben etwas vereinbart"),
    "house_found": _l("Ein Haus ist gefunden"),
    "group_founded": _l("Eine Gruppe ist gegründet"),
    NOT_FITTING: _l("Es passt nicht"),
}
REASONS: dict[str, Words] = {
    "ideas": _l("Wir haben verschiedene Vorstellungen"),
    "money": _l("Preis oder Kosten passen nicht"),
    "place": _l("Ort oder Haus passen nicht"),
    "time": _l("Der Zeitpunkt passt nicht"),
    "legal": _l("Rechtsform oder Vertrag passen nicht"),
    "people": _l("Wir haben nicht zueinander gefunden"),
    "other": _l("Etwas anderes"),
}
