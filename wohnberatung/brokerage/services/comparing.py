"""Up to four homes side by side, requirement by requirement."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from matching.explanation import Reason
from matching.ranking import match_of
from wohnberatung.bridge.frames import current_supply
from wohnberatung.brokerage.services.cases import cases_of
from wohnberatung.brokerage.services.rankings import ListedMatch, listed_match, matchable_request
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.dwellings.services import offers_by_id
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services import load_request

MOST = 4


@dataclass(frozen=True)
class ComparedLine:
    """One requirement of either side, and what each home has to it; None where a home does not ask it."""

    label: str
    wanted: str
    must: bool
    cells: tuple[Reason | None, ...]

    @property
    def differs(self) -> bool:
        """Whether what is shown differs: of unknowns nothing but that they are is shown."""
        return len({_shown(cell) for cell in self.cells}) > 1


@dataclass(frozen=True)
class Comparison:
    """The homes in the order of their scores; musts first, then wishes."""

    request: HousingRequest
    homes: tuple[ListedMatch, ...]
    lines: tuple[ComparedLine, ...]


def compare(request_id: str, offer_ids: Sequence[str], actor: Actor) -> Comparison:
    """DomainError for fewer than two or more than four homes; those no longer published are left out."""
    request = load_request(request_id, actor)
    asked = matchable_request(request, actor)
    chosen = list(dict.fromkeys(offer_ids))
    if not 2 <= len(chosen) <= MOST:
        raise DomainError(_("Bitte wählen Sie zwei bis vier Angebote zum Vergleichen."), "angebot")
    with current_supply() as supply:
        there = [offer for offer in chosen if offer in supply.frame.position]
        matches = [match_of(asked, supply.frame, offer, texts=supply.texts) for offer in there]
    offers, cases = offers_by_id(there), cases_of(request_id, there)
    matches = sorted((match for match in matches if match.offer in offers), key=lambda match: -match.score)
    homes = tuple(listed_match(match, offers[match.offer], cases.get(match.offer)) for match in matches)
    return Comparison(request, homes, _lines(homes))


def _lines(homes: Sequence[ListedMatch]) -> tuple[ComparedLine, ...]:
    by_home = [{(reason.side, reason.key): reason for reason in home.match.reasons} for home in homes]
    first = {key: reason for reasons in reversed(by_home) for key, reason in reasons.items()}
    order = sorted(first, key=lambda key: first[key].importance != "must")
    return tuple(
        ComparedLine(
            label=first[key].sentences.label,
            wanted=first[key].sentences.wanted,
            must=first[key].importance == "must",
            cells=tuple(reasons.get(key) for reasons in by_home),
        )
        for key in order
    )


def _shown(cell: Reason | None) -> tuple[str, str]:
    if cell is None:
        return "", ""
    return cell.grade, "" if cell.grade == "unknown" else cell.sentences.found
