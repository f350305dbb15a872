"""The wording of the consent that one provider learns something in a joint case. Change it with its version."""

from flask_babel import gettext as _

from wohnberatung.cooperation.models import JointPartner

TEXT_VERSION = "2026-12"


def consent_text(partner: JointPartner) -> str:
    """In the language being read, with what this provider learns in quotes."""
    told = _(
        "Ich willige ein, dass %(provider)s in einem gemeinsamen Fall erfährt, was ich brauche: „%(need)s“",
        provider=partner.entry.name,
        need=partner.plain_need,
    )
    shared = _(
        "%(provider)s sieht auch die Aufgaben des Falls, und welche anderen Dienste dabei sind. "
        "Diese sehen, dass %(provider)s dabei ist.",
        provider=partner.entry.name,
    )
    return "\n".join((told, shared, _contact(partner)))


def _contact(partner: JointPartner) -> str:
    if partner.with_contact:
        return _("%(provider)s erfährt auch meinen Namen und wie man mich erreicht.", provider=partner.entry.name)
    return _("%(provider)s erfährt meinen Namen nicht.", provider=partner.entry.name)
