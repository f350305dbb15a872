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
from wohnberatung.cases.models.handover import Absence, CaseAccess

__all__ = [
    "Absence",
    "Case",
    "CaseAccess",
    "CaseEvent",
    "CaseKind",
    "CaseLookup",
    "CasePerson",
    "CaseRequest",
    "CaseState",
    "ConsentState",
    "Origin",
    "PersonRole",
]
