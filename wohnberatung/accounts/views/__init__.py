"""Pages of accounts: ways in, one's own account, organisations and their members, administration."""

from typing import Any

from flask import Blueprint

from wohnberatung.accounts.labels import KINDS, PROFILE_WORDS, TRUST, role_words

blueprint = Blueprint("accounts", __name__)


@blueprint.context_processor
def words() -> dict[str, Any]:
    """Kinds, trust and roles in words, for the pages of this area."""
    return {"KINDS": KINDS, "TRUST": TRUST, "PROFILE_WORDS": PROFILE_WORDS, "role_words": role_words}


# The pages hang themselves on the blueprint above.
from wohnberatung.accounts.views import account, city, organisations, passkeys, people, registration, sign_in
