"""Use cases of appointments."""

from wohnberatung.appointments.services.booking import Booked, Taken, book, cancel, content_of, erase
from wohnberatung.appointments.services.calendars import calendar_of, close_feed, has_feed, open_feed
from wohnberatung.appointments.services.hours import (
    Timetable,
    add_hours,
    add_special_day,
    advisors,
    remove_hours,
    remove_special_day,
    timetable,
)
from wohnberatung.appointments.services.mails import remind, tell
from wohnberatung.appointments.services.mine import (
    MyAppointment,
    cancel_mine,
    move_mine,
    my_appointment,
    my_calendar,
)
from wohnberatung.appointments.services.office import (
    Entry,
    annotate,
    book_for,
    calendar,
    held_appointments,
    load_entry,
    move_for,
    put_into_case,
    steps_of,
    take_step,
)
from wohnberatung.appointments.services.personal import stored_about
from wohnberatung.appointments.services.slots import (
    Slot,
    bookable_days,
    free_slots,
    next_free,
    public_slot,
    public_slots,
)

__all__ = [
    "Booked",
    "Entry",
    "MyAppointment",
    "Slot",
    "Taken",
    "Timetable",
    "add_hours",
    "add_special_day",
    "advisors",
    "annotate",
    "book",
    "book_for",
    "bookable_days",
    "calendar",
    "calendar_of",
    "cancel",
    "cancel_mine",
    "close_feed",
    "content_of",
    "erase",
    "free_slots",
    "has_feed",
    "held_appointments",
    "load_entry",
    "move_for",
    "move_mine",
    "my_appointment",
    "my_calendar",
    "next_free",
    "open_feed",
    "public_slot",
    "public_slots",
    "put_into_case",
    "remind",
    "remove_hours",
    "remove_special_day",
    "steps_of",
    "stored_about",
    "take_step",
    "tell",
    "timetable",
]
