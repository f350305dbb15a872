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
    ),
    Step(UNDO, SENDER, (S.PROMOTED,), S.UNDOING, _l("Zurücknehmen"), asks=True),
    # Said at a home of the delivery; the preview is made anew.
    Step(DECIDE_DOUBLE, SENDER, (S.STAGED,), S.READING, done=_l("Gemerkt. Die Vorschau wird neu gemacht.")),
    # Said once for all tables of the organisation; a preview that is there is made anew.
    Step(
        ASSIGN,
        SENDER,
        (S.ASKING, S.STAGED),
        S.READING,
        _l("Spalten anders zuordnen"),
        _l("Gemerkt, auch für Ihre nächsten Tabellen. Die Tabelle wird neu gelesen."),
        asks=True,
    ),
    Step(ASK_COLUMNS, SYSTEM, (S.READING,), S.ASKING),
    # On the command line the same file may come again after it was taken over.
    Step(STAGE, SYSTEM, (S.READING, S.STAGED, S.PROMOTED), S.STAGED),
    Step(REFUSE, SYSTEM, (S.READING,), S.REFUSED),
    Step(PROMOTE, SYSTEM, (S.APPLYING,), S.PROMOTED),
    Step(GIVE_BACK, SYSTEM, (S.APPLYING,), S.STAGED),
    Step(UNDONE, SYSTEM, (S.UNDOING,), S.UNDONE),
    begins=(S.READING, S.STAGED),
    final=(S.DISCARDED, S.UNDONE),
    refused=lambda run: Conflict(
        _("Mit dieser Lieferung ist inzwischen etwas anderes geschehen. Bitte sehen Sie die Seite neu an.")
    ),
)
