"""Use cases of imports."""

from wohnberatung.intake.services.outcomes import Difference, Outcome, Report
from wohnberatung.intake.services.runs import Staged, TooManyRemovals, promote, stage

__all__ = ["Difference", "Outcome", "Report", "Staged", "TooManyRemovals", "promote", "stage"]
