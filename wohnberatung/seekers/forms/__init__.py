"""Forms of those who seek."""

from wohnberatung.seekers.forms.base import StepForm, cleaned
from wohnberatung.seekers.forms.journey import Journey, page_of
from wohnberatung.seekers.forms.pages import StepPage
from wohnberatung.seekers.forms.prefilled import prefilled

__all__ = ["Journey", "StepForm", "StepPage", "cleaned", "page_of", "prefilled"]
