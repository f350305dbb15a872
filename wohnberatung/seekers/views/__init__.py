"""Public pages of those who seek: the request form in steps, the draft, one's own request."""

from wohnberatung.seekers.views import changes, counting, deeds, drafts, journey, keeping, messages, mine, papers
from wohnberatung.seekers.views.blueprint import blueprint

__all__ = ["blueprint", "changes", "counting", "deeds", "drafts", "journey", "keeping", "messages", "mine", "papers"]
