"""What our mails about accounts say: all have the same page, `templates/mail/account.*`."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class AccountMail:
    """`sentences` before the link and `after` it; lazy, as the mail decides about the language."""

    subject: Any
    sentences: tuple[Any, ...]
    after: tuple[Any, ...] = ()


_NOT_YOU = _l("Waren Sie das nicht? Dann brauchen Sie nichts zu tun.")
_ONCE = _l("Der Link gilt ein einziges Mal. Geben Sie ihn bitte nicht weiter.")

SIGN_IN = AccountMail(
    _l("Ihr Link zum Anmelden"),
    (_l("mit diesem Link melden Sie sich ohne Passwort an. Er gilt 15 Minuten."),),
    (_ONCE, _NOT_YOU),
)
RESET = AccountMail(
    _l("Neues Passwort festlegen"),
    (_l("über diesen Link legen Sie ein neues Passwort fest. Er gilt eine Stunde."),),
    (_ONCE, _NOT_YOU),
)
NEW_EMAIL = AccountMail(
    _l("Bitte bestätigen Sie Ihre neue E-Mail-Adresse"),
    (_l("mit diesem Link bestätigen Sie, dass Sie sich künftig mit dieser Adresse anmelden. Er gilt zwei Tage."),),
    (_ONCE, _NOT_YOU),
)
REGISTRATION = AccountMail(
    _l("Bitte bestätigen Sie Ihre E-Mail-Adresse"),
    (
        _l("jemand möchte mit dieser E-Mail-Adresse bei uns Wohnungen oder ein Wohnprojekt anbieten."),
        _l("Waren Sie das? Dann geht es mit diesem Link weiter. Er gilt zwei Tage."),
    ),
    (_ONCE, _NOT_YOU),
)
REGISTRATION_KNOWN = AccountMail(
    _l("Sie haben schon ein Konto"),
    (
        _l("jemand möchte mit dieser E-Mail-Adresse bei uns eine Organisation anmelden. Sie haben schon ein Konto."),
        _l("Waren Sie das? Mit diesem Link melden Sie die Organisation für Ihr Konto an. Er gilt zwei Tage."),
    ),
    (_ONCE, _NOT_YOU),
)
PASSWORD_CHANGED = AccountMail(
    _l("Ihr Passwort ist geändert"),
    (_l("das Passwort Ihres Kontos wurde gerade geändert. Alle Geräte sind abgemeldet."),),
    (_l("Waren Sie das nicht? Dann legen Sie über „Passwort vergessen“ ein neues fest und rufen Sie uns an."),),
)
EMAIL_CHANGED = AccountMail(
    _l("Ihre E-Mail-Adresse ist geändert"),
    (_l("Ihr Konto hat jetzt eine andere E-Mail-Adresse. An diese Adresse schreiben wir nicht mehr."),),
    (_l("Waren Sie das nicht? Dann rufen Sie uns bitte an."),),
)
FACTOR_REMOVED = AccountMail(
    _l("Der zweite Schritt beim Anmelden ist ausgeschaltet"),
    (_l("für Ihr Konto genügt zum Anmelden jetzt wieder das Passwort."),),
    (_l("Waren Sie das nicht? Dann legen Sie über „Passwort vergessen“ ein neues fest und rufen Sie uns an."),),
)
PASSKEY_ADDED = AccountMail(
    _l("Ein Passkey ist dazugekommen"),
    (_l("mit einem neuen Passkey lässt sich jetzt der zweite Schritt beim Anmelden an Ihrem Konto bestätigen."),),
    (_l("Waren Sie das nicht? Dann legen Sie über „Passwort vergessen“ ein neues fest und rufen Sie uns an."),),
)
CONFIRMED = AccountMail(
    _l("Ihre Organisation ist bestätigt"),
    (_l("wir haben Ihre Organisation bestätigt. Sie können Ihre Angebote jetzt veröffentlichen."),),
)
DECLINED = AccountMail(
    _l("Ihre Anmeldung als Anbieter"),
    (
        _l("vielen Dank für Ihr Interesse. Wir können Ihre Organisation zurzeit nicht aufnehmen."),
        _l("Haben Sie Fragen dazu? Rufen Sie uns an oder antworten Sie auf diese E-Mail."),
    ),
)


WAITING = AccountMail(
    _l("Eine Organisation wartet auf Bestätigung"),
    (_l("jemand hat sich als Anbieter registriert und die E-Mail-Adresse bestätigt. Hier stehen alle, die warten:"),),
)


def invitation(inviter: str, organisation: str) -> AccountMail:
    """To a member of an organisation or, without its name, to a colleague at the office."""
    if organisation:
        said = _l(
            "%(name)s lädt Sie ein, für „%(organisation)s“ Angebote einzustellen.",
            name=inviter,
            organisation=organisation,
        )
    else:
        said = _l("%(name)s lädt Sie ein, in der Wohnberatung mitzuarbeiten.", name=inviter)
    return AccountMail(
        _l("Einladung"), (said, _l("Mit diesem Link nehmen Sie die Einladung an. Er gilt zwei Tage.")), (_ONCE,)
    )
