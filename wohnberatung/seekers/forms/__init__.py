"""Forms of those who seek."""

from wohnberatung.seekers.forms.base import StepForm, cleaned
from wohnberatung.seekers.forms.journey import Journey, page_of
from wohnberatung.seekers.forms.pages import StepPage

__all__ = ["Journey", "StepForm", "StepPage", "cleaned", "page_of"]
