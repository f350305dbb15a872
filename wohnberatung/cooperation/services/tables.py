"""Services to take away as a table: every Stadtteil with every kind, also those that nobody offers there."""

from collections.abc import Iterator

from flask_babel import gettext as _

from wohnberatung.bridge.neighbourhood_places import places
from wohnberatung.cooperation.kinds import ServiceKind, capacity_label, law_words, service_label
from wohnberatung.cooperation.models import OfferedService
from wohnberatung.cooperation.services.matrix import offered_there
from wohnberatung.cooperation.services.offered import public_services
from wohnberatung.intake.spreadsheet_writer import write_csv

BETWEEN = " | "


def as_csv() -> bytes:
    """What everybody may read, and nothing else: who offers it, under which law, with how much room as of which day.
    Where several do, their cells hold them in the same order."""
    heads = [_("Stadtbezirk"), _("Stadtteil"), _("Dienst"), _("Anzahl"), _("Wer"), _("Gesetz"), _("Plätze"), _("Stand")]
    return write_csv(heads, _rows())


def _rows() -> Iterator[list[str]]:
    services = public_services()
    for place in places():
        for kind in ServiceKind:
            there = offered_there(services, kind, place.code)
            yield [place.quarter, place.name, service_label(kind), str(len(there)), *_told(there)]


def _told(rows: list[OfferedService]) -> list[str]:
    return [
        BETWEEN.join(row.entry.name for row in rows),
        BETWEEN.join(law_words(row.kind, row.laws) for row in rows),
        BETWEEN.join(capacity_label(row.capacity) for row in rows),
        BETWEEN.join(f"{row.as_of:%d.%m.%Y}" for row in rows),
    ]
