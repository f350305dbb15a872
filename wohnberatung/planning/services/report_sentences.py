"""Sentences made of published figures, for somebody to edit: what a report of a year says before anybody has written.

A sentence says "about", as every figure is rounded; none says more or less of two that lie nearer together than the
protection moves them, and none tells a mean. What there are fewer than ten of is said to be that.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import force_locale, format_date
from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.bridge.wording import spoken
from wohnberatung.core.languages import EASY, GERMAN, ReadLanguage
from wohnberatung.extensions import db
from wohnberatung.planning.cubes import ALL, BY_KEY
from wohnberatung.planning.models import PlanningCube, PlanningSnapshot
from wohnberatung.planning.protection import FEWEST_TOLD
from wohnberatung.planning.services.counting import Figures
from wohnberatung.planning.services.report_outline import BY_OUTLINE, Outline, OutlineRow, rows_of
from wohnberatung.planning.services.tables import LACKING, number_in

MOST_NAMED = 3
CERTAIN_CHANGE = 15
"""Two figures differ for sure where they are so far apart: three standard deviations (4.6) of the difference of two
that are each shifted by both draws and rounded to 5, see protection.py."""

WHOLE = BY_KEY["stadtteile"]


def texts_of(key: str, figures: Mapping[str, Figures], month: date) -> tuple[str, str]:
    """What the section says in German and in easy German."""
    german, easy = (_text(BY_OUTLINE[key], figures, month, language) for language in (GERMAN, EASY))
    return german, easy


def _text(outline: Outline, figures: Mapping[str, Figures], month: date, language: ReadLanguage) -> str:
    with force_locale(language.locale):
        if outline.key == "ueberblick":
            return "\n".join(_overview(figures.get(WHOLE.key, {}), month))
        if not outline.cube:
            return "\n".join(_about_figures())
        return largest(str(outline.lead), rows_of(outline, figures), str(outline.counted))


def largest(lead: str, rows: Sequence[OutlineRow], counted: str) -> str:
    """The lead and the first rows as points, or that there is nothing to tell."""
    if not rows:
        return _("Alle Zahlen dazu liegen unter 10. Deshalb nennen wir keine.")
    return "\n".join([lead, *(f"- {row.label}: {_about(row.number, counted)}" for row in rows[:MOST_NAMED])])


def _about(number: int, counted: str) -> str:
    return _("etwa %(count)s %(counted)s", count=spoken().number(number), counted=counted)


def _overview(figures: Figures, month: date) -> list[str]:
    seeking, lacking = (number_in(WHOLE, figures, (ALL,), measure) for measure in ("all", LACKING))
    said = month_words(month)
    if seeking < FEWEST_TOLD:
        return [_("Im %(month)s suchten weniger als 10 Haushalte eine Wohnung.", month=said)]
    number = spoken().number
    return [
        _("Im %(month)s suchten etwa %(count)s Haushalte eine Wohnung.", month=said, count=number(seeking)),
        _("Für etwa %(count)s von ihnen kam keine der angebotenen Wohnungen infrage.", count=number(lacking))
        if lacking >= FEWEST_TOLD
        else _("Für weniger als 10 von ihnen kam keine der angebotenen Wohnungen infrage."),
        *_change(seeking, month),
    ]


def _change(seeking: int, month: date) -> list[str]:
    """Against the oldest month within a year before."""
    year_ago = month.replace(year=month.year - 1)
    query = select(PlanningSnapshot.month, PlanningCube.total).join(PlanningSnapshot)
    query = query.where(
        PlanningCube.key == WHOLE.key, PlanningSnapshot.month >= year_ago, PlanningSnapshot.month < month
    )
    found = db.session.execute(query.order_by(PlanningSnapshot.month).limit(1)).first()
    if found is None or not found[1] or found[1][0] < FEWEST_TOLD:
        return []
    before, then = found[1][0], month_words(found[0])
    if abs(seeking - before) < CERTAIN_CHANGE:
        return [_("Das sind ungefähr so viele wie im %(month)s.", month=then)]
    words = {"month": then, "count": spoken().number(before)}
    if seeking > before:
        return [_("Das sind mehr als im %(month)s: Damals waren es etwa %(count)s.", **words)]
    return [_("Das sind weniger als im %(month)s: Damals waren es etwa %(count)s.", **words)]


def _about_figures() -> list[str]:
    return [
        _("Gezählt werden Haushalte, die der Vermittlung zugestimmt haben, und veröffentlichte Angebote."),
        _("Jede Zahl wird nach einem festen Verfahren ein wenig verändert und auf 5 gerundet."),
        _("Zahlen unter 10 nennen wir nicht. So erfährt niemand etwas über einen einzelnen Menschen."),
    ]


def month_words(month: date) -> str:
    """``November 2026``, in the language that is spoken."""
    return str(format_date(month, "LLLL y"))
