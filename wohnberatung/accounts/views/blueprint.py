"""The blueprint that all pages of the area hang on."""

from typing import Any

from flask import Blueprint

from wohnberatung.accounts.kinds import KINDS, PROFILE_WORDS, TRUST
from wohnberatung.accounts.words import role_words

blueprint = Blueprint("accounts", __name__)


@blueprint.context_processor
def words() -> dict[str, Any]:
    """Kinds, trust and roles in words, for the pages of this area."""
    return {"KINDS": KINDS, "TRUST": TRUST, "PROFILE_WORDS": PROFILE_WORDS, "role_words": role_words}
