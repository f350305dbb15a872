"""Pages of the directory: for everybody, for those who keep an entry, and the office's lists."""

from flask import Blueprint

from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.bridge.place_fields import place_names
from wohnberatung.bridge.spoken_languages import language_names
from wohnberatung.directory.kinds import kind_label

blueprint = Blueprint("directory", __name__)


blueprint.add_app_template_global(kind_label)
blueprint.add_app_template_global(place_names)
blueprint.add_app_template_global(place_of)
blueprint.add_app_template_global(language_names)

# The pages hang themselves on the blueprint above.
from wohnberatung.directory.views import desk, lists, public
