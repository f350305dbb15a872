"""Forms of accounts."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from wohnberatung.accounts.passwords import LONGEST, SHORTEST
from wohnberatung.web.forms import Form


class SignInForm(Form):
    """Address and password; says nothing about which of both was wrong."""

    email = EmailField(
        _l("E-Mail-Adresse"),
        validators=[InputRequired(_l("Bitte geben Sie Ihre E-Mail-Adresse ein.")), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Passwort"),
        validators=[InputRequired(_l("Bitte geben Sie Ihr Passwort ein.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class ChangePasswordForm(Form):
    """A new password, typed twice, after the present one."""

    current = PasswordField(
        _l("Bisheriges Passwort"),
        validators=[InputRequired(_l("Bitte geben Sie Ihr bisheriges Passwort ein."))],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        _l("Neues Passwort"),
        description=_l(
            "Mindestens %(count)s Zeichen. Mehrere Wörter sind gut zu merken und schwer zu erraten.",
            count=SHORTEST,
        ),
        validators=[InputRequired(_l("Bitte geben Sie ein neues Passwort ein."))],
        render_kw={"autocomplete": "new-password"},
    )
    repeated = PasswordField(
        _l("Neues Passwort noch einmal"),
        validators=[
            InputRequired(_l("Bitte geben Sie das neue Passwort noch einmal ein.")),
            EqualTo("password", _l("Die beiden neuen Passwörter stimmen nicht überein.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )
