"""Deliveries of the invented housing company: one taken over last week, one waiting for somebody to look at it.

A step of its own after `homes.fill`, through the same doors as everybody's files; a worker reads them at once.
"""

import io
from collections.abc import Sequence

from sqlalchemy import select

from wohnberatung.accounts.models import User
from wohnberatung.accounts.services.people import load_actor
from wohnberatung.core.actors import Actor
from wohnberatung.core.transactions import transaction
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRun
from wohnberatung.intake.recognise import recognise
from wohnberatung.intake.services.decisions import apply_run
from wohnberatung.intake.services.uploads import Sender, send
from wohnberatung.intake.spreadsheet_writer import write_csv
from wohnberatung.intake.spreadsheets import Cell
from wohnberatung.jobs import worker

CLERK = "vermietung@elbmuster.example"
CHANGED = 5
DEPOSITS = (
    ("Angebots-ID (nicht ändern)", "Objektnummer", "Kaution", "Haustiere erlaubt"),
    ("900", "ja"),
    ("1.050,00 €", "ja"),
    ("3 Kaltmieten", "nein"),
    ("1200", ""),
    ("1100", "ja"),
)
NEW = (
    "Objektnummer",
    "Straße",
    "Hausnummer",
    "PLZ",
    "Stadtteil",
    "Etage",
    "Wohnfläche",
    "Zimmer",
    "Warmmiete",
    "Frei ab",
)
FLATS: tuple[tuple[Cell, ...], ...] = (
    ("EM-2101", "Musterufer", "8", "01067", "Innere Altstadt", "2. OG", "54,5", "2", "612,00 €", "01.02.2027"),
    ("EM-2102", "Musterufer", "8", "01067", "Innere Altstadt", "EG", "47", "2", "548", "sofort"),
    ("EM-2103", "Musterufer", "10", "01067", "Innere Altstadt", "4", "9300", "3", "701,50", "15.03.2027"),
)


def deliver() -> int:
    """Make the deliveries where there are none yet; returns how many. In transactions of its own."""
    clerk = _clerk()
    if clerk is None or db.session.scalar(select(ImportRun.id).limit(1)) is not None:
        return 0
    homes = _homes(clerk)
    finished = _send(clerk, "kautionen-november.csv", DEPOSITS[0], _deposits(homes))
    with transaction():
        apply_run(finished, clerk)
    worker.do_due()
    _send(clerk, "neue-wohnungen.csv", NEW, [*FLATS, _double(homes[0].dwelling)])
    return 2


def _send(clerk: Actor, name: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    delivery = recognise(name, io.BytesIO(write_csv(headings, rows)))
    with transaction():
        run_id = send(delivery, Sender.person(clerk, clerk.seats[0].organisation_id)).id
    worker.do_due()
    return run_id


def _homes(clerk: Actor) -> list[Offer]:
    mine = (Offer.organisation_id == clerk.seats[0].organisation_id) & (Offer.status == OfferStatus.PUBLISHED)
    query = select(Offer).join(Offer.dwelling).where(mine, Dwelling.street != "")
    return list(db.session.scalars(query.order_by(Offer.external_id).limit(CHANGED)))


def _deposits(homes: list[Offer]) -> list[list[Cell]]:
    return [[offer.id, offer.external_id or "", *row] for offer, row in zip(homes, DEPOSITS[1:], strict=False)]


def _double(home: Dwelling | None) -> tuple[Cell, ...]:
    """A flat that is here already, under another number and with a street written another way."""
    assert home is not None
    street = home.street.replace("straße", "str.").replace("Straße", "Str.")
    said = {fact.label: getattr(home, fact.key) for fact in home.own_facts()}
    known = (said[heading] for heading in NEW if heading in ("Etage", "Wohnfläche", "Zimmer"))
    return ("EM-2104", street, home.house_number, home.postcode, "", *known, "590", "01.04.2027")


def _clerk() -> Actor | None:
    user_id = db.session.scalar(select(User.id).where(User.email == CLERK))
    return load_actor(user_id) if user_id else None
