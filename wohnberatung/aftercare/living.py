"""How one lives there, as people say it: the answers that can be given and their words.

None of them is a grade: whoever lacks something or left is talked with.
"""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words


class Living(StrEnum):
    """Whether they still live there: well, with something that is missing, wanting to leave, or no more."""

    WELL = "well"
    LACKING = "lacking"
    LEAVING = "leaving"
    LEFT = "left"


LIVING_WORDS: dict[Living, Words] = {
    Living.WELL: _l("Ja, und es geht mir gut dort"),
    Living.LACKING: _l("Ja, aber etwas fehlt oder passt nicht"),
    Living.LEAVING: _l("Ja, aber ich möchte dort wieder weg"),
    Living.LEFT: _l("Nein, ich wohne dort nicht mehr"),
}
