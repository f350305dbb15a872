"""What a sender's earlier deliveries made: his objects and the offers they became."""

from collections import defaultdict
from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.accounts.models import Organisation
from wohnberatung.accounts.services import create_organisation
from wohnberatung.core.errors import Conflict
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportedObject, ImportSource
from wohnberatung.intake.records import RawRecord

# A person at the office corrects the kind of an organisation that a file brought.
UNTIL_CORRECTED = "company"


class Stock:
    """One sender's objects, loaded once per delivery; changed as the delivery is taken over."""

    def __init__(self, source: ImportSource) -> None:
        self.source = source
        query = select(ImportedObject).options(joinedload(ImportedObject.offer).joinedload(Offer.dwelling))
        self._by_id: dict[str, ImportedObject] = {}
        self._by_reference: defaultdict[str, list[ImportedObject]] = defaultdict(list)
        for known in db.session.scalars(query.where(ImportedObject.source == source.source)):
            self._remember(known)
        self.listed_before = sum(known.listed for known in self._by_id.values())

    def find(self, record: RawRecord) -> ImportedObject | None:
        """By the sender's id, else by the landlord's number where one of the two lacked the id and only one
        object has this number."""
        if known := self._by_id.get(record.external_id):
            return known
        same_number = self._by_reference.get(record.reference, []) if record.reference else []
        lacked_id = [known for known in same_number if known.reference in (known.external_id, record.external_id)]
        return lacked_id[0] if len(lacked_id) == 1 else None

    def add(self, record: RawRecord, offer: Offer) -> None:
        known = ImportedObject(
            source=self.source.source,
            external_id=record.external_id,
            reference=record.reference,
            offer=offer,
            listed=True,
        )
        db.session.add(known)
        self._remember(known)

    def recognise(self, known: ImportedObject, record: RawRecord) -> None:
        """The sender offers it; from now on it has the id he gives it, if he gives one at last."""
        known.listed, known.reference = True, record.reference
        if record.external_id not in (known.external_id, record.reference):
            del self._by_id[known.external_id]
            known.external_id = record.external_id
            self._by_id[known.external_id] = known

    def not_named(self, records: Collection[RawRecord]) -> list[ImportedObject]:
        """Listed objects that none of these records means."""
        named = {id(known) for record in records if (known := self.find(record))}
        return [known for known in self._by_id.values() if known.listed and id(known) not in named]

    def _remember(self, known: ImportedObject) -> None:
        self._by_id[known.external_id] = known
        self._by_reference[known.reference].append(known)


def sender(format_name: str, provider_key: str, name: str, organisation: str) -> tuple[ImportSource, str]:
    """The sender of these objects, and a note where an organisation had to be made for him.

    Known senders keep their organisation. A new one belongs to the organisation a person names, else to the
    one that is called like him. Raises Conflict where a person names another than the known one.
    """
    key = f"{format_name}:{provider_key}"
    # Locked, so that two deliveries of one sender come one after the other.
    if known := db.session.get(ImportSource, key, with_for_update=True):
        owner = db.session.get_one(Organisation, known.organisation_id)
        if organisation and owner.name != organisation:
            raise Conflict(
                _(
                    "Die Objekte des Anbieters %(key)s gehören schon zur Organisation „%(known)s“, nicht zu"
                    " „%(given)s“. Bitte ohne --organisation einlesen.",
                    key=provider_key,
                    known=owner.name,
                    given=organisation,
                )
            )
        return known, ""
    wanted = organisation or name
    owner = db.session.scalar(select(Organisation).where(Organisation.name == wanted))
    note = ""
    if owner is None:
        owner = create_organisation(name=wanted, kind=UNTIL_CORRECTED)
        note = _("Die Organisation „%(name)s“ ist neu angelegt. Bitte ihre Art prüfen.", name=wanted)
    made = ImportSource(source=key, organisation_id=owner.id, name=name)
    db.session.add(made)
    db.session.flush()
    return made, note
