"""Dwellings twice: offers move to the one that stays, and it takes over what is better known of the other."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from matching.duplicates import DWELLING
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.doubles.services.subjects import Side, Values
from wohnberatung.dwellings.models import Dwelling, Offer
from wohnberatung.dwellings.services import known_now, record_facts, restore_facts
from wohnberatung.extensions import db


class Dwellings:
    """All dwellings; only those of one organisation can be merged, as nobody may reach another's."""

    label = _l("Wohnungen")
    fields = DWELLING

    def records(self) -> Iterator[tuple[str, Values]]:
        columns = [getattr(Dwelling, field.name) for field in self.fields]
        query = select(Dwelling.id, *columns).where(Dwelling.merged_into_id.is_(None))
        for dwelling_id, *values in db.session.execute(query.order_by(Dwelling.id)):
            yield dwelling_id, dict(zip((field.name for field in self.fields), values, strict=True))

    def sides(self, record_ids: Collection[str], actor: Actor) -> dict[str, Side]:
        rows = db.session.scalars(select(Dwelling).where(Dwelling.id.in_(record_ids)))
        return {dwelling.id: self._side(dwelling) for dwelling in rows}

    def _side(self, dwelling: Dwelling) -> Side:
        values = {field.name: getattr(dwelling, field.name) for field in self.fields}
        shown = {fact.key: fact for fact in dwelling.own_facts()}
        words = {name: shown[name].format(value) if name in shown and value is not None else value or ""
                 for name, value in values.items()}  # fmt: skip
        return Side(dwelling.id, dwelling.display_title, "dwellings.show_dwelling", {"dwelling_id": dwelling.id}, words)

    def merge(self, kept_id: str, gone_id: str, actor: Actor) -> dict[str, Any]:
        kept, gone = _load(kept_id), _load(gone_id)
        if kept.organisation_id != gone.organisation_id:
            raise DomainError(_("Die beiden Wohnungen gehören verschiedenen Anbietern. Bitte klären Sie es mit ihnen."))
        before = known_now(kept)
        for key, known in (gone.evidence or {}).items():
            _take_over(kept, key, getattr(gone, key), known, actor)
        offers = list(db.session.scalars(select(Offer).where(Offer.dwelling_id == gone.id)))
        for offer in offers:
            offer.dwelling = kept
        gone.merged_into_id = kept.id
        db.session.flush()
        return {"before": before, "after": known_now(kept), "offers": [offer.id for offer in offers]}

    def part(self, kept_id: str, gone_id: str, before: Mapping[str, Any], actor: Actor) -> None:
        kept, gone = _load(kept_id), _load(gone_id)
        moved = Offer.id.in_(before["offers"]), Offer.dwelling_id == kept.id
        for offer in db.session.scalars(select(Offer).where(*moved)):
            offer.dwelling = gone
        restore_facts(kept, before["before"], before["after"], _("Zusammenführung rückgängig gemacht"))
        gone.merged_into_id = None
        db.session.flush()


def _take_over(kept: Dwelling, key: str, value: Any, known: Mapping[str, Any], actor: Actor) -> None:
    day = date.fromisoformat(known["date"])
    record_facts(kept, {key: value}, known["level"], observed_on=day, source=known["source"], actor=actor)


def _load(dwelling_id: str) -> Dwelling:
    dwelling = db.session.get(Dwelling, dwelling_id)
    if dwelling is None:
        raise NotFound(_("Diese Wohnung gibt es nicht."))
    return dwelling
