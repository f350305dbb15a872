"""What becomes of a job: a worker is the system, who watches over the office gives it a new chance."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.jobs.models import Job, JobState

S = JobState
OFFICE, SYSTEM = (Party.OFFICE,), (Party.SYSTEM,)
TAKE, FINISH, GIVE_UP, GIVE_BACK = "nehmen", "erledigen", "aufgeben", "zurueckgeben"
RETRY, RUN_NOW = "noch-einmal", "jetzt"

JOB_STEPS: StepTable[Job] = StepTable(
    # One whose worker died is running still when the next one takes it.
    Step(TAKE, SYSTEM, (S.WAITING, S.RUNNING), S.RUNNING),
    # Periodic work waits for its next turn, whatever came of this one.
    Step(FINISH, SYSTEM, (S.RUNNING,), S.DONE, instead=(S.WAITING,)),
    Step(GIVE_UP, SYSTEM, (S.RUNNING,), S.FAILED, instead=(S.WAITING,)),
    Step(GIVE_BACK, SYSTEM, (S.RUNNING,), S.WAITING),
    Step(RETRY, OFFICE, (S.FAILED,), S.WAITING, _l("Noch einmal"), _l("Der Vorgang beginnt in wenigen Sekunden.")),
    Step(
        RUN_NOW,
        OFFICE,
        (S.WAITING,),
        S.WAITING,
        _l("Jetzt ausführen"),
        _l("Der Vorgang beginnt in wenigen Sekunden."),
        stays=True,
        button=lambda job, _party: job.periodic,
    ),
    begins=(S.WAITING,),
    final=(S.DONE,),
    refused=lambda _job: Conflict(_("Mit diesem Vorgang ist inzwischen etwas anderes geschehen.")),
)
