"""The ways to meet the office: how long each takes, and what must stay free around it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

# Everything lasts whole quarters of an hour, so that a quarter can be claimed once.
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Way:
    """One way to meet. `label` speaks as the person
    who chooses, `short` as the office, `word`
    stands in addresses of pages. `travel` lies before and after, `buffer` for notes after; both keep the advisor busy.

    `contact` names the fields of a booking that must be filled in to meet in this way.
    """

    key: str
    word: str
    label: Any
    short: Any
    explanation: Any
    length: timedelta
    travel: timedelta = timedelta(0)
    buffer: timedelta = timedelta(0)
    contact: tuple[str, ...] = ()

    @property
    def before(self) -> timedelta:
        return self.travel

    @property
    def after(self) -> timedelta:
        return self.travel + self.buffer

    @property
    def minutes(self) -> int:
        return int(self.length.total_seconds()) // 60


WAYS = {
    way.key: way
    for way in (
        Way(
            "phone",
            "telefon",
            _l("Am Telefon"),
            _l("Telefon"),
            _l("Wir rufen Sie zur vereinbarten Zeit an."),
            timedelta(minutes=30),
            contact=("phone",),
        ),
        Way(
            "video",
            "video",
            _l("Mit Video am Computer oder Handy"),
            _l("Video"),
            _l("Den Link zum Gespräch finden Sie vorher auf der Seite Ihres Termins."),
            timedelta(minutes=45),
            contact=("email",),
        ),
        Way(
            "office",
            "buero",
            _l("In unserem Büro"),
            _l("Büro"),
            _l("Das Büro ist ohne Stufen erreichbar. Bringen Sie gern jemanden mit."),
            timedelta(minutes=45),
            buffer=QUARTER,
        ),
        Way(
            "home",
            "zuhause",
            _l("Bei mir zu Hause"),
            _l("Hausbesuch"),
            _l("Wir sehen uns Ihre Wohnung gemeinsam an."),
            timedelta(minutes=90),
            travel=timedelta(minutes=30),
            buffer=QUARTER,
            contact=("phone", "address"),
        ),
    )
}

BY_WORD = {way.word: way for way in WAYS.values()}
