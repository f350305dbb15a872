"""Kinds of bodies and organisations that the directory names, and what each of them says of itself."""

from enum import StrEnum
from typing import TypedDict

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import GERMAN, Words


class BodyKind(StrEnum):
    """What somebody in the directory is; people's own bodies come first."""

    RESIDENTS_COUNCIL = "residents_council"
    TENANT_INITIATIVE = "tenant_initiative"
    SELF_ADVOCACY = "self_advocacy"
    ASSOCIATION = "association"
    NEIGHBOURHOOD_CENTRE = "neighbourhood_centre"
    SERVICE_PROVIDER = "service_provider"
    COOPERATIVE = "cooperative"
    LANDLORD = "landlord"
    LANDLORDS_ASSOCIATION = "landlords_association"
    COMPANY = "company"
    CITY_OFFICE = "city_office"


KIND_LABELS: dict[BodyKind, Words] = {
    BodyKind.RESIDENTS_COUNCIL: _l("Bewohnerbeirat"),
    BodyKind.TENANT_INITIATIVE: _l("Mieterinitiative"),
    BodyKind.SELF_ADVOCACY: _l("Selbstvertretung"),
    BodyKind.ASSOCIATION: _l("Verein"),
    BodyKind.NEIGHBOURHOOD_CENTRE: _l("Nachbarschaftshaus"),
    BodyKind.SERVICE_PROVIDER: _l("Sozialer Dienst"),
    BodyKind.COOPERATIVE: _l("Genossenschaft"),
    BodyKind.LANDLORD: _l("Vermieter"),
    BodyKind.LANDLORDS_ASSOCIATION: _l("Verband von Vermietern"),
    BodyKind.COMPANY: _l("Unternehmen"),
    BodyKind.CITY_OFFICE: _l("Amt der Stadt"),
}


def kind_label(kind: str) -> str:
    """In the language being read."""
    return str(KIND_LABELS[BodyKind(kind)])


def german_kinds() -> dict[BodyKind, str]:
    """As they stand in lists that are read in again, whatever language the page is in."""
    with force_locale(GERMAN.locale):
        return {kind: str(label) for kind, label in KIND_LABELS.items()}


class EntryValues(TypedDict, total=False):
    """What an entry says, by column."""

    organisation_id: str | None
    kind: str
    name: str
    summary: str
    audience: str
    citywide: bool
    serves: list[str]
    lies_in: str | None
    address: str
    spoken: list[str]
    opening_hours: str
    phone: str
    email: str
    website: str
    contacts: str
    contacts_agreed: bool
