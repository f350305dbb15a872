"""What becomes of a report of a year: a person of the administration publishes it, and may withdraw it."""

from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.planning.models import YearlyReport, YearlyReportState

S = YearlyReportState
PUBLISH, WITHDRAW = "veroeffentlichen", "zurueckziehen"


def says_something_in_both(report: YearlyReport) -> None:
    """DomainError where a section is told in one of its languages only."""
    for section in report.sections:
        if bool(section.text.strip()) != bool(section.easy_text.strip()):
            raise DomainError(_("Ein Abschnitt hat nur einen der beiden Texte: Schreiben Sie beide, oder keinen."))


def _enter(report: YearlyReport, state: StrEnum) -> None:
    report.state = S(state)
    report.published_at = clock.now() if state == S.PUBLISHED else report.published_at
    if state != S.PUBLISHED:
        report.pdf = report.easy_pdf = None


REPORT_STEPS: StepTable[YearlyReport] = StepTable(
    Step(
        PUBLISH,
        (Party.OFFICE,),
        (S.DRAFT, S.WITHDRAWN),
        S.PUBLISHED,
        _l("Bericht veröffentlichen"),
        _l("Der Bericht ist jetzt für alle zu lesen."),
        guards=(says_something_in_both,),
    ),
    Step(
        WITHDRAW,
        (Party.OFFICE,),
        (S.PUBLISHED,),
        S.WITHDRAWN,
        _l("Bericht zurückziehen"),
        _l("Der Bericht ist nicht mehr öffentlich. Sie können ihn ändern und neu veröffentlichen."),
    ),
    begins=(S.DRAFT,),
    refused=lambda _report: Conflict(_("Das geht nicht mehr: Der Bericht hat inzwischen einen anderen Stand.")),
    enter=_enter,
)
