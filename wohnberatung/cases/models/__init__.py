"""Tables of cases."""

from wohnberatung.cases.models.cases import (
    Case,
    CaseEvent,
    CaseKind,
    CaseLookup,
    CasePerson,
    CaseRequest,
    CaseState,
    ConsentState,
    Origin,
    PersonRole,
)
from wohnberatung.cases.models.consultations import (
    BriefEnquiry,
    CaseDraft,
    CodeEntry,
    Consultation,
    ConsultationTopic,
    FollowUp,
    SearchChange,
)
from wohnberatung.cases.models.handover import Absence, CaseAccess

__all__ = [
    "Absence",
    "BriefEnquiry",
    "Case",
    "CaseAccess",
    "CaseDraft",
    "CaseEvent",
    "CaseKind",
    "CaseLookup",
    "CasePerson",
    "CaseRequest",
    "CaseState",
    "CodeEntry",
    "ConsentState",
    "Consultation",
    "ConsultationTopic",
    "FollowUp",
    "Origin",
    "PersonRole",
    "SearchChange",
]
