"""Pages of the board: for everybody, for whoever wrote a notice, for the office, and for whoever reports something."""

from flask import Blueprint

from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.noticeboard.kinds import ground_label, topic_label

blueprint = Blueprint("noticeboard", __name__)

blueprint.add_app_template_global(topic_label)
blueprint.add_app_template_global(ground_label)
blueprint.add_app_template_global(place_of)

# The pages hang themselves on the blueprint above.
from wohnberatung.noticeboard.views import desk, my_notice, public, reporting, reports
