"""What the sections of a letter say about a case, in plain sentences."""

from collections.abc import Callable

from flask_babel import force_locale
from flask_babel import gettext as _

from wohnberatung.cases.models import Case
from wohnberatung.core.actors import Actor
from wohnberatung.core.languages import GERMAN, current_language
from wohnberatung.core.settings import setting
from wohnberatung.letters.services.costs import cost_range, dated
from wohnberatung.letters.services.homes import best_homes
from wohnberatung.measures.services.funding import FundingHint, funding_hints, option
from wohnberatung.measures.services.measures import MeasureSheet, goals_of, measures_of
from wohnberatung.papers import Part, heading, in_one_line, pairs, paragraph, points, steps, table
from wohnberatung.surveys.services.barriers import barriers_of
from wohnberatung.surveys.services.surveys import surveys_of

OVER = ("done", "dropped", "refused")


def sections(case: Case, actor: Actor, written: str) -> dict[str, Callable[[], list[Part]]]:
    """By placeholder, made when asked for."""
    return {
        "beratung": lambda: [paragraph(text) for text in _paragraphs(written)],
        "ziele": lambda: _goals(case),
        "barrieren": lambda: _barriers(case, actor),
        "massnahmen": lambda: _measures(case),
        "foerderung": lambda: _funding(case),
        "wohnungen": lambda: best_homes(case, actor),
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
    return [points(barrier.sentence for barrier in found), *dated([barrier.cost for barrier in found])]


def _measures(case: Case) -> list[Part]:
    sheets = [sheet for sheet in measures_of(case) if sheet.measure.status not in OVER]
    if not sheets:
        return []
    rows = [(_titled(sheet), _cost(sheet), sheet.status) for sheet in sheets]
    told = [table(_("Maßnahmen mit ihren Kosten"), [_("Was"), _("Was es kostet"), _("Stand")], rows)]
    told += dated([sheet.usual_cost for sheet in sheets])
    agreeing = sorted({words for sheet in sheets for words in sheet.consents})
    if agreeing:
        told.append(paragraph(_("Diese müssen vorher zustimmen: %(people)s.", people=", ".join(agreeing))))
    return told


def _titled(sheet: MeasureSheet) -> str:
    """As the advisor named it; a usual name in the language of the letter."""
    usual = option(sheet.measure.option)
    if usual is None:
        return sheet.title
    with force_locale(GERMAN.locale):
        is_usual = sheet.title == str(usual.label)
    return str(usual.label) if is_usual else sheet.title


def _cost(sheet: MeasureSheet) -> str:
    low, high = sheet.content["cost_low"], sheet.content["cost_high"]
    if low is None and high is None and sheet.usual_cost:
        low, high = sheet.usual_cost.value, sheet.usual_cost.value_high
    return cost_range(low, high)


def _funding(case: Case) -> list[Part]:
    """Every programme of the open measures once, with its date and its mark."""
    keys = [key for sheet in measures_of(case) if sheet.measure.status not in OVER for key in sheet.content["programs"]]
    hints = funding_hints(keys)
    told = [part for hint in hints for part in _hint(hint)]
    if current_language() is not GERMAN and not all(hint.is_translated for hint in hints):
        german_only = _("Die Texte der Ämter und Kassen gibt es nur auf Deutsch. Wir erklären sie Ihnen gern.")
        return [paragraph(german_only), *told]
    return told


def _hint(hint: FundingHint) -> list[Part]:
    program, said = hint.program, hint.told
    day = f"{program.checked_on:{current_language().day_format}}"
    mark = _("Stand %(day)s. Bitte noch einmal prüfen.", day=day) if program.to_verify else _("Stand %(day)s.", day=day)
    return [
        heading(program.name, 2),
        pairs([(_("Wofür"), said["what"]), (_("Wie viel"), said["amount"]), (_("Bedingungen"), said["conditions"])]),
        steps(hint.told_steps),
        paragraph(mark + " " + _source(hint)),
    ]


def _source(hint: FundingHint) -> str:
    """Only what a city may cite: the law, and what public bodies have published."""
    if hint.citable:
        return _("Quelle: %(source)s.", source="; ".join(hint.citable))
    return _("Eine amtliche Quelle haben wir dafür nicht. Bitte fragen Sie dort nach.")


def _contact() -> list[Part]:
    named = (
        (_("Telefon"), setting("OFFICE_PHONE")),
        (_("E-Mail"), setting("OFFICE_EMAIL")),
        (_("Adresse"), setting("OFFICE_ADDRESS")),
    )
    rows = [(label, in_one_line(words)) for label, words in named if words]
    return [pairs(rows)] if rows else []
