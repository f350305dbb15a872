"""A room in one's own flat, and a flat for a smaller one."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED, fact_form
from wohnberatung.bridge.shared_living import EXCHANGE_FACTS, HOMESHARE, ROOM_FACTS, SUBLET
from wohnberatung.dwellings.forms.entering import AddressPart
from wohnberatung.web.forms import Form, at_most

PLACE = ("street", "house_number", "unit", "postcode")


class _AtHome(Form):
    """Where it is; the address is shown to nobody."""

    street = AddressPart.street
    house_number = AddressPart.house_number
    unit = AddressPart.unit
    postcode = AddressPart.postcode
    title = StringField(
        _l("Überschrift"),
        description=_l("Wenn Sie nichts eintragen, finden wir eine."),
        validators=[at_most(180)],
    )

    def place(self) -> dict[str, str]:
        """The parts of the address."""
        return {name: (self[name].data or "").strip() for name in PLACE}


class _Room(_AtHome):
    kind = RadioField(
        _l("Wie möchten Sie das Zimmer vergeben?"),
        choices=[SelectChoice(SUBLET, _l("Zur Untermiete")), SelectChoice(HOMESHARE, _l("Gegen Hilfe im Alltag"))],
        validators=[InputRequired(_l("Bitte wählen Sie, wie Sie das Zimmer vergeben möchten."))],
        invalid_choice_message=NOT_OFFERED,
    )
    description = TextAreaField(
        _l("Beschreibung"),
        description=_l("Wie wohnt man bei Ihnen? Welche Hilfe wünschen Sie sich? Was ist Ihnen im Alltag wichtig?"),
        validators=[at_most(4000)],
        render_kw={"rows": 6},
    )


class _Exchange(_AtHome):
    sought = TextAreaField(
        _l("Was suchen Sie dafür?"),
        description=_l("Zum Beispiel: zwei Zimmer mit Aufzug in Striesen oder Blasewitz, bis 650 Euro warm."),
        validators=[
            InputRequired(_l("Bitte schreiben Sie, was für eine Wohnung Sie suchen.")),
            at_most(2000),
        ],
        render_kw={"rows": 4},
    )


RoomForm = fact_form(_Room, ROOM_FACTS)
ExchangeForm = fact_form(_Exchange, EXCHANGE_FACTS)
