"""What works would bring for their price: households that one measure would help, by published figures alone."""

from dataclasses import dataclass

from wohnberatung.bridge.wording import money
from wohnberatung.planning.services.categories import works_of_catalogue
from wohnberatung.planning.services.tables import CubeTable

CUBE = "umbauten"
PER_EUR = 10_000


@dataclass(frozen=True)
class WorksValue:
    """One kind of works: how many households it would help, what it costs in words, and how many of them 10,000 € would
    help, as each needs one home of their own: `most` at the lower price, `least` at the higher."""

    label: str
    households: int
    cost: str
    least: float
    most: float


def worth_of(table: CubeTable) -> list[WorksValue]:
    """The most households for the money first. Nothing is said of works whose figure is not published: below ten a
    quotient would tell more than the figure does. Prices are the orientation ranges of the catalogue."""
    found, works = [], {str(each.label): each for each in works_of_catalogue().values()}
    for row in table.rows:
        number, known = row.numbers[-1], works.get(row.label)
        if number and known is not None:
            low, high = known.cost_eur
            # Some works may cost nothing at all: then the money is not what limits them.
            share = [min(number, PER_EUR / price) if price else number for price in (high, low)]
            found.append(WorksValue(row.label, number, f"{money(low)} – {money(high)}", share[0], share[1]))
    return sorted(found, key=lambda each: (-each.most, -each.households))
