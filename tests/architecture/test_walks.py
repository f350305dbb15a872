"""How far it is from one end of the house to the other. `docs/decisions/house.md` shows the walks room by room."""

import io

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from matching.criteria import rooms
from matching.explanation import Reader
from tests.architecture.walks import walking
from tests.factories import advisor, make_dwelling, make_offer, make_organisation
from tests.intake.deliveries import COSTS, FLAT, PLACE, PROLOG, home, openimmo, provider
from tests.intake.uploads import clerk_of
from wohnberatung.brokerage.services.request_sheets import ranking_page
from wohnberatung.core.transactions import transaction
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.sheets import fact_sheet
from wohnberatung.extensions import db
from wohnberatung.intake.recognise import recognise
from wohnberatung.intake.services.decisions import apply_run
from wohnberatung.intake.services.uploads import Sender, send
from wohnberatung.jobs import worker
from wohnberatung.seekers.forms.journey import PAGES_BY_KEY, Journey
from wohnberatung.seekers.models import Purpose
from wohnberatung.seekers.services.consents import GivenConsent
from wohnberatung.seekers.services.requests import submit_request

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


def test_a_requirement_comes_from_the_form_field_to_its_sentence_within_35_rooms_and_is_opened_once(app, session):
    """50 rooms before; on the office's page the request was loaded 3 times, opened 5 times, the supply held twice."""
    make_offer(make_dwelling(), rent_warm_eur=500)
    session.commit()
    actor = advisor()
    with app.test_request_context("/"), walking() as walk:
        journey = Journey()
        for key, sent in (("haushalt", {"household_persons": "2"}), ("kosten", {"rent_warm_eur": "650,50"})):
            step = PAGES_BY_KEY[key]
            form = journey.form(step, MultiDict(sent))
            form.validate()
            journey.keep(step, form, MultiDict(sent), done=True)
        consent = GivenConsent(Purpose.MATCHING, "1", "Ja")
        request = submit_request(contact={}, needs=journey.needs(), consents=[consent]).request
        with walking() as page_walk:
            page = ranking_page(request.id, actor)
            (match,) = page.listed.matches
            said = [reason.sentences[Reader.ADVISOR] for reason in match.match.reasons]
        walk.add(page_walk)
    assert said == ["Warmmiete: 500 € (laut Anbieter), gewünscht höchstens 650,50 €. Erfüllt."]
    assert [page_walk.count(name) for name in ("load_request", "needs_of", "refresh")] == [1, 1, 1]
    assert walk.count("wishes_form") == 2  # of the one step: as it was sent, and as it is kept
    assert len(walk.rooms) <= 35, walk.told()
