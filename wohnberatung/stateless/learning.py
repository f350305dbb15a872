"""The commands ``propose-weights`` and ``likelihoods``: what can be learned, for people to look at."""

from collections.abc import Iterator
from pathlib import Path

import click

from matching.catalogue import MARKETS
from matching.frame import Frame
from matching.json_input import read_offers
from matching.json_output import likelihood_answer, proposal_answer
from matching.language import GERMAN
from matching.learning.json_input import read_outcomes, read_weights
from matching.learning.likelihood import Likelihood, learn
from matching.learning.outcomes import learning_case_of
from matching.learning.wish_weights import (
    HAND_SET,
    LEAST_CASES,
    ListChange,
    TooFewCases,
    WeightsProposal,
    preview,
    propose,
)
from matching.text_similarity import TextIndex
from wohnberatung.stateless.files import answer, json_file, load, load_one, one_or_two_files, refuse, stamped, two_files

TOP = 10


@click.command("propose-weights")
@two_files
@json_file("outcomes")
@json_file("weights", required=False, told="Die jetzigen Gewichte, JSON-Datei.")
@click.option("--top", type=click.IntRange(min=1), default=TOP, show_default=True, help="Länge der Listen.")
def propose_weights_command(
    requests_path: Path,
    offers_path: Path,
    market_name: str,
    form: str,
    outcomes_path: Path,
    weights_path: Path | None,
    top: int,
) -> None:
    """Welche Gewichte der Wünsche die Ergebnisse nahelegen. Ein Vorschlag: Menschen entscheiden."""
    market, requests, offers = load(requests_path, offers_path, market_name)
    outcomes = load_one(outcomes_path, read_outcomes, market)
    present = load_one(weights_path, read_weights, market) if weights_path else HAND_SET
    known = {request.id: request for request in requests}
    if missing := outcomes.keys() - known.keys():
        refuse([f"{outcomes_path.name}: Gesuch {request}: Es steht nicht in der Datei." for request in sorted(missing)])
    frame = Frame(market, offers)
    texts = TextIndex(frame.texts)
    cases = [learning_case_of(known[key], frame, found, texts) for key, found in outcomes.items()]
    try:
        proposal = propose(cases, present)
    except TooFewCases as error:
        told = f"Von {LEAST_CASES} nötigen Fällen gibt es erst {error.cases}. So wenige sagen nichts über die Gewichte."
        answer(form, stamped(market, weights=None, cases=error.cases, needed=LEAST_CASES), [told])
        return
    changes = preview(proposal.proposed, requests, frame, top, present)
    answer(form, stamped(market, weights=proposal_answer(proposal, changes)), _proposal_lines(proposal, changes))


def _proposal_lines(proposal: WeightsProposal, changes: list[ListChange]) -> Iterator[str]:
    now, then = (GERMAN.number(quality, 3) for quality in (proposal.present_quality, proposal.proposed_quality))
    yield f"Güte der Reihenfolge an {proposal.cases} ungesehenen Fällen: jetzt {now}, vorgeschlagen {then}"
    for key, (before, after) in proposal.changes.items():
        yield f"{key:<40} {GERMAN.number(before, 2)} → {GERMAN.number(after, 2)}"
    for change in changes:
        came, went = ", ".join(change.entering) or "–", ", ".join(change.leaving) or "–"
        yield f"Gesuch {change.request}: neu in der Liste {came}; nicht mehr {went}"


@click.command("likelihoods")
@one_or_two_files
def likelihoods_command(requests_path: Path | None, offers_path: Path | None, market_name: str, form: str) -> None:
    """Wie wahrscheinlich unbekannte Angaben gut ausgehen, gelernt an den Wohnungen selbst, nie an Menschen."""
    market = MARKETS[market_name]
    if offers_path is None:
        refuse(["--offers fehlt: Gelernt wird an den Wohnungen allein, --requests wird nicht gelesen."])
    frame = Frame(market, load_one(offers_path, read_offers, market))
    learned = learn(frame)
    found = [likelihood_answer(item, frame.ids) for item in learned]
    answer(form, stamped(market, likelihoods=found), map(_likelihood_line, learned))


def _likelihood_line(learned: Likelihood) -> str:
    if learned.brier != learned.brier:
        told = "zu wenig bekannt, es bleibt bei der Grundrate"
    else:
        told = f"Brier {GERMAN.number(learned.brier, 4)}, Grundrate {GERMAN.number(learned.base_brier, 4)}"
    return f"{learned.criterion.key:<40} {learned.known:>7} bekannt; {told}"
