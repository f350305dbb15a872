"""What becomes of a delivery: which step leads from where to where, and who takes it. A worker is the system."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.intake.models import ImportRun, RunState

S = RunState
SENDER, OFFICE, SYSTEM = (Party.PROVIDER, Party.OFFICE), (Party.OFFICE,), (Party.SYSTEM,)

APPLY, APPROVE, DISCARD, UNDO, DECIDE_DOUBLE = "uebernehmen", "freigeben", "verwerfen", "zuruecknehmen", "doppelt"
ASK_COLUMNS, ASSIGN = "spalten-fragen", "spalten"
STAGE, REFUSE, PROMOTE, GIVE_BACK, UNDONE = "gelesen", "nicht-lesbar", "uebernommen", "gescheitert", "zurueckgenommen"
NOT_UNDONE = "nicht-zurueckgenommen"


def _untouched(run: ImportRun) -> None:
    if run.is_partly_taken:
        raise Conflict(
            _(
                "Ein Teil der Lieferung steht schon in Ihren Angeboten. Übernehmen Sie den Rest, oder nehmen Sie sie"
                " zurück."
            )
        )


# To take it over means to hand it to the office where that looks at what the organisation publishes.
IMPORT_STEPS: StepTable[ImportRun] = StepTable(
    Step(
        APPLY,
        (*SENDER, Party.SYSTEM),
        (S.STAGED,),
        S.APPLYING,
        _l("Übernehmen"),
        _l("Die Wohnberatung sieht die Lieferung an und übernimmt sie dann."),
        instead=(S.REVIEW,),
    ),
    Step(APPROVE, OFFICE, (S.REVIEW,), S.APPLYING, _l("Freigeben und übernehmen")),
    Step(
        DISCARD,
        SENDER,
        (S.READING, S.ASKING, S.STAGED, S.REVIEW, S.REFUSED),
        S.DISCARDED,
        _l("Verwerfen"),
        _l("Die Lieferung ist verworfen. An den Angeboten hat sich nichts geändert."),
        guards=(_untouched,),
    ),
    # One that failed on its way is staged again, with a part of it in the offers.
    Step(UNDO, SENDER, (S.PROMOTED, S.STAGED), S.UNDOING, _l("Zurücknehmen"), asks=True),
    # Said at a home of the delivery; the preview is made anew.
    Step(
        DECIDE_DOUBLE,
        SENDER,
        (S.STAGED,),
        S.READING,
        done=_l("Gemerkt. Die Vorschau wird neu gemacht."),
        guards=(_untouched,),
    ),
    # Said once for all tables of the organisation; a preview that is there is made anew.
    Step(
        ASSIGN,
        SENDER,
        (S.ASKING, S.STAGED),
        S.READING,
        _l("Spalten anders zuordnen"),
        _l("Gemerkt, auch für Ihre nächsten Tabellen. Die Tabelle wird neu gelesen."),
        guards=(_untouched,),
        asks=True,
    ),
    Step(ASK_COLUMNS, SYSTEM, (S.READING,), S.ASKING),
    # On the command line the same file may come again after it was taken over.
    Step(STAGE, SYSTEM, (S.READING, S.STAGED, S.PROMOTED), S.STAGED),
    Step(REFUSE, SYSTEM, (S.READING,), S.REFUSED),
    Step(PROMOTE, SYSTEM, (S.APPLYING,), S.PROMOTED),
    Step(GIVE_BACK, SYSTEM, (S.APPLYING,), S.STAGED),
    Step(UNDONE, SYSTEM, (S.UNDOING,), S.UNDONE),
    Step(NOT_UNDONE, SYSTEM, (S.UNDOING,), S.PROMOTED, instead=(S.STAGED,)),
    begins=(S.READING, S.STAGED),
    final=(S.DISCARDED, S.UNDONE),
    refused=lambda run: Conflict(
        _("Mit dieser Lieferung ist inzwischen etwas anderes geschehen. Bitte sehen Sie die Seite neu an.")
    ),
)
