"""Booking by strangers and by the office; when the office can be met."""

from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from wohnberatung.advice.forms import EnquiryForm
from wohnberatung.appointments.openings import WAYS, Way, moment_of
from wohnberatung.bridge.fields import CheckboxesField
from wohnberatung.bridge.typed_fields import ClockField, DayField
from wohnberatung.web.forms import Form, VersionedForm, at_most, email_address, phone_number

WEEKDAYS = (
    _l("Montag"),
    _l("Dienstag"),
    _l("Mittwoch"),
    _l("Donnerstag"),
    _l("Freitag"),
    _l("Samstag"),
    _l("Sonntag"),
)
CHOOSE = _l("Bitte wählen Sie eine der angebotenen Antworten.")
NEEDED = {
    "phone": _l("Bitte geben Sie eine Telefonnummer an, unter der wir Sie zur vereinbarten Zeit erreichen."),
    "email": _l("Bitte geben Sie eine E-Mail-Adresse an, damit wir Ihnen den Link zum Gespräch schicken können."),
    "address": _l("Bitte geben Sie an, wohin wir kommen sollen."),
}


def _ways() -> list[tuple[str, Any]]:
    return [(way.key, way.short) for way in WAYS.values()]


class BookingForm(EnquiryForm):
    """A stranger books a free time; what must be filled in depends on the way of meeting."""

    own_words = "concern"
    contact_fields: tuple[str, ...] = ("name", "phone", "email", "address")
    concern = TextAreaField(
        _l("Worum geht es?"),
        description=_l("Ein Satz genügt. Bitte keine Diagnosen."),
        validators=[at_most(1000)],
        render_kw={"rows": 3},
    )
    support = TextAreaField(
        _l("Was brauchen Sie für das Gespräch?"),
        description=_l("Zum Beispiel: Gebärdensprache, Leichte Sprache, eine andere Sprache, jemand kommt mit."),
        validators=[at_most(500)],
        render_kw={"rows": 2},
    )
    address = TextAreaField(
        _l("Wohin sollen wir kommen?"),
        description=_l("Straße, Hausnummer, Stockwerk und der Name an der Klingel."),
        validators=[at_most(300)],
        render_kw={"autocomplete": "street-address", "rows": 3},
    )
    way: Way = WAYS["office"]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        for name in self.way.contact:
            if not self._text(name) and not self[name].errors:
                self[name].errors, valid = [NEEDED[name]], False
        if not self.way.contact and not self.is_reachable:
            message = _("Bitte geben Sie eine Telefonnummer oder eine E-Mail-Adresse an, falls wir absagen müssen.")
            self.phone.errors, valid = [*self.phone.errors, message], False
        return bool(valid)


class TimeForm(VersionedForm):
    """A moment in somebody's calendar, as the clock on the wall shows it."""

    user_id = SelectField(_l("Beraterin oder Berater"), validators=[InputRequired()])
    day = DayField(_l("Tag"), validators=[InputRequired(_l("Bitte geben Sie den Tag an."))])
    wall = ClockField(
        _l("Uhrzeit"),
        description=_l("Volle Viertelstunden, zum Beispiel 9:15."),
        validators=[InputRequired(_l("Bitte geben Sie die Uhrzeit an."))],
    )
    anyway = BooleanField(_l("Ja, der Termin soll trotzdem zu dieser Zeit sein"))
    asked_about = HiddenField()

    def must_ask(self, doubt: str) -> bool:
        """Of a valid form: whether a person must still say that they want this very time although there is a doubt. The
        page then asks them."""
        agreed = self.anyway.data and self.asked_about.data == self.starts_at.isoformat()
        self.asked_about.data = self.starts_at.isoformat()
        if not doubt or agreed:
            return False
        self.anyway.data, self.anyway.errors = False, [_("%(doubt)s Soll es trotzdem sein?", doubt=doubt)]
        return True

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        if self.wall.data and self.wall.data.minute % 15:
            self.wall.errors, valid = [_("Bitte wählen Sie eine volle Viertelstunde.")], False
        return bool(valid)

    @property
    def starts_at(self) -> datetime:
        """The moment in UTC; only of a valid form."""
        assert isinstance(self.day.data, date)
        assert isinstance(self.wall.data, time)
        return moment_of(self.day.data, self.wall.data)


class OfficeBookingForm(TimeForm):
    """The office books on the telephone or at the desk."""

    way = RadioField(_l("Art"), choices=_ways, validators=[InputRequired(CHOOSE)], invalid_choice_message=CHOOSE)
    name = StringField(_l("Name"), validators=[at_most(120)])
    phone = TelField(_l("Telefonnummer"), validators=[Optional(), phone_number])
    email = EmailField(
        _l("E-Mail-Adresse"),
        description=_l("Nur wenn die Person Bestätigung und Erinnerung per E-Mail möchte."),
        validators=[Optional(), email_address],
    )
    address = TextAreaField(_l("Adresse für den Hausbesuch"), validators=[at_most(300)], render_kw={"rows": 2})
    concern = TextAreaField(_l("Anliegen"), validators=[at_most(1000)], render_kw={"rows": 3})

    def content(self) -> dict[str, str]:
        return {name: (self[name].data or "") for name in ("name", "phone", "email", "address", "concern")}


class IntoCaseForm(VersionedForm):
    case_number = StringField(
        _l("Nummer des Falls"),
        description=_l("Zum Beispiel FA-2026-KM7294. Sie steht oben auf der Seite des Falls."),
        validators=[InputRequired(_l("Bitte geben Sie die Nummer des Falls an.")), at_most(20)],
    )


class AnnotationForm(VersionedForm):
    joining = TextAreaField(
        _l("So kommt die Person zum Gespräch"),
        description=_l("Sie liest es auf der Seite ihres Termins: der Link zum Video, das Zimmer, die Klingel."),
        validators=[at_most(500)],
        render_kw={"rows": 2},
    )
    note = TextAreaField(
        _l("Eigene Notiz"),
        description=_l("Nur für die Wohnberatung."),
        validators=[at_most(2000)],
        render_kw={"rows": 3},
    )


class HoursForm(Form):
    weekday = SelectField(_l("Wochentag"), coerce=int, choices=lambda: list(enumerate(WEEKDAYS)))
    begins = ClockField(_l("Von"), validators=[InputRequired(_l("Bitte geben Sie die Uhrzeit an."))])
    ends = ClockField(_l("Bis"), validators=[InputRequired(_l("Bitte geben Sie die Uhrzeit an."))])
    ways = CheckboxesField(_l("Was geht in dieser Zeit?"), choices=_ways, invalid_choice_message=CHOOSE)


class SpecialDayForm(Form):
    day = DayField(_l("Tag"), validators=[InputRequired(_l("Bitte geben Sie den Tag an."))])
    what = RadioField(
        _l("Was ist an diesem Tag?"),
        choices=lambda: [
            ("closed", _l("Keine Sprechzeit")),
            ("open", _l("Zusätzliche Sprechzeit")),
            ("office", _l("Das ganze Büro ist geschlossen (nur Verwaltung)")),
        ],
        validators=[InputRequired(CHOOSE)],
        invalid_choice_message=CHOOSE,
    )
    begins = ClockField(_l("Von"), description=_l("Ohne Uhrzeiten gilt der ganze Tag."), validators=[Optional()])
    ends = ClockField(_l("Bis"), validators=[Optional()])
    ways = CheckboxesField(_l("Was geht in der zusätzlichen Zeit?"), choices=_ways, invalid_choice_message=CHOOSE)
    note = StringField(_l("Anlass"), description=_l("Zum Beispiel: Fortbildung, Feiertag."), validators=[at_most(120)])
