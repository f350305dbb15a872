"""Deliveries that are previewed, staged and promoted, and what stands in the offers then."""

from io import BytesIO
from typing import NamedTuple

from sqlalchemy import select

from tests.intake.deliveries import FLAT, PLACE, home, read
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.intake.recognise import openimmo_in
from wohnberatung.intake.result import ImportResult
from wohnberatung.intake.services import promotion, taking_over
from wohnberatung.intake.services.senders import Owner
from wohnberatung.intake.services.stock import record_key


def flat(number=1, rent=620, more="", place=PLACE, **ids):
    prices = f"<preise><warmmiete>{rent}</warmmiete></preise>"
    return home(FLAT + place + prices + more, obid=ids.pop("obid", f"A{number}"), extern=f"WE {number}", **ids)


def gone(number):
    return home("", obid=f"A{number}", extern=f"WE {number}", action="DELETE")


class Staged(NamedTuple):
    """What a file would do, and its run; none where the same file was promoted before and would change nothing."""

    report: ImportResult
    run_id: str | None

    @property
    def is_done(self) -> bool:
        return self.run_id is None


def stage(document, organisation=""):
    """Whoever sends it says of each likely double that it is another home."""
    db.session.commit()
    delivery = openimmo_in("lieferung.xml", BytesIO(document.encode()))
    previewed = promotion.preview("openimmo", read(document), Owner(organisation), {})
    others = {record_key(*one.key): "" for one in previewed.outcomes if one.doubles}
    if others:
        previewed = promotion.preview("openimmo", read(document), Owner(organisation), others)
    run_id = promotion.stage(delivery, previewed, organisation, others)
    db.session.commit()
    return Staged(previewed, run_id)


def take(document, organisation="", **options):
    staged = stage(document, organisation)
    return staged.report if staged.is_done else taking_over.promote(staged.run_id, **options)


def states(report):
    return {outcome.external_id: outcome.state.value for outcome in report.outcomes}


def offers(session):
    session.expire_all()
    return {offer.external_id: offer for offer in session.scalars(select(Offer))}
