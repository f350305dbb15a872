"""A message about a request, from either side."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.core.lengths import MESSAGE
from wohnberatung.web.forms import PatientForm, at_most


class MessageForm(PatientForm):
    """What the person writes to the office."""

    text = TextAreaField(
        _l("Ihre Nachricht"),
        description=_l("Das liest nur die Wohnberatung. Diagnosen brauchen wir nicht."),
        validators=[
            InputRequired(_l("Bitte schreiben Sie Ihre Nachricht.")),
            at_most(MESSAGE),
        ],
        render_kw={"rows": 6},
    )


class AnswerForm(MessageForm):
    """What the office answers."""

    text = TextAreaField(
        _l("Ihre Antwort"),
        description=_l("Die Person liest sie über ihren geheimen Link. In der E-Mail steht nur, dass es eine gibt."),
        validators=MessageForm.text.kwargs["validators"],
        render_kw={"rows": 6},
    )
