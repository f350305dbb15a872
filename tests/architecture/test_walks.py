"""How far it is from one end of the house to the other. `docs/decisions/house.md` shows the walks room by room."""

import io

from sqlalchemy import select

from matching.criteria import rooms
from tests.architecture.walks import walking
from tests.factories import make_organisation
from tests.intake.deliveries import COSTS, FLAT, PLACE, PROLOG, home, openimmo, provider
from tests.intake.uploads import clerk_of
from wohnberatung.core.transactions import transaction
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.sheets import fact_sheet
from wohnberatung.extensions import db
from wohnberatung.intake.recognise import recognise
from wohnberatung.intake.services.decisions import apply_run
from wohnberatung.intake.services.uploads import Sender, send
from wohnberatung.jobs import worker

DOOR = rooms.INNER_DOOR_CLEAR_WIDTH
FIELD = f'<user_defined_simplefield feldname="{DOOR.label}">92</user_defined_simplefield>'


def test_a_door_width_comes_from_openimmo_to_the_fact_sheet_within_32_rooms(own_app):
    """44 before the walls were taken out."""
    file = io.BytesIO((PROLOG + openimmo(provider(home(FLAT + PLACE + COSTS + FIELD)))).encode())
    with own_app.app_context():
        with transaction():
            owner = make_organisation("Wohnhof")
            clerk = clerk_of(owner)
        with walking() as walk:
            delivery = recognise("lieferung.xml", file)
            with transaction():
                run_id = send(delivery, Sender.person(clerk, owner.id)).id
            worker.do_due()
            with transaction():
                apply_run(run_id, clerk)
            worker.do_due()
            groups = fact_sheet(db.session.scalars(select(Offer)).one())
    assert [row.text for group in groups for row in group.rows if row.fact is DOOR] == ["92 cm"]
    assert len(walk.rooms) <= 32, walk.told()
