"""Forms of those who seek."""

from wohnberatung.seekers.forms.base import StepForm, cleaned
from wohnberatung.seekers.forms.journey import PAGES_BY_KEY, Journey
from wohnberatung.seekers.forms.pages import StepPage
from wohnberatung.seekers.forms.prefilled import prefilled

__all__ = ["PAGES_BY_KEY", "Journey", "StepForm", "StepPage", "cleaned", "prefilled"]
