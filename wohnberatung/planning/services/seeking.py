"""Who seeks: every open request whose person agreed to matching, with what the engine finds for it."""

from functools import cache

from flask_babel import gettext as _
from sqlalchemy import select

from matching.catalogue import HOMES
from matching.criteria import household, living
from matching.frame import Frame
from matching.neighbourhoods import DRESDEN
from matching.profiles import PROFILES
from matching.requests import Request, SupplyRow
from matching.supply_gap import found_for
from matching.whatif.adaptation_advice import works_that_alone_help
from matching.whatif.concessions import concessions
from matching.whatif.scenarios import met_by, served_without_works
from wohnberatung.bridge.frames import Supply, read_supply
from wohnberatung.bridge.needs import neighbourhoods_wanted, rent_band
from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD
from wohnberatung.core.actors import VISITOR
from wohnberatung.core.work import Running
from wohnberatung.extensions import db
from wohnberatung.planning.services.categories import ANYWHERE, MOST_PERSONS, NONE, PLAIN, UNKNOWN
from wohnberatung.planning.services.counting import CountedRecord
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.open_requests import open_requests
from wohnberatung.seekers.services.requests import shown_to

TOLD_EVERY = 200


def counted_requests() -> list[Request]:
    """All open requests that count. Blocked people, and those of blocked cases, are not among them: what everybody may
    read begins with what a visitor may know of."""
    shown = set(db.session.scalars(select(HousingRequest.id).where(shown_to(VISITOR))))
    return [request for request in open_requests().each if request.id in shown]


def seeking(job: Running | None = None) -> list[CountedRecord]:
    """All of them, judged against the published homes."""
    requests = counted_requests()
    supply = read_supply()
    db.session.rollback()  # nobody waits for what is read while it is worked out
    found = []
    for number, request in enumerate(requests):
        if job is not None and number % TOLD_EVERY == 0:
            job.tell(number, len(requests), _("Was finden die, die suchen?"))
        found.append(_counted(request, supply))
    return found


def _counted(request: Request, supply: Supply) -> CountedRecord:
    found = found_for(request, supply.frame, supply.texts)
    named = {"possible": bool(len(found.listed)), "fits": bool(len(found.fitting))}
    return CountedRecord(
        request.id,
        values=asked_by(request) | _in_vain(request, supply, named) | _by_works(request, supply, named),
        so=frozenset(key for key, holds in named.items() if holds),
    )


def asked_by(request: Request) -> dict[str, tuple[str, ...]]:
    """The values of one household by dimension."""
    return {
        "profile": request.profiles or (NONE,),
        "neighbourhood": tuple(neighbourhoods_wanted(request)) or (ANYWHERE,),
        "quarter": quarters_of(request),
        "criterion": tuple(_musts(request)),
        "form": living_forms_of(request),
        "persons": (_persons(request),),
        "rent": (str(rent_band(request)),),
    }


def quarters_of(request: Request) -> tuple[str, ...]:
    """Where it is sought, ``any`` for everywhere."""
    wanted = [DRESDEN.neighbourhoods[DRESDEN.position[code]].district for code in neighbourhoods_wanted(request)]
    return tuple(dict.fromkeys(wanted)) or (ANYWHERE,)


def _musts(request: Request) -> list[str]:
    musts = dict.fromkeys(asked.key for asked in request.requirements if asked.must)
    return [key for key in musts if key != NEIGHBOURHOOD.key]


def living_forms_of(request: Request) -> tuple[str, ...]:
    """How its people want to live, ``any`` where they do not say."""
    wanted = (value for asked in request.requirements if asked.key == living.LIVING_FORM.key for value in asked.wanted)
    return tuple(dict.fromkeys(wanted)) or (ANYWHERE,)


def _persons(request: Request) -> str:
    persons = request.household.get(household.PERSONS.key)
    return str(min(int(persons), MOST_PERSONS)) if persons else UNKNOWN


def _in_vain(request: Request, supply: Supply, named: dict[str, bool]) -> dict[str, tuple[str, ...]]:
    """What stands in the way of those for whom nothing comes into question, and which new home would."""
    if named["possible"]:
        return {}
    units = new_units()
    served = served_without_works(request, units)
    return {"hurdle": _hurdles(request, supply), "unit": tuple(units.ids[row] for row in served)}


def _by_works(request: Request, supply: Supply, named: dict[str, bool]) -> dict[str, tuple[str, ...]]:
    """Single works that would do for those for whom nothing fits as it is."""
    if named["fits"]:
        return {"works": ()}
    return {"works": tuple(sorted(works_that_alone_help(request, supply.frame, supply.texts)))}


@cache
def new_units() -> Frame:
    """One new home of each kind: as each needs profile presets it, and without anything special. Its place and rent are
    unknown, as they are to be decided."""
    kinds = ("", *(profile.key for profile in PROFILES))
    facts = {living.LIVING_FORM.key: "self_contained"}
    return Frame(HOMES, [SupplyRow(kind or PLAIN, met_by(HOMES, kind) | facts) for kind in kinds])


def _hurdles(request: Request, supply: Supply) -> tuple[str, ...]:
    """Musts of which giving up a single one would bring at least one home."""
    items = concessions(request, supply.frame, texts=supply.texts).items
    return tuple(item.key for item in items if item.opens_if_dropped and item.key != NEIGHBOURHOOD.key)
