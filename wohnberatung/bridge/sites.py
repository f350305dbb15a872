"""The other market, as tables, forms and rankings need it: houses and plots, and what groups seek of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from matching.catalogue import SITES
from matching.facts import Fact, Text
from matching.frame import Frame
from matching.kinds import Criterion, Resembles
from matching.request_index import RequestIndex
from matching.requests import Request, SupplyRow
from wohnberatung.bridge.columns import FactColumns, fact_columns
from wohnberatung.bridge.needs import read_requirements, requirements_of

SITE_FACTS: tuple[Fact, ...] = SITES.facts
SITE_CRITERIA: tuple[Criterion, ...] = tuple(each for each in SITES.criteria if not isinstance(each, Resembles))
"""What a group can ask for; what it says in its own words is compared with the owner's by itself."""


def site_columns() -> type[FactColumns]:
    """One column for each fact of a site, and the evidence."""
    return fact_columns(SITES, "site")


def read_search(raw: Sequence[Any]) -> list[dict[str, Any]]:
    """What a group asks of a site, checked; DomainError names the key of the first fault."""
    return read_requirements(raw, SITES.criterion, "requirements")


def site_frame(rows: Iterable[Any]) -> Frame:
    """Sites as the engine takes them. There are dozens of them, never thousands: made anew for each ranking."""
    return Frame(SITES, [_supply_row(row) for row in rows])


def search_request(request_id: str, requirements: Sequence[Mapping[str, Any]], text: str) -> Request:
    """A group's search as the engine takes it."""
    return Request(request_id, requirements_of(requirements), {}, text)


def search_index(requests: Iterable[Request]) -> RequestIndex:
    """All searches, for the other direction."""
    return RequestIndex(SITES, requests)


def _supply_row(row: Any) -> SupplyRow:
    known = row.known_facts()
    texts = [known[fact.key] for fact in SITES.facts if isinstance(fact, Text) and fact.key in known]
    return SupplyRow(
        id=row.id,
        facts=known,
        evidence={key: row.evidence[key]["level"] for key in known},
        text="\n".join([*texts, row.description]).strip(),
    )
