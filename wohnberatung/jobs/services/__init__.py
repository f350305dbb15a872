"""Use cases of jobs: ask for one, take the next, say what came of it, see whether all is in time."""

from wohnberatung.jobs.services.claiming import Claimed, anything_due, claim
from wohnberatung.jobs.services.ending import fail, finish
from wohnberatung.jobs.services.overview import Late, Line, late, lines
from wohnberatung.jobs.services.planning import plan
from wohnberatung.jobs.services.queue import enqueue, get_job, retry

__all__ = [
    "Claimed",
    "Late",
    "Line",
    "anything_due",
    "claim",
    "enqueue",
    "fail",
    "finish",
    "get_job",
    "late",
    "lines",
    "plan",
    "retry",
]
