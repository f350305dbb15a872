"""What requests may say beside what they ask, for a city-wide proposal: urgency and months of waiting.

Neither enters a ranking; both weigh in `Priorities` only.
"""

from typing import Any

from matching.catalogue import Market
from matching.json_input import RecordReader
from matching.language import mark
from matching.proposals.assignment_values import MOST_URGENT, Priorities
from matching.requests import Request

LONGEST_WAIT_MONTHS = 1200


def read_prioritised(content: str | bytes, market: Market) -> tuple[list[Request], Priorities]:
    """Requests of a JSON file with the optional fields `urgency` (0 to 3) and `waiting_months`; raises
    `ContractError` with every fault."""
    reader = _PriorityReader(market, mark("Gesuch"))
    requests = reader.records(content, reader.request)
    return requests, Priorities(reader.urgency, reader.waiting_months)


class _PriorityReader(RecordReader):
    def __init__(self, market: Market, what: str) -> None:
        super().__init__(market, what)
        self.urgency: dict[str, int] = {}
        self.waiting_months: dict[str, float] = {}

    def request(self, record_id: str, item: dict[str, Any]) -> Request:
        urgency = self.number(item, "urgency", "urgency", 0, MOST_URGENT, 0)
        if not float(urgency).is_integer():
            self.fault("urgency", mark("Erwartet wird eine ganze Zahl."))
        self.urgency[record_id] = int(urgency)
        self.waiting_months[record_id] = self.number(
            item, "waiting_months", "waiting_months", 0, LONGEST_WAIT_MONTHS, 0
        )
        return super().request(record_id, item)
