"""What became of a file in an inbox, as a text beside it."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.settings import public_link
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRecord, ImportRun, RunState
from wohnberatung.intake.result import ObjectOutcome
from wohnberatung.intake.services.queries import counts_of

_STATES = {
    RunState.PROMOTED: _l("übernommen"),
    RunState.REFUSED: _l("nicht lesbar; es wurde nichts übernommen"),
    RunState.DISCARDED: _l("verworfen; es wurde nichts übernommen"),
    RunState.REVIEW: _l("gelesen; wartet auf die Wohnberatung"),
    RunState.UNDONE: _l("übernommen und wieder zurückgenommen"),
}


def report_on(run: ImportRun) -> str:
    """The state, the counts, and of every home what its sender should know."""
    state = str(_STATES.get(run.state, _("gelesen; wartet auf Sie")))
    return "\n".join((*_head(run.file_name, state), *_body(run), ""))


def failure(name: str, why: str) -> str:
    """Of a file that never became a delivery."""
    return "\n".join((*_head(name, _("nicht lesbar; es wurde nichts übernommen")), why, ""))


def _head(name: str, state: str) -> tuple[str, ...]:
    day = _("Bericht vom %(day)s", day=f"{clock.to_berlin(clock.now()):%d.%m.%Y, %H:%M}")
    return (_("Lieferung %(name)s", name=name), day, _("Stand: %(state)s", state=state), "")


def _body(run: ImportRun) -> Iterator[str]:
    yield from filter(None, (run.trouble, run.too_many_removals))
    counts = counts_of(run)
    if counts["alle"]:
        yield _(
            "Objekte: %(all)s, davon neu %(new)s, geändert %(changed)s, unverändert %(same)s, endet %(ended)s, "
            "übersprungen %(skipped)s, mit Fehlern %(faulty)s.",
            all=counts["alle"],
            new=counts["neu"],
            changed=counts["geaendert"],
            same=counts["unveraendert"],
            ended=counts["endet"],
            skipped=counts["uebersprungen"],
            faulty=counts["fehler"],
        )
    yield from run.notes
    reports = db.session.scalars(
        select(ImportRecord.report).where(ImportRecord.run_id == run.id).order_by(ImportRecord.number)
    )
    for outcome in map(ObjectOutcome.from_json, reports):
        if said := (*outcome.faults, *outcome.notes):
            yield ""
            yield f"{outcome.name} ({outcome.state_label})"
            yield from (f"- {words}" for words in said)
    yield ""
    yield public_link("intake.show_run", run_id=run.id)
