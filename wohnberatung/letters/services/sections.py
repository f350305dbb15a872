"""What the sections of a letter say about a case, in plain sentences."""

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matching.explanation import AdaptationAdvice, Reason, works_total
from matching.kinds import Resembles
from wohnberatung.advice.models import Parameter
from wohnberatung.brokerage.services.rankings import ListedMatch, ranked_list
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.requests import requests_of
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, Forbidden
from wohnberatung.core.settings import setting
from wohnberatung.dwellings.services.sheets import fact_sheet
from wohnberatung.dwellings.services.showcase import shown_offer
from wohnberatung.measures.services.funding import FundingHint, cost_hint, funding_hints, option
from wohnberatung.measures.services.measures import MeasureSheet, goals_of, measures_of
from wohnberatung.papers import Part, heading, in_one_line, pairs, paragraph, points, steps, table
from wohnberatung.surveys.services.barriers import barriers_of
from wohnberatung.surveys.services.surveys import surveys_of

MOST_HOMES = 5
OVER = ("done", "dropped", "refused")
LACKING = ("adaptable", "missed")
COSTS = "money"


def sections(case: Case, actor: Actor, written: str) -> dict[str, Callable[[], list[Part]]]:
    """By placeholder, made when asked for."""
    return {
        "beratung": lambda: [paragraph(text) for text in _paragraphs(written)],
        "ziele": lambda: _goals(case),
        "barrieren": lambda: _barriers(case, actor),
        "massnahmen": lambda: _measures(case),
        "foerderung": lambda: _funding(case),
        "wohnungen": lambda: _homes(case, actor),
        "kontakt": _contact,
    }


def _paragraphs(text: str) -> list[str]:
    return [" ".join(each.split()) for each in text.replace("\r\n", "\n").split("\n\n") if each.strip()]


def _goals(case: Case) -> list[Part]:
    texts = [text for goal, text in goals_of(case) if goal.state == "open"]
    return [points(texts)] if texts else []


def _barriers(case: Case, actor: Actor) -> list[Part]:
    """Of the newest survey, rather of the person's own home: what is needed and not there, and what would help."""
    sheets = sorted(surveys_of(case, actor), key=lambda sheet: sheet.survey.dwelling_id is not None)
    found = barriers_of(sheets[0]).found if sheets else ()
    if not found:
        return []
    return [points(barrier.sentence for barrier in found), *_dated([barrier.cost for barrier in found])]


def _measures(case: Case) -> list[Part]:
    sheets = [sheet for sheet in measures_of(case) if sheet.measure.status not in OVER]
    if not sheets:
        return []
    rows = [(sheet.title, _cost(sheet), sheet.status) for sheet in sheets]
    told = [table(_("Maßnahmen mit ihren Kosten"), [_("Was"), _("Was es kostet"), _("Stand")], rows)]
    told += _dated([sheet.usual_cost for sheet in sheets])
    agreeing = sorted({words for sheet in sheets for words in sheet.consents})
    if agreeing:
        told.append(paragraph(_("Diese müssen vorher zustimmen: %(people)s.", people=", ".join(agreeing))))
    return told


def _dated(costs: Sequence[Parameter | None]) -> list[Part]:
    """Of when the usual costs are; nothing where none is named."""
    days = [cost.checked_on for cost in costs if cost]
    if not days:
        return []
    day = f"{max(days):%d.%m.%Y}"
    return [paragraph(_("Die üblichen Kosten sind Schätzungen, Stand %(day)s. Bitte holen Sie Angebote ein.", day=day))]


def _cost(sheet: MeasureSheet) -> str:
    low, high = sheet.content["cost_low"], sheet.content["cost_high"]
    if low is None and high is None and sheet.usual_cost:
        low, high = sheet.usual_cost.value, sheet.usual_cost.value_high
    return _range(low, high)


def _range(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return _("noch offen")
    if low is None or high is None or low == high:
        return _("etwa %(amount)s", amount=_euro(low if high is None else high))
    return _("etwa %(low)s bis %(high)s", low=_euro(low), high=_euro(high))


def _euro(value: float | None) -> str:
    return f"{value or 0:,.0f} €".replace(",", ".")


def _funding(case: Case) -> list[Part]:
    """Every programme of the open measures once, with its date and its mark."""
    keys = [key for sheet in measures_of(case) if sheet.measure.status not in OVER for key in sheet.content["programs"]]
    return [part for hint in funding_hints(keys) for part in _hint(hint)]


def _hint(hint: FundingHint) -> list[Part]:
    program = hint.program
    day = f"{program.checked_on:%d.%m.%Y}"
    mark = _("Stand %(day)s. Bitte noch einmal prüfen.", day=day) if program.to_verify else _("Stand %(day)s.", day=day)
    return [
        heading(program.name, 2),
        pairs([(_("Wofür"), program.what), (_("Wie viel"), program.amount), (_("Bedingungen"), program.conditions)]),
        steps(hint.steps),
        paragraph(mark + " " + _source(hint)),
    ]


def _source(hint: FundingHint) -> str:
    """Only what a city may cite: the law, and what public bodies have published."""
    if hint.citable:
        return _("Quelle: %(source)s.", source="; ".join(hint.citable))
    return _("Eine amtliche Quelle haben wir dafür nicht. Bitte fragen Sie dort nach.")


def _homes(case: Case, actor: Actor) -> list[Part]:
    """The best homes of the newest request that may be matched. DomainError where there is none to compare."""
    for request in requests_of(case, actor):
        try:
            listed = ranked_list(request.id, actor).matches
        except Forbidden:
            continue
        best = listed[:MOST_HOMES]
        if not best:
            return [paragraph(_("Im Moment passt keine freie Wohnung. Wir suchen weiter für Sie."))]
        works = [cost_hint(option(each.measure)) for listed_one in best for each in listed_one.match.adaptations]
        return [*(part for each in best for part in _home(each)), *_dated(works)]
    raise DomainError(_("Zu diesem Fall gibt es kein Gesuch, für das wir Wohnungen vergleichen dürfen."), "written")


OUTLOOKS = {
    "fits": _l("Alles, was sein muss, ist da."),
    "clarify": _l("Nichts spricht dagegen, aber manches ist noch zu klären."),
    "adapt": _l("Mit einem Umbau kann es passen."),
    "misses": _l("Etwas, das sein muss, fehlt."),
}


def _home(listed: ListedMatch) -> list[Part]:
    """All that is known of how the home suits: every must, every miss, everything open, and what works would cost.

    A letter is read by somebody who cannot open anything: what it leaves out does not exist for them."""
    offer = listed.offer
    shown = shown_offer(offer)
    place = ", ".join(part for part in (shown.neighbourhood, shown.address) if part)
    costs = [row for group in fact_sheet(offer) if group.theme == COSTS for row in group.known]
    facts = {row.fact.key: row for row in (*shown.figures, *costs)}.values()
    known = [(row.label, _claimed(row.text) if row.level == "claimed" else row.text) for row in facts]
    told = [
        heading(offer.display_title, 2),
        paragraph(OUTLOOKS[listed.match.outlook]),
        pairs([(_("Nummer"), offer.number), (_("Wo"), place or _("unbekannt")), *known]),
    ]
    for title, reasons in _by_what_it_means(listed.match.reasons):
        if reasons:
            told += [paragraph(title), points(_line(reason) for reason in reasons)]
    return [*told, *_works(listed.match.adaptations)]


def _by_what_it_means(reasons: Sequence[Reason]) -> list[tuple[str, list[Reason]]]:
    """(heading, reasons), the weightiest first. How alike texts are is for a talk and stays out."""
    told = [reason for reason in reasons if not isinstance(reason.sentences.criterion, Resembles)]

    def of(side: str, importance: str, *grades: str) -> list[Reason]:
        return [each for each in told if (each.side, each.importance) == (side, importance) and each.grade in grades]

    asked = [reason for reason in told if reason.side == "provider"]
    return [
        (_("Das muss sein, und das passt:"), of("seeker", "must", "met")),
        (_("Das muss sein und passt knapp:"), of("seeker", "must", "nearly")),
        (_("Das muss sein und lässt sich ändern:"), of("seeker", "must", "adaptable")),
        (_("Das muss sein, und wir wissen es noch nicht. Wir fragen nach:"), of("seeker", "must", "unknown")),
        (_("Das muss sein und passt nicht:"), of("seeker", "must", "missed")),
        (_("Das wünschen Sie sich, und das passt:"), of("seeker", "wish", "met")),
        (_("Das wünschen Sie sich, und das passt nicht oder nur fast:"), of("seeker", "wish", "nearly", *LACKING)),
        (_("Das wünschen Sie sich, und wir wissen es noch nicht:"), of("seeker", "wish", "unknown")),
        (_("Das fragt das Angebot von Ihnen:"), asked),
    ]


ASKED_OF_YOU = {
    "met": _l("Das trifft auf Sie zu."),
    "nearly": _l("Das trifft fast auf Sie zu."),
    "unknown": _l("Dazu haben Sie noch nichts angegeben."),
    "missed": _l("Das trifft auf Sie nicht zu."),
}


def _line(reason: Reason) -> str:
    """One reason as a point of a list, whose heading says already what it means."""
    said = reason.sentences
    if reason.side == "provider":
        return f"{said.label}: {said.wanted}. {ASKED_OF_YOU[reason.grade]}"
    found = _claimed(said.found) if reason.evidence == "claimed" else said.found
    if reason.grade == "met":
        return f"{said.label}: {found}"
    if reason.grade == "unknown":
        return said.label if said.value is None else f"{said.label}: {found}"
    return _("%(label)s: %(found)s. Sie möchten: %(wanted)s.", label=said.label, found=found, wanted=said.wanted)


def _claimed(words: str) -> str:
    return _("%(value)s (laut Anzeige, noch nicht geprüft)", value=words)


def _works(works: Sequence[AdaptationAdvice]) -> list[Part]:
    """What works would make it fit, what they cost, one by one and together, and who may pay."""
    if not works:
        return []
    payers = {hint.program.key: hint.program.name for each in works for hint in funding_hints(each.funding)}
    rows = [(_pieces(each), _range(*each.cost_eur), _payers(each, payers)) for each in works]
    total = works_total(works)
    if total and len(works) > 1:
        rows.append((_("Alles zusammen"), _range(*total.cost_eur), ""))
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
    if works.pieces == 1:
        return works.label
    each = _range(*works.piece_eur)
    return _("%(works)s, %(pieces)s Mal, je %(each)s", works=works.label, pieces=works.pieces, each=each)


def _payers(works: AdaptationAdvice, names: Mapping[str, str]) -> str:
    return "\n".join(names[key] for key in works.funding if key in names) or _("Sie selbst")


def _contact() -> list[Part]:
    named = (
        (_("Telefon"), setting("OFFICE_PHONE")),
        (_("E-Mail"), setting("OFFICE_EMAIL")),
        (_("Adresse"), setting("OFFICE_ADDRESS")),
    )
    rows = [(label, in_one_line(words)) for label, words in named if words]
    return [pairs(rows)] if rows else []
