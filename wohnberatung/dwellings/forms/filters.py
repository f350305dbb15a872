"""What anybody may ask of the public list of homes."""

from wohnberatung.bridge.filters import filter_form
from wohnberatung.bridge.url_search import Looking, looking_of
from wohnberatung.web.forms import Part


class OfferFilter(filter_form(Part)):
    """Filters from the catalogue and a needs profile; sent by GET, never stored."""

    def looking(self) -> Looking:
        """What is asked; what cannot be understood is left out and carries its error at the field."""
        self.validate()
        return looking_of(self)
