"""The best homes of a request as a letter tells them: what fits apart from what must be asked first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matching.criteria.household import PAID_FROM
from matching.explanation import AdaptationAdvice, Reason, Sentences, works_total
from matching.kinds import IDLE
from matching.option_kinds import Resembles
from wohnberatung.bridge.wording import spoken
from wohnberatung.brokerage.services.rankings import ListedMatch, ranked_list
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.requests import requests_of
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, Forbidden
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.sheets import fact_sheet
from wohnberatung.dwellings.services.showcase import shown_offer
from wohnberatung.letters.services.costs import cost_range, dated
from wohnberatung.measures.services.funding import cost_hint, funding_hints, option
from wohnberatung.papers import Part, heading, pairs, paragraph, points, table
from wohnberatung.seekers.services.requests import needs_of

MOST_HOMES = 5
COSTS = "money"
# A home of which nothing that must be is known is no good home yet: it stands apart from those that are.
GROUPS = (
    ("fits", _l("Diese Wohnungen passen")),
    ("adapt", _l("Diese Wohnungen können mit einem Umbau passen")),
    ("clarify", _l("Hier ist etwas noch offen: Wir müssen erst fragen")),
    ("misses", _l("Hier fehlt etwas, das sein muss")),
)
OUTLOOKS = {
    "fits": _l("Alles, was sein muss, ist da."),
    "clarify": _l("Nichts spricht dagegen, aber manches ist noch zu klären."),
    "adapt": _l("Mit einem Umbau kann es passen."),
    "misses": _l("Etwas, das sein muss, fehlt."),
}


def best_homes(case: Case, actor: Actor) -> list[Part]:
    """The best homes of the newest request that may be matched, by how they suit, each group in the order of the
    ranking. DomainError where there is none to compare."""
    for request in requests_of(case, actor):
        try:
            listed = ranked_list(request.id, actor).matches
        except Forbidden:
            continue
        best = listed[:MOST_HOMES]
        return _told_homes(best, needs_of(request)["household"])
    raise DomainError(_("Zu diesem Fall gibt es kein Gesuch, für das wir Wohnungen vergleichen dürfen."), "written")


def _told_homes(best: Sequence[ListedMatch], household: Mapping[str, object]) -> list[Part]:
    if not best:
        return [paragraph(_("Im Moment passt keine freie Wohnung. Wir suchen weiter für Sie."))]
    works = [cost_hint(option(each.measure)) for listed_one in best for each in listed_one.match.adaptations]
    return [*_grouped(best, household), *dated(works)]


def _grouped(best: Sequence[ListedMatch], household: Mapping[str, object]) -> list[Part]:
    told: list[Part] = []
    for outlook, title in GROUPS:
        homes = [each for each in best if each.match.outlook == outlook]
        if homes:
            told += [heading(title), *(part for each in homes for part in told_home(each, household))]
    return told


def told_home(listed: ListedMatch, household: Mapping[str, object]) -> list[Part]:
    """All that is known of how the home suits: every must, every miss, everything open, what works would cost, and what
    is dearer than the household said it can pay.

    A letter is read by somebody who cannot open anything: what it leaves out does not exist for them."""
    offer = listed.offer
    shown = shown_offer(offer)
    reasons = _worth_telling(listed.match.reasons)
    place = ", ".join(part for part in (shown.neighbourhood, shown.address) if part)
    costs = [row for group in fact_sheet(offer) if group.theme == COSTS for row in group.known]
    facts = {row.fact.key: row for row in (*shown.figures, *costs)}.values()
    known = [(row.label, _claimed(row.text) if row.level == "claimed" else row.text) for row in facts]
    told = [
        heading(shown.title, 2),
        *(paragraph(sentence) for sentence in _outlook(listed, reasons)),
        pairs([(_("Nummer"), offer.number), (_("Wo"), place or _("unbekannt")), *known]),
    ]
    for title, lines in (
        *_by_what_it_means(reasons),
        (_("Das kostet mehr, als Sie angegeben haben:"), _dearer(offer, reasons, household)),
    ):
        if lines:
            told += [paragraph(title), points(lines)]
    return [*told, *_works(listed.match.adaptations)]


def _worth_telling(reasons: Sequence[Reason]) -> list[Reason]:
    """Without how alike texts are, which is for a talk, and without what there is nothing to judge about: no width of a
    lift where there is none."""
    return [
        reason
        for reason in reasons
        if not isinstance(reason.sentences.criterion, Resembles) and reason.sentences.value != IDLE
    ]


def _outlook(listed: ListedMatch, reasons: Sequence[Reason]) -> list[str]:
    musts = [reason.grade for reason in reasons if reason.importance == "must" and reason.side == "seeker"]
    grades, mostly_open = set(musts), 2 * musts.count("unknown") > len(musts)
    denied = any(reason.sentences.denied for reason in reasons if reason.side == "seeker")
    if grades == {"unknown"} and not denied:
        return [_("Ob die Wohnung passt, wissen wir noch nicht: Alles, was sein muss, ist noch offen.")]
    told = [] if denied and listed.match.outlook == "clarify" else [str(OUTLOOKS[listed.match.outlook])]
    if told and mostly_open and listed.match.outlook == "clarify":
        told = [_("Nichts spricht dagegen. Aber das meiste, was sein muss, wissen wir noch nicht.")]
    if denied:
        told.append(_("Laut Anzeige passt etwas nicht, das sein muss. Das prüfen wir zuerst."))
    elif listed.match.outlook == "adapt" and "unknown" in grades:
        told.append(_("Manches ist noch zu klären."))
    return told


def _by_what_it_means(told: Sequence[Reason]) -> list[tuple[str, list[str]]]:
    """(heading, lines), the weightiest first."""

    asked = [each for each in told if each.side == "seeker"]

    def of(importance: str, *grades: str) -> list[str]:
        return [_line(each) for each in asked if each.importance == importance and each.grade in grades]

    return [
        (_("Das muss sein, und das passt:"), of("must", "met")),
        (_("Das muss sein und passt knapp:"), of("must", "nearly")),
        (_("Das muss sein und lässt sich ändern:"), of("must", "adaptable")),
        (
            _("Das muss sein, und laut Anzeige ist es nicht so. Wir prüfen das:"),
            [_line(each) for each in asked if each.importance == "must" and each.sentences.denied],
        ),
        (
            _("Das muss sein, und wir wissen es noch nicht. Wir fragen nach:"),
            [
                _line(each)
                for each in asked
                if (each.importance, each.grade) == ("must", "unknown") and not each.sentences.denied
            ],
        ),
        (_("Das muss sein und passt nicht:"), of("must", "missed")),
        (_("Das wünschen Sie sich, und das passt:"), of("wish", "met")),
        (_("Das wünschen Sie sich, und das lässt sich ändern:"), of("wish", "adaptable")),
        (_("Das wünschen Sie sich, und das passt nicht oder nur fast:"), of("wish", "nearly", "missed")),
        (_("Das wünschen Sie sich, und wir wissen es noch nicht:"), of("wish", "unknown")),
        (_("Das fragt das Angebot von Ihnen:"), [_asked(each) for each in told if each.side == "provider"]),
    ]


ASKED_OF_YOU = {
    "met": _l("Das trifft auf Sie zu."),
    "nearly": _l("Das trifft fast auf Sie zu."),
    "unknown": _l("Dazu haben Sie noch nichts angegeben."),
    "missed": _l("Das trifft auf Sie nicht zu."),
}


def _asked(reason: Reason) -> str:
    """What the offer asks of the household; what it has said itself stands beside it where the two differ."""
    said = _said(reason)
    words = f"{said.label}: {said.wanted}. {ASKED_OF_YOU[reason.grade]}"
    if reason.grade in ("nearly", "missed"):
        words += " " + _("Sie haben angegeben: %(value)s.", value=said.found)
    return words


def _said(reason: Reason) -> Sentences:
    """In the language of the letter; a list is ranked in German."""
    return replace(reason.sentences, language=spoken())


def _line(reason: Reason) -> str:
    """One reason as a point of a list, whose heading says already what it means."""
    said = _said(reason)
    found = _claimed(said.found) if reason.evidence == "claimed" and not said.guessed else said.found
    if reason.grade == "met":
        return f"{said.label}: {found}"
    if reason.grade == "unknown":
        return said.label if said.value is None else f"{said.label}: {found}"
    words = _("%(label)s: %(found)s. Sie möchten: %(wanted)s.", label=said.label, found=found, wanted=said.wanted)
    # The works of musts stand in a table of their own, with their sum.
    if said.works and reason.importance == "wish":
        cost, payers = cost_range(*said.works.cost_eur), ", ".join(_named(said.works.funding))
        words += " " + _("Möglich ist: %(works)s, %(cost)s.", works=_(said.works.label), cost=cost)
        words += " " + _("Vielleicht zahlt: %(payers)s.", payers=payers) if payers else ""
    return words


def _dearer(offer: Offer, reasons: Sequence[Reason], household: Mapping[str, object]) -> list[str]:
    """What must be paid at the beginning and is more than the household said it can, by a cent or more, also where the
    offer itself does not ask."""
    told = {reason.key for reason in reasons if reason.side == "provider"}
    lines = []
    for cost, means in PAID_FROM:
        asked, possible = getattr(offer, cost.key), household.get(means.key)
        if asked is None or not isinstance(possible, int | float) or asked <= possible or means.key in told:
            continue
        amounts = {"asked": cost.format(asked, spoken()), "possible": means.format(possible, spoken())}
        missing = means.format(round(float(asked) - possible, 2), spoken())
        lines.append(
            _(
                "%(label)s: %(asked)s. Dafür möglich ist nach Ihrer Angabe: %(possible)s. Es fehlen: %(missing)s.",
                label=_(cost.label),
                missing=missing,
                **amounts,
            )
        )
    return lines


def _claimed(words: str) -> str:
    return _("%(value)s (laut Anzeige, noch nicht geprüft)", value=words)


def _works(works: Sequence[AdaptationAdvice]) -> list[Part]:
    """What works would make it fit, what they cost, one by one and together, and who may pay."""
    if not works:
        return []
    rows = [(_pieces(each), cost_range(*each.cost_eur), _payers(each)) for each in works]
    total = works_total(works)
    if total and len(works) > 1:
        rows.append((_("Alles zusammen"), cost_range(*total.cost_eur), ""))
    if all(each.agreed for each in works):
        first = _("Die Zustimmung zu den Umbauten liegt vor. Beginnen Sie erst, wenn Sie auch eine Zusage haben.")
    else:
        first = _("Beginnen Sie erst, wenn Sie eine Zusage haben und die Vermieterin oder der Vermieter zustimmt.")
    return [
        table(_("Umbauten, mit denen es passt"), [_("Was"), _("Was es kostet"), _("Wer vielleicht zahlt")], rows),
        paragraph(first),
    ]


def _pieces(works: AdaptationAdvice) -> str:
    """What is done, and how often and for how much each where it is done piece by piece."""
    label = _(works.label)
    if works.pieces == 1:
        return label
    each = cost_range(*works.piece_eur)
    return _("%(works)s, %(pieces)s Mal, je %(each)s", works=label, pieces=works.pieces, each=each)


def _payers(works: AdaptationAdvice) -> str:
    return "\n".join(_named(works.funding)) or _("Sie selbst")


def _named(funding: Sequence[str]) -> list[str]:
    """The programmes by name, in the order of the works."""
    names = {hint.program.key: hint.program.name for hint in funding_hints(funding)}
    return [names[key] for key in funding if key in names]
