"""What works and aids cost, as a letter says it."""

from collections.abc import Sequence

from flask_babel import gettext as _

from wohnberatung.advice.models import Parameter
from wohnberatung.bridge.wording import money
from wohnberatung.core.languages import current_language
from wohnberatung.papers import Part, paragraph


def dated(costs: Sequence[Parameter | None]) -> list[Part]:
    """Of when the usual costs are; nothing where none is named."""
    days = [cost.checked_on for cost in costs if cost]
    if not days:
        return []
    day = f"{max(days):{current_language().day_format}}"
    return [paragraph(_("Die üblichen Kosten sind Schätzungen, Stand %(day)s. Bitte holen Sie Angebote ein.", day=day))]


def cost_range(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return _("noch offen")
    if low is None or high is None or low == high:
        return _("etwa %(amount)s", amount=money((low if high is None else high) or 0))
    if not low:
        return _("bis etwa %(high)s", high=money(high))
    return _("etwa %(low)s bis %(high)s", low=money(low), high=money(high))
