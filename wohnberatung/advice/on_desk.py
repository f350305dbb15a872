"""What people ask of the office, on its desk."""

from flask_babel import lazy_gettext as _l

from wohnberatung.advice.models import EnquiryKind
from wohnberatung.advice.services.enquiries import content_of, list_enquiries
from wohnberatung.cases.services.desk import SHOWN, Found, Line, desk_section
from wohnberatung.core.actors import Actor
from wohnberatung.core.clock import to_berlin

KINDS = {
    EnquiryKind.QUESTION: _l("Frage"),
    EnquiryKind.APPOINTMENT: _l("Terminwunsch"),
    EnquiryKind.BARRIER: _l("Barriere auf unseren Seiten"),
}


@desk_section("enquiries", _l("Offene Anfragen"), position=40)
def open_enquiries(actor: Actor) -> Found:
    """The longest waiting first."""
    page = list_enquiries(actor, size=SHOWN)
    lines = [
        Line(
            content_of(enquiry).get("name") or KINDS[EnquiryKind(enquiry.kind)],
            f"{enquiry.receipt_number}, {to_berlin(enquiry.created_at):%d.%m.%Y}",
            "advice.show_enquiry",
            {"enquiry_id": enquiry.id},
        )
        for enquiry in page.items
    ]
    return Found(page.total, lines, "advice.list_enquiries")
