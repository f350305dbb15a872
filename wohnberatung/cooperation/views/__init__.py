"""Pages of cooperation: the matrix for everybody, services of an entry, joint cases for partners, office and person."""

from flask import Blueprint

from wohnberatung.cooperation.kinds import capacity_label, law_words, laws_of, service_label
from wohnberatung.cooperation.services.joint import joint_case_at
from wohnberatung.cooperation.services.offered import services_of
from wohnberatung.cooperation.services.partners import partners_of

blueprint = Blueprint("cooperation", __name__)

for helper in (capacity_label, law_words, laws_of, service_label, joint_case_at):
    blueprint.add_app_template_global(helper)
blueprint.add_app_template_global(partners_of, "joint_partners_of")
blueprint.add_app_template_global(services_of, "offered_services")

# The pages hang themselves on the blueprint above.
from wohnberatung.cooperation.views import joint, mine, offered, public
