"""The commands ``allocate`` and ``form-groups``: proposals for many at once, for people to decide on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from matching.catalogue import Market
from matching.frame import Frame
from matching.json_output import allocation_answer, engine_stamp, group_answer
from matching.language import GERMAN
from matching.proposals.allocation import Allocation, allocate
from matching.proposals.groups import Group, form_groups
from matching.proposals.priorities_file import read_prioritised
from wohnberatung.core import clock
from wohnberatung.stateless.files import NoAmount, answer, care_fund, chosen, load, load_by, refuse, two_files


@click.command("allocate")
@two_files
@click.option(
    "--protection",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Wie sehr seltene Wohnungen für die geschont werden, die ihre Ausstattung brauchen (0 bis 1).",
)
def allocate_command(requests_path: Path, offers_path: Path, market_name: str, form: str, protection: float) -> None:
    """Wer könnte wohin ziehen, damit allen zusammen am besten gedient ist? Ein Vorschlag, kein Bescheid."""
    market, (requests, priorities), offers = load_by(read_prioritised, requests_path, offers_path, market_name)
    found = allocate(requests, Frame(market, offers), replace(priorities, protection=protection))
    value: dict[str, Any] = {"engine": engine_stamp(market, seed=0), **allocation_answer(found)}
    answer(form, value, _allocation_lines(found))


def _allocation_lines(found: Allocation) -> Iterator[str]:
    for item in found.assignments:
        yield f"{item.request:<24} {item.offer:<24} {item.score:.2f}"
        yield f"        {item.sentence()}"
    for request in found.unassigned:
        yield f"{request:<24} (kein Vorschlag)"
    yield f"Summe der Bewertungen: {GERMAN.number(round(found.total, 2), 2)}"
    if found.gap:
        yield f"Mehr als {GERMAN.number(round(found.gap, 2), 2)} (gewichtet) lässt sich nicht mehr gewinnen."


@click.command("form-groups")
@two_files
@click.option("--offer", "offer_ids", multiple=True, help="Nur dieses Haus; mehrfach möglich.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Stichtag für die Beträge der Pflegekasse; sonst heute.")
def form_groups_command(
    requests_path: Path,
    offers_path: Path,
    market_name: str,
    form: str,
    offer_ids: tuple[str, ...],
    on: datetime | None,
) -> None:
    """Gruppen, die zu den freien Plätzen eines Hauses und zueinander passen. Die Gruppe entscheidet selbst."""
    market, requests, offers = load(requests_path, offers_path, market_name)
    houses = [offer.id for offer in chosen(offers, offer_ids, "--offer")]
    day = on.date() if on else clock.today()
    try:
        fund = care_fund(day)
    except NoAmount as missing:
        refuse([f"--on: Für {day:%d.%m.%Y} ist der Betrag „{missing}“ nicht hinterlegt."])
    groups = form_groups(requests, Frame(market, offers), fund, houses)
    value: dict[str, Any] = {
        "engine": engine_stamp(market, seed=0),
        "groups": [group_answer(group) for group in groups],
    }
    answer(form, value, [line for group in groups for line in _group_lines(group, market)] or [NO_GROUP])


NO_GROUP = "Keine Gruppe: Dafür braucht es ein Haus mit mindestens zwei freien Plätzen und zwei passende Gesuche."


def _group_lines(group: Group, market: Market) -> Iterator[str]:
    yield f"{group.offer:<24} {group.score:.2f}  {', '.join(group.requests)}"
    if group.pooled_funding_eur:
        yield f"        Zuschuss der Pflegekasse zusammen: bis {GERMAN.number(group.pooled_funding_eur)} €"
    for works in group.adaptations:
        low, high = map(GERMAN.number, works.cost_eur)
        yield f"        {works.label}: {low} bis {high} €"
    if group.to_clarify:
        yield f"        Zu klären: {', '.join(market.criterion(key).label for key in group.to_clarify)}"
