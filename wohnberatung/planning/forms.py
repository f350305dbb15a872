"""Forms of planning: the words of one section of a report."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from wohnberatung.web.forms import VersionedForm, at_most

LINES = _l("Eine Zeile mit - beginnt einen Punkt einer Liste. Eine leere Zeile beginnt einen neuen Absatz.")


class SectionForm(VersionedForm):
    text = TextAreaField(_l("Text"), description=LINES, validators=[at_most(4000)], render_kw={"rows": 10})
    easy_text = TextAreaField(
        _l("Text in Leichter Sprache"),
        description=_l("Kurze Sätze. Jeder Satz steht in einer eigenen Zeile."),
        validators=[at_most(4000)],
        render_kw={"rows": 12},
    )
