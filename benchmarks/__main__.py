"""`python -m benchmarks`: measure, print, write benchmarks/results.md."""

import argparse
from collections.abc import Sequence

from benchmarks import answering, arrivals, cities, duplicates, goals, likelihoods, proposals, report, single
from benchmarks.peers import PEERS
from benchmarks.plan import Plan

SIZES = (10_000, 100_000, 1_000_000)
PARTS = {
    "single": single,
    "cities": cities,
    "arrivals": arrivals,
    "duplicates": duplicates,
    "proposals": proposals,
    "likelihoods": likelihoods,
    "answering": answering,
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="2,000 offers only, a few requests, nothing written")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS))
    chosen = parser.parse_args(arguments)
    plan = Plan(tuple(chosen.sizes), tuple(chosen.peers))
    if chosen.quick:
        plan = Plan((2_000,), tuple(chosen.peers), requests=5, budget=1.0, quick=True)
    results = {} if chosen.quick else report.load()
    for part in chosen.parts:
        cells = results.get(part, {}).get("cells", {})
        PARTS[part].measure(plan, cells)
        results[part] = report.renewed(cells)
    page = report.page(results, {name: part.lines for name, part in PARTS.items()})
    page += "\n" + "\n".join(goals.lines(results))
    print(page)
    if not chosen.quick:
        report.save(results)
        report.PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
