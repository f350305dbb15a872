"""The commands ``why-not`` and ``concessions``: what stands between a request and the offers."""

from pathlib import Path

import click

from matching.frame import Frame
from matching.json_output import plain, why_not_answer
from matching.outlook import Outlook
from matching.requirement_terms import terms_of
from matching.text_similarity import TextIndex
from matching.whatif.concessions import concessions
from matching.whatif.why_not import explain_row
from wohnberatung.stateless.files import answer, chosen, load, stamped, two_files


@click.command("why-not")
@two_files
@click.option("--request", "request_ids", multiple=True, help="Nur dieses Gesuch; mehrfach möglich.")
@click.option("--offer", "offer_ids", multiple=True, help="Nur dieses Angebot; mehrfach möglich.")
def why_not_command(
    requests_path: Path,
    offers_path: Path,
    market_name: str,
    form: str,
    request_ids: tuple[str, ...],
    offer_ids: tuple[str, ...],
) -> None:
    """Woran es liegt, dass ein Angebot nicht passt, und was es mindestens bräuchte."""
    market, requests, offers = load(requests_path, offers_path, market_name)
    frame = Frame(market, offers)
    texts = TextIndex(frame.texts)
    rows = [frame.position[offer.id] for offer in chosen(offers, offer_ids, "--offer")]
    pairs = []
    for request in chosen(requests, request_ids, "--request"):
        terms = terms_of(request, frame, texts)
        found = [explain_row(request, frame, terms, row) for row in rows]
        pairs += [pair for pair in found if pair.outlook is not Outlook.FITS]
    lines = []
    for pair in pairs:
        lines.append(f"Gesuch {pair.request}, Angebot {pair.offer}")
        lines += [f"  {change.sentence}" for change in pair.changes]
    answer(form, stamped(market, why_not=[why_not_answer(pair) for pair in pairs]), lines)


@click.command("concessions")
@two_files
def concessions_command(requests_path: Path, offers_path: Path, market_name: str, form: str) -> None:
    """Wie viele Angebote dazukommen, wenn ein Muss wegfällt oder leichter wird."""
    market, requests, offers = load(requests_path, offers_path, market_name)
    frame = Frame(market, offers)
    texts = TextIndex(frame.texts)
    found = [concessions(request, frame, texts=texts) for request in requests]
    lines = []
    for item in found:
        lines.append(f"Gesuch {item.request}, Angebote in der Liste: {item.listed_now}")
        for must in item.items:
            lines += [f"  {must.sentence}", *(f"    {step.sentence}" for step in must.steps)]
    answer(form, stamped(market, concessions=plain(found)), lines)
