"""Passwords, codes and addresses: everything that opens an account."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from wohnberatung.accounts.passwords import LONGEST, SHORTEST
from wohnberatung.web.forms import Form

_EMAIL = [InputRequired(_l("Bitte geben Sie Ihre E-Mail-Adresse ein.")), Length(max=254)]


def present_password(label: str = _l("Ihr Passwort")) -> PasswordField:
    """Asked for once more before something that would open the account to somebody else."""
    return PasswordField(
        label,
        validators=[InputRequired(_l("Bitte geben Sie Ihr Passwort ein.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class SignInForm(Form):
    """Address and password; says nothing about which of both was wrong."""

    email = EmailField(_l("E-Mail-Adresse"), validators=_EMAIL, render_kw={"autocomplete": "username"})
    password = present_password(_l("Passwort"))


class AddressForm(Form):
    """Where a link is to be mailed to."""

    email = EmailField(_l("E-Mail-Adresse"), validators=_EMAIL, render_kw={"autocomplete": "username"})


class CodeForm(Form):
    """Six digits from the app, or a recovery code."""

    code = StringField(
        _l("Code"),
        validators=[InputRequired(_l("Bitte geben Sie den Code ein.")), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"},
    )


class ConfirmForm(Form):
    """A button that needs no words."""


class NewPasswordForm(Form):
    """A new password, typed twice."""

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


class NewAccountForm(NewPasswordForm):
    """Who registered has told the name already."""


class AcceptForm(NewPasswordForm):
    """Who was invited tells the name."""

    name = StringField(
        _l("Ihr Name"),
        description=_l("Vor- und Nachname, so wie andere Sie hier sehen sollen."),
        validators=[InputRequired(_l("Bitte geben Sie Ihren Namen ein.")), Length(max=120)],
        render_kw={"autocomplete": "name"},
    )


class ChangePasswordForm(NewPasswordForm):
    """A new password after the present one."""

    current = present_password(_l("Bisheriges Passwort"))


class ChangeEmailForm(Form):
    """A new address; the password, as whoever reads its mails can get in."""

    email = EmailField(_l("Neue E-Mail-Adresse"), validators=_EMAIL, render_kw={"autocomplete": "email"})
    current_password = present_password()


class SwitchOffForm(Form):
    current_password = present_password()
