"""Use cases of imports."""

from wohnberatung.intake.services.deciding import (
    apply_run,
    changes_anything,
    decide_double,
    discard_run,
    may_be_undone,
    undo_run,
)
from wohnberatung.intake.services.exporting import FORMATS, TABLES, report_file, stock_file, template_file
from wohnberatung.intake.services.looking import (
    VIEWS,
    counts_of,
    get_run,
    job_of,
    list_runs,
    organisations_of,
    run_of_token,
    sent_by,
    shown,
    shown_objects,
    waiting_runs,
)
from wohnberatung.intake.services.outcomes import Difference, Outcome, Report
from wohnberatung.intake.services.runs import Staged, TooManyRemovals, promote, stage
from wohnberatung.intake.services.sending import Sender, send
from wohnberatung.intake.services.tokens import (
    create_token,
    find_token,
    get_token,
    list_tokens,
    revoke_token,
    use_token,
)

__all__ = [
    "FORMATS",
    "TABLES",
    "VIEWS",
    "Difference",
    "Outcome",
    "Report",
    "Sender",
    "Staged",
    "TooManyRemovals",
    "apply_run",
    "changes_anything",
    "counts_of",
    "create_token",
    "decide_double",
    "discard_run",
    "find_token",
    "get_run",
    "get_token",
    "job_of",
    "list_runs",
    "list_tokens",
    "may_be_undone",
    "organisations_of",
    "promote",
    "report_file",
    "revoke_token",
    "run_of_token",
    "send",
    "sent_by",
    "shown",
    "shown_objects",
    "stage",
    "stock_file",
    "template_file",
    "undo_run",
    "use_token",
    "waiting_runs",
]
