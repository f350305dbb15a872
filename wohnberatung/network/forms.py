"""Forms of the network: a site, what a group seeks of one, asking to be introduced, the office's decision."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import fact_form
from wohnberatung.bridge.requirement_fields import requirement_form
from wohnberatung.bridge.shared_living import SITE_CRITERIA, SITE_FACTS
from wohnberatung.web.forms import Form, VersionedForm, at_most


class _SiteTexts(VersionedForm):
    title = StringField(
        _l("Überschrift"),
        description=_l("Zum Beispiel: Gründerzeithaus mit Garten, ehemaliges Pfarrhaus, Baugrundstück am Hang."),
        validators=[InputRequired(_l("Bitte geben Sie eine Überschrift an.")), at_most(200)],
    )
    address = StringField(
        _l("Adresse"),
        description=_l("Sieht nur die Wohnberatung, und die Gruppe erst, wenn wir Sie bekannt gemacht haben."),
        validators=[at_most(200)],
    )
    description = TextAreaField(_l("Beschreibung"), validators=[at_most(4000)], render_kw={"rows": 5})


SiteForm = fact_form(_SiteTexts, SITE_FACTS)


class _SearchTexts(VersionedForm):
    active = BooleanField(
        _l("Wir suchen: Eigentümerinnen und Eigentümer dürfen unser Projekt in ihrer Liste sehen."), default=True
    )
    text = TextAreaField(
        _l("In eigenen Worten"),
        description=_l("Was soll das Haus möglich machen? Das vergleichen wir mit den Wünschen der Eigentümer."),
        validators=[at_most(4000)],
        render_kw={"rows": 5},
    )


SearchForm = requirement_form(_SearchTexts, SITE_CRITERIA)


class AskForm(Form):
    message = TextAreaField(
        _l("Was sollen wir dazu wissen?"),
        description=_l("Das liest nur die Wohnberatung."),
        validators=[at_most(2000)],
        render_kw={"rows": 4},
    )


class DecisionForm(VersionedForm):
    note = TextAreaField(
        _l("Notiz"),
        description=_l("Nur für die Wohnberatung. Die beiden lesen hier nichts davon."),
        validators=[at_most(2000)],
        render_kw={"rows": 3},
    )
