"""How far a group is with a step of its list, and how much of that everybody reads."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words


class MarkState(StrEnum):
    """How far a group is with a step."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_NEEDED = "not_needed"


STATE_WORDS: dict[MarkState, Words] = {
    MarkState.OPEN: _l("noch offen"),
    MarkState.UNDER_WAY: _l("in Arbeit"),
    MarkState.DONE: _l("geschafft"),
    MarkState.NOT_NEEDED: _l("brauchen wir nicht"),
}


class ProgressShown(StrEnum):
    """What everybody reads of the list: nothing, how far each step is, or that with the group's notes."""

    NOTHING = "nothing"
    STEPS = "steps"
    NOTES = "notes"


SHOWN_WORDS: dict[ProgressShown, Words] = {
    ProgressShown.NOTHING: _l("nichts davon"),
    ProgressShown.STEPS: _l("wie weit wir mit jedem Schritt sind"),
    ProgressShown.NOTES: _l("das und unsere Notizen dazu"),
}
