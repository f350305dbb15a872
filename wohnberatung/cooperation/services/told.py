"""Mails to the partners of a joint case; they name its number and nobody."""

from wohnberatung.cooperation.models import JointCase, JointPartner
from wohnberatung.dwellings.services.provider_desk import tell_organisation


def tell_partners(joint: JointCase, template: str) -> None:
    """All that may know of it."""
    for partner in joint.agreed:
        tell_partner(partner, template)


def tell_partner(partner: JointPartner, template: str) -> bool:
    """False where nobody there reads mails."""
    organisation_id, joint = partner.entry.organisation_id, partner.joint
    return organisation_id is not None and tell_organisation(
        organisation_id, template, joint_id=joint.id, number=joint.request.receipt_number
    )
