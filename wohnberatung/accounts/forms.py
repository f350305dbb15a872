"""Forms about accounts: passwords and codes, people, organisations and their members."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import EqualTo, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from wohnberatung.accounts.labels import KINDS, MEMBER_ROLE_WORDS, PROFILE_WORDS, REVIEWED, ROLE_WORDS, TRUST
from wohnberatung.accounts.passwords import LONGEST, SHORTEST
from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.core.actors import LOGIN_ROLES, PROVIDER
from wohnberatung.core.languages import Words
from wohnberatung.web.forms import ComparedForm, Form, VersionedForm, at_most
from wohnberatung.web.spam import GuardedForm


def _kind() -> RadioField:
    return RadioField(
        _l("Was trifft am besten zu?"),
        choices=[SelectChoice(kind, label) for kind, label in KINDS.items() if kind != "public_body"],
        validators=[InputRequired(_l("Bitte wählen Sie, was am besten zutrifft."))],
        invalid_choice_message=NOT_OFFERED,
    )


class RegistrationForm(GuardedForm):
    """Who wants to offer something; the password comes once the address is confirmed."""

    name = StringField(
        _l("Ihr Name"),
        validators=[InputRequired(_l("Bitte geben Sie Ihren Namen ein.")), at_most(120)],
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        _l("E-Mail-Adresse"),
        description=_l("Dorthin schicken wir einen Link zum Bestätigen."),
        validators=[InputRequired(_l("Bitte geben Sie Ihre E-Mail-Adresse ein.")), at_most(254)],
        render_kw={"autocomplete": "email"},
    )
    organisation = StringField(
        _l("Name der Organisation oder des Hauses"),
        description=_l("Sind Sie allein? Dann schreiben Sie einfach Ihren Namen."),
        validators=[InputRequired(_l("Bitte geben Sie einen Namen an.")), at_most(150)],
        render_kw={"autocomplete": "organization"},
    )
    kind = _kind()
    phone = TelField(
        _l("Telefonnummer"),
        description=_l("Für Rückfragen der Wohnberatung."),
        validators=[at_most(40)],
        render_kw={"autocomplete": "tel"},
    )
    about = TextAreaField(
        _l("Was möchten Sie anbieten?"),
        description=_l("Ein oder zwei Sätze genügen."),
        validators=[at_most(2000)],
        render_kw={"rows": 4},
    )

    def values(self) -> dict[str, str]:
        names = ("name", "email", "organisation", "kind", "phone", "about")
        return {name: self[name].data or "" for name in names}


class ProfileForm(VersionedForm):
    """What members tell of their organisation."""

    name = StringField(
        PROFILE_WORDS["name"], validators=[InputRequired(_l("Bitte geben Sie einen Namen an.")), at_most(160)]
    )
    kind = SelectField(
        PROFILE_WORDS["kind"],
        choices=[SelectChoice(kind, label) for kind, label in KINDS.items()],
        validators=[InputRequired(_l("Bitte wählen Sie, was am besten zutrifft."))],
    )
    about = TextAreaField(
        PROFILE_WORDS["about"],
        description=_l("Wer Sie sind und was Ihnen wichtig ist."),
        validators=[at_most(2000)],
        render_kw={"rows": 5},
    )
    website = StringField(PROFILE_WORDS["website"], description=_l("Beginnt mit https://"), validators=[at_most(200)])
    person = StringField(
        PROFILE_WORDS["person"], description=_l("Wen die Wohnberatung anruft."), validators=[at_most(120)]
    )
    phone = TelField(PROFILE_WORDS["phone"], validators=[at_most(40)])
    email = EmailField(PROFILE_WORDS["email"], validators=[at_most(254)])
    street = StringField(PROFILE_WORDS["street"], validators=[at_most(120)])
    postcode = StringField(PROFILE_WORDS["postcode"], validators=[at_most(10)])
    town = StringField(PROFILE_WORDS["town"], validators=[at_most(80)])

    def values(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in PROFILE_WORDS}


class InviteMemberForm(Form):
    """Somebody who is to work for the organisation too."""

    email = EmailField(
        _l("E-Mail-Adresse"),
        validators=[InputRequired(_l("Bitte geben Sie eine E-Mail-Adresse ein.")), at_most(254)],
        render_kw={"autocomplete": "off"},
    )
    role = RadioField(
        _l("Was darf die Person?"),
        choices=[SelectChoice(role, label) for role, label in MEMBER_ROLE_WORDS.items()],
        default="editor",
        validators=[InputRequired(_l("Bitte wählen Sie, was die Person darf."))],
        invalid_choice_message=NOT_OFFERED,
    )


class TrustForm(VersionedForm):
    """Whether the office looks at publications first."""

    trust = RadioField(
        _l("Veröffentlichungen"),
        choices=[SelectChoice(trust, label) for trust, label in TRUST.items()],
        default=REVIEWED,
        validators=[InputRequired(_l("Bitte wählen Sie eine der Möglichkeiten."))],
        invalid_choice_message=NOT_OFFERED,
    )


class NewOrganisationForm(TrustForm):
    """The office enters an organisation it knows."""

    name = StringField(_l("Name"), validators=[InputRequired(_l("Bitte geben Sie einen Namen an.")), at_most(160)])
    kind = SelectField(
        PROFILE_WORDS["kind"],
        choices=[SelectChoice(kind, label) for kind, label in KINDS.items()],
        validators=[InputRequired(_l("Bitte wählen Sie, was am besten zutrifft."))],
    )


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


class RolesForm(ComparedForm):
    roles = _roles(*LOGIN_ROLES)


_EMAIL = [InputRequired(_l("Bitte geben Sie Ihre E-Mail-Adresse ein.")), Length(max=254)]


PRESENT_PASSWORD = _l("Ihr Passwort")


def present_password(label: Words = PRESENT_PASSWORD) -> PasswordField:
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


class PasskeySignInForm(Form):
    """What the device signed, as JSON; a script fills it in."""

    credential = HiddenField(validators=[Length(max=20_000)])


class PasskeyForm(PasskeySignInForm):
    """A passkey under a name; the password or a code once more, as it is a key that lasts."""

    name = StringField(
        _l("Name des Geräts"),
        description=_l("So, dass Sie es wiedererkennen, zum Beispiel „Laptop im Büro“."),
        validators=[InputRequired(_l("Bitte geben Sie einen Namen an.")), at_most(80)],
        render_kw={"autocomplete": "off"},
    )
    proof = PasswordField(
        _l("Ihr Passwort oder ein Code aus Ihrer App"),
        validators=[InputRequired(_l("Bitte geben Sie Ihr Passwort oder einen Code ein.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class RecoveryCodesForm(Form):
    """The password or a code once more: whoever finds a browser signed in must not make keys of their own."""

    proof = PasswordField(
        _l("Ihr Passwort oder ein Code aus Ihrer App"),
        validators=[InputRequired(_l("Bitte geben Sie Ihr Passwort oder einen Code ein.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
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
