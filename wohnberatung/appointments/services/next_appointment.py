"""The next appointment as said at the end of a talk: "Donnerstag 14 Uhr Hausbesuch" is booked with who says it."""

import re
from datetime import timedelta

from flask_babel import gettext as _

from wohnberatung.appointments.openings import WAYS, Way, moment_of
from wohnberatung.appointments.services.booking import Taken
from wohnberatung.appointments.services.hours import unusual
from wohnberatung.appointments.services.office import book_for
from wohnberatung.appointments.services.slots import Slot, free_slots
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.content import content_of
from wohnberatung.cases.services.follow_ups import NO_TIME
from wohnberatung.cases.spoken_dates import Said
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError

FIELD = "appointment"
# How a way to meet is said in a line; the first that is found is meant.
SPOKEN = {
    "home": r"hausbesuch|besuch|zu ?hause|daheim|vor ort|wohnungsbesichtigung|aufma(?:ß|ss)",
    "video": r"video\w*|online|zoom|teams",
    "phone": r"tel\.?|telefon\w*|anruf\w*|anrufen|zurückrufen|rückruf",
    "office": r"büro|sprechstunde|beratungsstelle|bei uns|persönlich|im amt",
}
# So many free times are named where the wanted one is not free, within so many days.
NAMED, LOOKED_AHEAD = 3, timedelta(days=10)


def way_said(text: str) -> Way | None:
    """How one wants to meet; None where the line does not say."""
    found = (key for key, words in SPOKEN.items() if re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE))
    return next((WAYS[key] for key in found), None)


def book_next(case: Case, said: Said, actor: Actor) -> str:
    """Book it for the person of the case with the acting advisor; a sentence that says what is booked.

    Raises DomainError at `appointment` where the line lacks the time or the way to meet, where the day is over, and
    where the time is not free: then it says what is in the way and what is free instead. An unusual time was asked
    about before (`doubt_about`).
    """
    way = way_said(said.text)
    if said.at is None:
        raise DomainError(str(NO_TIME), FIELD)
    if way is None:
        ask = _("Bitte schreiben Sie dazu, wie Sie sich treffen: Telefon, Video, Büro oder Hausbesuch.")
        raise DomainError(ask, FIELD)
    if said.at.minute % 15:
        raise DomainError(_("Bitte wählen Sie eine volle Viertelstunde, zum Beispiel 14:15 Uhr."), FIELD)
    starts_at, known = moment_of(said.day, said.at), content_of(case)
    content = {name: known[name] for name in ("name", "phone", "email", "address")} | {"concern": said.text}
    try:
        book_for(
            way=way.key, starts_at=starts_at, user_id=actor.user_id or "", content=content, case_id=case.id, actor=actor
        )
    except Taken as error:
        raise DomainError(f"{error.message} {_instead(way, said, actor)}".strip(), FIELD) from None
    except DomainError as error:
        raise DomainError(error.message, FIELD) from None
    moment = f"{said.day:%d.%m.%Y}, {said.at:%H:%M}"
    return _("Termin gebucht: %(way)s am %(moment)s Uhr.", way=way.short, moment=moment)


def doubt_about(said: Said, actor: Actor) -> str:
    """What to think about before it is booked: that the time is unusual, and that only one is booked of many."""
    way = way_said(said.text)
    if said.at is None or way is None:
        return ""
    once = _("Gebucht wird nur der erste dieser Termine.") if said.every else ""
    return " ".join(filter(None, (unusual(way, moment_of(said.day, said.at), actor.user_id or ""), once)))


def _instead(way: Way, said: Said, actor: Actor) -> str:
    """The next times at which this advisor is free for it, within their hours; empty where there are none."""
    free = free_slots(way, said.day, said.day + LOOKED_AHEAD, (actor.user_id or "",), not_before=clock.now())
    times = ", ".join(_words(slot) for slot in free[:NAMED])
    return _("Frei sind zum Beispiel: %(times)s.", times=times) if times else ""


def _words(slot: Slot) -> str:
    return f"{clock.to_berlin(slot.starts_at):%d.%m. %H:%M}"
