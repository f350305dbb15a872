"""Pages of events: for everybody, for whoever registered, and for whoever invites."""

from flask import Blueprint

from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.bridge.spoken_languages import language_names
from wohnberatung.events.kinds import event_topic_label, support_labels

blueprint = Blueprint("events", __name__)

blueprint.add_app_template_global(event_topic_label)
blueprint.add_app_template_global(support_labels)
blueprint.add_app_template_global(language_names)
blueprint.add_app_template_global(place_of)

# The pages hang themselves on the blueprint above.
from wohnberatung.events.views import dates, desk, my_registration, public
