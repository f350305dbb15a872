"""Stock as files, and the report of faulty values as a table to put right and send again."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from matching.catalogue import HOMES
from matching.criteria import access, fittings, location, money, size
from matching.facts import Choice, Choices, Day, Fact, Flag, Measure, NeighbourhoodCode
from wohnberatung.accounts.models import Organisation
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.settings import setting
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.sheets import is_guess
from wohnberatung.extensions import db
from wohnberatung.intake.headings import WRITTEN
from wohnberatung.intake.models import ImportRun
from wohnberatung.intake.openimmo_writer import HomeForExport, write_openimmo
from wohnberatung.intake.result import ObjectOutcome, RawAddress
from wohnberatung.intake.services.queries import faulty_objects
from wohnberatung.intake.services.stock import OPEN
from wohnberatung.intake.spreadsheet_writer import write_csv, write_xlsx
from wohnberatung.intake.spreadsheets import Cell

FACTS = (*HOMES.facts_of("dwelling"), *HOMES.facts_of("offer"))
TABLES = ("csv", "xlsx")
FORMATS = ("openimmo", *TABLES)
NOT_TAKEN_OVER = "noch nicht übernommen"
# An office program would take them for numbers and days.
_AS_TEXT = ("offer_id", "external_id", "street", "house_number", "unit", "postcode", "town")
_YES_OR_NO = ("ja", "nein")
_PASS = "zustand_angaben/energiepass"
_FIGURES = {"demand": f"{_PASS}/endenergiebedarf", "consumption": f"{_PASS}/energieverbrauchkennwert"}
# Of other facts a word of the interface says more than we know, such as which kind of parking it is.
_YES_IS_SURE = (money.SMOKING_ALLOWED, money.CARE_ON_SITE)
_EXAMPLE_PLACE: dict[str, Cell] = {
    "external_id": "Beispiel, wird nicht eingelesen",
    "street": "Musterstraße",
    "house_number": "12 a",
    "unit": "2. OG links",
    "postcode": "01307",
    "town": "Dresden",
    "title": "Helle Wohnung am Park",
    "released": True,
}
_EXAMPLE_FACTS: dict[str, Cell] = {
    size.LIVING_AREA.key: 62.5,
    size.ROOMS.key: 2.5,
    access.FLOOR.key: 2.0,
    access.HAS_LIFT.key: True,
    money.RENT_WARM.key: 650.0,
    money.AVAILABLE_FROM.key: "01.08.2027",
}


def stock_file(format_name: str, actor: Actor, organisation_id: str | None = None) -> bytes:
    """Every home that is or is to be offered: of one organisation, else of all this person may see."""
    offers = list(db.session.scalars(_stock(actor, organisation_id)))
    if format_name == "openimmo":
        return _openimmo(offers, actor, organisation_id)
    return _table(format_name, _("Bestand"), [*map(str, WRITTEN.values()), *_labels()], map(_row, offers))


def template_file(format_name: str) -> bytes:
    """A table with all headings and one row that shows how to fill it in, which our reader leaves out."""
    places = [key for key in WRITTEN if key != "offer_id"]
    example = [_EXAMPLE_PLACE.get(key, "") for key in places] + [_EXAMPLE_FACTS.get(fact.key) for fact in FACTS]
    return _table(format_name, _("Vorlage"), [*(str(WRITTEN[key]) for key in places), *_labels()], [example])


def report_file(format_name: str, run: ImportRun) -> bytes:
    """The faulty values of a delivery as they were given, one row a home, ready to be corrected and sent again."""
    faulty = faulty_objects(run)
    keys = {field.key for outcome in faulty for field in outcome.faulty}
    facts = [fact for fact in FACTS if fact.key in keys and not isinstance(fact, NeighbourhoodCode)]
    headings = [str(WRITTEN["offer_id"]), str(WRITTEN["external_id"]), _("Quelle"), *(fact.label for fact in facts)]
    rows = (_faulty_row(outcome, facts) for outcome in faulty)
    return _table(format_name, _("Fehler"), [*headings, _("Hinweis")], rows)


def _faulty_row(outcome: ObjectOutcome, facts: Sequence[Fact]) -> list[Cell | None]:
    given = {field.key: field.given for field in outcome.faulty}
    source = f"{outcome.name} ({outcome.position})" if outcome.position else outcome.name
    values = [given.get(fact.key, "") for fact in facts]
    return [outcome.offer_id or NOT_TAKEN_OVER, outcome.external_id, source, *values, " ".join(outcome.faults)]


def _table(format_name: str, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell | None]]) -> bytes:
    if format_name == "csv":
        return write_csv(headings, rows)
    choices = {fact.label: words for fact in FACTS if (words := _words_to_choose(fact))}
    choices[str(WRITTEN["released"])] = [*_YES_OR_NO]
    return write_xlsx(title, headings, rows, as_text={str(WRITTEN[key]) for key in _AS_TEXT}, choices=choices)


def _words_to_choose(fact: Fact) -> list[str]:
    """What a cell of the fact may hold, where that is one of a few words."""
    if isinstance(fact, Flag):
        return [*_YES_OR_NO]
    return list(fact.options.values()) if isinstance(fact, Choice) and not isinstance(fact, Choices) else []


def _stock(actor: Actor, organisation_id: str | None) -> Select[Offer]:
    query = select(Offer).options(joinedload(Offer.dwelling)).where(Offer.status.in_(OPEN))
    query = query.where(Offer.dwelling_id.is_not(None)).order_by(Offer.organisation_id, Offer.created_at, Offer.id)
    if organisation_id:
        query = query.where(Offer.organisation_id == organisation_id)
    return query if actor.is_staff else query.where(Offer.organisation_id.in_(actor.organisation_ids))


def _labels() -> list[str]:
    return [fact.label for fact in FACTS]


def _row(offer: Offer) -> list[Cell | None]:
    home = offer.dwelling
    assert home is not None
    place: dict[str, Cell] = {"offer_id": offer.id, "external_id": offer.external_id or offer.id}
    place |= {"released": home.address_released, "title": offer.title, "description": offer.description}
    cells: list[Cell | None] = [place[name] if name in place else getattr(home, name) for name in WRITTEN]
    known = _known(offer)
    return cells + [_cell(fact, known.get(fact.key)) for fact in FACTS]


def _known(offer: Offer) -> dict[str, Any]:
    """What is known of an offer, but for a place that we worked out of its address: read again it would be the
    provider's own word."""
    parts = [part for part in (offer.dwelling, offer) if part is not None]
    known = {key: value for part in parts for key, value in part.known_facts().items()}
    levels = {key: said["level"] for part in parts for key, said in (part.evidence or {}).items()}
    return {key: value for key, value in known.items() if not is_guess(HOMES.fact(key), levels.get(key))}


def _cell(fact: Fact, value: Any) -> Cell | None:
    """Numbers as numbers, all else in the words that the reader of tables understands."""
    if value is None:
        return None
    if isinstance(fact, Measure):
        return fact.number_words(value) if fact.endless and value == fact.high else float(value)
    if isinstance(fact, Flag):
        return bool(value)
    # Labels may hold commas, which part several choices.
    return "; ".join(value) if isinstance(fact, Choices) else fact.format(value)


def _openimmo(offers: Sequence[Offer], actor: Actor, organisation_id: str | None) -> bytes:
    """One provider: the organisation, or the office for all."""
    owner = db.session.get(Organisation, organisation_id) if organisation_id else None
    provider = (owner.id, owner.name) if owner else ("wohnberatung", str(setting("OFFICE_NAME")))
    contact = setting("OFFICE_EMAIL") or setting("MAIL_FROM")
    return write_openimmo(provider, map(_home, offers), clock.to_berlin(clock.now()), contact)


def _home(offer: Offer) -> HomeForExport:
    home = offer.dwelling
    assert home is not None
    known = _known(offer)
    place = {name: getattr(home, name) for name in ("street", "house_number", "unit", "postcode", "town", "lat", "lon")}
    districts = (
        fact.format(known[fact.key]) for fact in FACTS if isinstance(fact, NeighbourhoodCode) and fact.key in known
    )
    return HomeForExport(
        offer_id=offer.id,
        reference=offer.external_id or "",
        title=offer.title,
        description=offer.description,
        changed_on=clock.to_berlin(max(offer.updated_at, home.updated_at)).date(),
        address=RawAddress(**place, district=next(districts, ""), released=home.address_released),
        values=dict(_standard(known)),
        named={fact.label: _words(fact, known[fact.key]) for fact in FACTS if fact.key in known},
    )


def _standard(known: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Values that the interface has a place or a word for; of several words the first."""
    for fact in FACTS:
        if fact.key not in known or fact is fittings.ENERGY_VALUE:
            continue
        value = known[fact.key]
        worded = [one.path for one in fact.imports if one.value is not None and one.value == value]
        plain = [one.path for one in fact.imports if one.value is None and one.factor == 1 and "=" not in one.path]
        if worded and (isinstance(fact, Choice) or fact in _YES_IS_SURE or "=" in worded[0]):
            path, _equals, word = worded[0].partition("=")
            yield path, word or "true"
        elif plain and isinstance(fact, Measure | Flag | Day):
            yield plain[0], str(value) if isinstance(fact, Day) else _words(fact, value)
        yield from _in_its_unit(fact, value)
    yield from _of_certificate(known)
    if (permit := known.get(money.WBS_TYPE.key)) is not None:
        yield "verwaltung_objekt/wbs_sozialwohnung", "false" if permit == "none" else "true"
    if months := known.get(money.DEPOSIT_MONTHS.key):
        yield "preise/kaution_text", f"{months:g} Monatsmieten".replace(".", ",")


def _of_certificate(known: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What stands in the energy certificate beside its kind, which says what the figure in it means."""
    if path := _FIGURES.get(known.get(fittings.ENERGY_CERTIFICATE.key, "")):
        figure = known.get(fittings.ENERGY_VALUE.key)
        yield from [] if figure is None else [(path, _words(fittings.ENERGY_VALUE, figure))]
    for fact, name in ((fittings.ENERGY_SOURCE, "primaerenergietraeger"), (location.ENERGY_CLASS, "wertklasse")):
        if fact.key in known:
            yield f"{_PASS}/{name}", _words(fact, known[fact.key])


def _in_its_unit(fact: Fact, value: Any) -> Iterator[tuple[str, str]]:
    """A number that the interface asks for with a word beside it; of several units the smallest. A stop may be one of
    two kinds, and we do not know which."""
    units = [one for one in fact.imports if one.value is None and "=" in one.path]
    smallest = [one for one in units if one.factor == min(each.factor for each in units)]
    if len(smallest) == 1 and isinstance(fact, Measure):
        yield smallest[0].path, f"{value / smallest[0].factor:.10g}"


def _words(fact: Fact, value: Any) -> str:
    if isinstance(fact, Measure) and not (fact.endless and value == fact.high):
        return f"{value:.10g}"
    if isinstance(fact, Flag):
        return "true" if value else "false"
    return "; ".join(value) if isinstance(fact, Choices) else str(fact.format(value))
