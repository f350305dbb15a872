"""Forms of the administration of people."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from wohnberatung.accounts.words import ROLE_WORDS
from wohnberatung.core.actors import LOGIN_ROLES, PROVIDER
from wohnberatung.web.forms import Form


def _roles(*offered: str) -> SelectMultipleField:
    return SelectMultipleField(
        _l("Rechte"),
        choices=[SelectChoice(role, ROLE_WORDS[role]) for role in offered],
        validators=[InputRequired(_l("Bitte wählen Sie mindestens ein Recht."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class InviteColleagueForm(Form):
    """Somebody who is to work in the office."""

    email = EmailField(
        _l("E-Mail-Adresse"),
        validators=[InputRequired(_l("Bitte geben Sie eine E-Mail-Adresse ein.")), Length(max=254)],
        render_kw={"autocomplete": "off"},
    )
    roles = _roles(*(role for role in LOGIN_ROLES if role != PROVIDER))


class RolesForm(Form):
    roles = _roles(*LOGIN_ROLES)
