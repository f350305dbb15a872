"""When, and whatever else the office should know."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from wohnberatung.bridge.form_pages import MOVING
from wohnberatung.bridge.summary import Line
from wohnberatung.core.lengths import NOTE
from wohnberatung.seekers.forms.wishes import wishes_form
from wohnberatung.web.forms import at_most


class MovingForm(wishes_form(MOVING)):  # type: ignore[misc]
    """The latest day, and a note that is read by people only, never compared."""

    note = TextAreaField(
        _l("Was sollen wir sonst noch wissen?"),
        description=_l(
            "Zum Beispiel: Warum Sie umziehen, was Ihnen Sorgen macht. Bitte keine Diagnosen und nichts über "
            "andere Menschen, das sie nicht selbst sagen würden."
        ),
        validators=[at_most(NOTE)],
        render_kw={"rows": 5},
    )

    def summary(self) -> list[Line]:
        rows: list[Line] = super().summary()
        note = (self.note.data or "").strip()
        return [*rows, (_("Außerdem"), note)] if note else rows

    def kept_note(self) -> dict[str, Any]:
        """As part of the stored contact."""
        note = (self.note.data or "").strip()
        return {"note": note} if note else {}
