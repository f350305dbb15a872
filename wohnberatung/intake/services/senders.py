"""Who sends a delivery, and which organisation his offers belong to."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from wohnberatung.accounts.models import Organisation
from wohnberatung.accounts.services.organisations import create_organisation
from wohnberatung.core.errors import Conflict
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportSource

# A person at the office corrects the kind of an organisation that a file brought.
UNTIL_CORRECTED = "company"


@dataclass(frozen=True)
class Owner:
    """Whose objects a delivery brings: by name, as a person at the office says it, or by id, as the organisation
    itself sends them; neither where only the file says it."""

    name: str = ""
    organisation_id: str | None = None


def find_sender(format_name: str, provider_key: str, name: str, owner: Owner) -> tuple[ImportSource, str]:
    """The sender of these objects as a preview takes him, and a note where an organisation would be made for him.

    Known senders keep their organisation. A new one belongs to the owner that is named, else to the organisation
    that is called like him; nothing of it is stored. **Raises** Conflict where the owner is another than the known one.
    """
    key = f"{format_name}:{provider_key}"
    if known := db.session.get(ImportSource, key):
        _check_owner(known, provider_key, owner)
        return known, ""
    organisation_id, note = _organisation_id(owner, name), ""
    if organisation_id is None:
        note = _("Die Organisation „%(name)s“ ist neu angelegt. Bitte ihre Art prüfen.", name=owner.name or name)
    return ImportSource(source=key, organisation_id=organisation_id or "", name=name), note


def keep_sender(source: ImportSource, owner: Owner) -> ImportSource:
    """The stored sender, locked, so that two deliveries of one sender come one after the other; made where he is new,
    with an organisation where there is none for him. **Raises** Conflict as `find_sender` does."""
    if known := db.session.get(ImportSource, source.source, with_for_update=True, populate_existing=True):
        _check_owner(known, source.source.partition(":")[2], owner)
        return known
    if not source.organisation_id:
        source.organisation_id = create_organisation(name=owner.name or source.name, kind=UNTIL_CORRECTED).id
    try:
        with db.session.begin_nested():
            db.session.add(source)
    except IntegrityError:
        # Another delivery of the same new sender was faster; there was no row yet to wait for.
        return keep_sender(source, owner)
    return source


def _check_owner(known: ImportSource, provider_key: str, owner: Owner) -> None:
    if owner.organisation_id and owner.organisation_id != known.organisation_id:
        # Whose they are is nobody else's business.
        raise Conflict(
            _(
                "Die Anbieterkennung %(key)s gehört hier zu einer anderen Organisation. Bitte prüfen Sie die Datei"
                " oder fragen Sie die Wohnberatung.",
                key=provider_key,
            )
        )
    stored = db.session.get_one(Organisation, known.organisation_id)
    if owner.name and stored.name != owner.name:
        raise Conflict(
            _(
                "Die Objekte des Anbieters %(key)s gehören schon zur Organisation „%(known)s“, nicht zu"
                " „%(given)s“. Bitte ohne --organisation einlesen.",
                key=provider_key,
                known=stored.name,
                given=owner.name,
            )
        )


def _organisation_id(owner: Owner, name: str) -> str | None:
    """Whose the objects of a new sender are; None where there is no such organisation yet."""
    if owner.organisation_id:
        return owner.organisation_id
    return db.session.scalar(select(Organisation.id).where(Organisation.name == (owner.name or name)))
