"""One request against the whole stock, beside everything that one would take instead."""

from contextlib import closing
from functools import partial
from typing import Any

from benchmarks import engine
from benchmarks.asking import make_requests
from benchmarks.peers import PEERS, Answer, Missing, Peer
from benchmarks.plan import Plan
from benchmarks.report import figure, table
from benchmarks.rules import Rulebook
from benchmarks.supply import Stock, make_stock
from benchmarks.table import table_of
from benchmarks.timing import each, growth, middle
from matching.requests import Request

TOP = 20
MIXES = {"12 requirements, 5 of them musts": (12, 5.0), "21 requirements, 4.7 of them musts": (21, 4.7)}
DENSITIES = {"nine facts in ten known": 0.1, "70 % of the facts unknown": 0.7}
WARM_UP = 40


def measure(plan: Plan, kept: dict[str, Any]) -> None:
    """Fill `kept[mix, density][contestant][size]` with milliseconds."""
    for density, unknown in DENSITIES.items():
        for size in plan.sizes:
            plan.say(f"{size:,} offers, {density}")
            stock = make_stock(size, unknown)
            asked = {
                mix: make_requests(stock, plan.requests + WARM_UP, number, musts)
                for mix, (number, musts) in MIXES.items()
            }
            answers = _engine(plan, stock, density, asked, kept)
            _peers(plan, stock, density, asked, answers, kept)


def _engine(
    plan: Plan, stock: Stock, density: str, asked: dict[str, list[Request]], kept: dict[str, Any]
) -> dict[str, list[tuple[float, Answer]]]:
    frame = stock.frame()
    answers = {}
    for mix, requests in asked.items():
        for request in requests[plan.requests :]:
            engine.top(frame, request, TOP)
        measured = requests[: plan.requests]
        timed = each([partial(engine.top, frame, request, TOP) for request in measured], plan.budget)
        explained = each([partial(engine.explained, frame, request, TOP) for request in measured], plan.budget)
        answers[mix] = timed
        _keep(kept, mix, density, engine.NAME, stock.size, {"ms": middle(timed)})
        _keep(kept, mix, density, engine.EXPLAINED, stock.size, {"ms": middle(explained)})
    return answers


def _peers(
    plan: Plan,
    stock: Stock,
    density: str,
    asked: dict[str, list[Request]],
    answers: dict[str, list[tuple[float, Answer]]],
    kept: dict[str, Any],
) -> None:
    table = table_of(stock)
    for name in plan.peers:
        try:
            peer = PEERS[name](table)
        except Missing as reason:
            plan.say(f"  {name} is left out: {reason}")
            continue
        with closing(peer):
            for mix, requests in asked.items():
                result = _one_peer(plan, peer, stock, requests, answers[mix])
                plan.say(f"  {peer.name}, {mix}: {result['ms']:.1f} ms, {result['ratio']:.1f} times the engine's")
                _keep(kept, mix, density, peer.name, stock.size, result)


def _one_peer(
    plan: Plan, peer: Peer, stock: Stock, requests: list[Request], ours: list[tuple[float, Answer]]
) -> dict[str, Any]:
    book = Rulebook(stock)
    rules = [book.of(request) for request in requests[: len(ours)]]
    peer.top(rules[-1], TOP)
    timed = each([partial(peer.top, asked, TOP) for asked in rules], plan.budget)
    shared = ours[: len(timed)]
    for (_, our_answer), (_, their_answer) in zip(shared, timed, strict=True):
        if peer.exact:
            engine.compare(peer.name, our_answer, their_answer)
    found = [engine.overlap(mine, theirs) for (_, mine), (_, theirs) in zip(shared, timed, strict=True)]
    return {
        "ms": middle(timed),
        "ratio": middle(timed) / middle(shared),
        "requests": len(timed),
        "found": 1.0 if peer.exact else sum(found) / len(found),
    }


def _keep(kept: dict[str, Any], mix: str, density: str, name: str, size: int, result: dict[str, Any]) -> None:
    kept.setdefault(f"{mix}; {density}", {}).setdefault(name, {})[str(size)] = result


def lines(cells: dict[str, Any]) -> list[str]:
    """A table per mix and density: milliseconds, ratios in the same run, growth from 100,000 to 1,000,000."""
    written = [f"## One request, the best {TOP} of the whole stock", ""]
    for title, contestants in sorted(cells.items()):
        sizes = sorted({int(size) for row in contestants.values() for size in row})
        head = ["contestant", "same list", *(f"{size:,}: ms" for size in sizes), *(f"× at {size:,}" for size in sizes)]
        rows = [_contestant(name, row, sizes) for name, row in contestants.items()]
        written += [f"### {title}", "", *table([*head, "growth"], rows)]
    return written


def _contestant(name: str, row: dict[str, Any], sizes: list[int]) -> list[str]:
    cells = [row.get(str(size), {}) for size in sizes]
    found = min((cell.get("found", 1.0) for cell in cells if cell), default=1.0)
    exponent = growth({int(size): cell["ms"] for size, cell in row.items()}, 100_000, 1_000_000)
    return [
        f"**{name}**" if name == engine.NAME else name,
        "yes" if found == 1.0 else f"{found:.0%} of it",
        *(figure(cell.get("ms")) for cell in cells),
        *(figure(cell.get("ratio")) for cell in cells),
        "–" if exponent is None else f"{exponent:.2f}",
    ]
