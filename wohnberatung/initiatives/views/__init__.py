"""Pages of initiatives: for everybody, for the group and the office, and what ways of living together there are."""

from flask import Blueprint
from flask_babel import gettext

from wohnberatung.initiatives.progress import STATE_WORDS
from wohnberatung.initiatives.services.initiatives import initiative_of

blueprint = Blueprint("initiatives", __name__)
blueprint.add_app_template_global(initiative_of)
# A text of the dated tables as it is read: Jinja's own would take its percent signs for placeholders.
blueprint.add_app_template_global(lambda text: gettext(text), "table_words")
blueprint.add_app_template_global(lambda state: str(STATE_WORDS[state]), "mark_words")

# The pages hang themselves on the blueprint above.
from wohnberatung.initiatives.views import desk, minutes, public
