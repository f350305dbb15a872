"""Accounts: who signs in, for which organisation, and how long that is kept."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from wohnberatung.accounts import models, views
from wohnberatung.accounts.models import (
    FailedSignIn,
    Identity,
    MailedLink,
    Membership,
    Organisation,
    Passkey,
    RecoveryCode,
    SecondFactor,
    User,
)
from wohnberatung.core import manifests
from wohnberatung.core.manifests import Area
from wohnberatung.extensions import db
from wohnberatung.privacy.erasure_journal import note_row
from wohnberatung.privacy.retention import RetentionRule

# Nobody can get a mail at this domain (RFC 2606), so it stands for an account without a person.
NOBODY = "@geloescht.invalid"


def forget_person(user: User) -> None:
    """The row stays, as what the person did refers to it; nothing in it tells who it was."""
    for table in (MailedLink, SecondFactor, RecoveryCode, Passkey, Identity, Membership):
        db.session.execute(delete(table).where(table.user_id == user.id))
    note_row(user.id)
    user.email, user.name, user.password_hash = f"{user.id}{NOBODY}", "Gelöschtes Konto", ""


def forget_contact(organisation: Organisation) -> None:
    """Who asked to be taken in and was not."""
    note_row(organisation.id)
    organisation.contact, organisation.about, organisation.website = None, "", ""
    organisation.name = f"Abgelehnt {organisation.id}"
    db.session.execute(delete(Membership).where(Membership.organisation_id == organisation.id))


PROMISED_TO_DECLINED = _l("Nehmen wir einen Anbieter nicht auf, löschen wir %(after)s, was er bei der Anmeldung angab.")
PROMISED_TO_DISABLED = _l("Name und Adresse eines gesperrten Kontos löschen wir %(after)s.")

RETENTION = (
    RetentionRule(
        "mailed_links",
        _l("Links in E-Mails und Registrierungen, deren Frist vorbei ist"),
        _l("löschen"),
        0,
        lambda now: select(MailedLink).where(MailedLink.valid_until < now, MailedLink.held_for.is_(None)),
        db.session.delete,
    ),
    RetentionRule(
        "held_registrations",
        _l("Registrierungen, die nach Spam aussehen und die niemand freigegeben hat"),
        _l("löschen"),
        30,
        lambda before: select(MailedLink).where(MailedLink.created_at < before, MailedLink.held_for.is_not(None)),
        db.session.delete,
    ),
    RetentionRule(
        "failed_sign_ins",
        _l("Fehlversuche beim Anmelden"),
        _l("löschen"),
        0,
        lambda now: select(FailedSignIn).where(FailedSignIn.forget_at < now),
        db.session.delete,
    ),
    RetentionRule(
        "declined_providers",
        _l("Abgelehnte Anbieter"),
        _l("Name und Kontakt löschen"),
        90,
        lambda before: select(Organisation).where(
            Organisation.declined_at < before, Organisation.name.not_like("Abgelehnt %")
        ),
        manifests.erase,
        PROMISED_TO_DECLINED,
    ),
    RetentionRule(
        "disabled_accounts",
        _l("Gesperrte Konten"),
        _l("Name und Adresse löschen"),
        365,
        lambda before: select(User).where(User.disabled_at < before, User.email.not_like(f"%{NOBODY}")),
        manifests.erase,
        PROMISED_TO_DISABLED,
    ),
)


AREA = Area(
    key="accounts",
    models=models,
    blueprint=views.blueprint,
    retention=RETENTION,
    export_pages=("accounts.export_account",),
    erasure={User: forget_person, Organisation: forget_contact},
)
