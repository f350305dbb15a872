"""The desk of the invented owners: plans, offers that wait or came back, questions, an offer that may be gone.

A step of its own after `homes.fill`, as questions are found in what is committed.
"""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.core import clock
from wohnberatung.core.settings import setting
from wohnberatung.demand.models import OfferQuestion
from wohnberatung.demand.services import mail_questions, refresh_questions
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.dwellings.services import ask_whether_available, find_offer, picture_subject, save_offer
from wohnberatung.extensions import db
from wohnberatung.pictures.services import add_pictures, draw
from wohnberatung.seeding.homes import SOURCE
from wohnberatung.seeding.plans import floor_plan


def tend(session: scoped_session[Session] | Session) -> bool:
    """Set the scenes where there are none yet; flushes and never commits."""
    if session.scalar(select(OfferQuestion.id).limit(1)) is not None or find_offer(SOURCE, "w001") is None:
        return False
    scenes = read_toml("offer_scenes.toml")
    for scene in scenes["picture"] if setting("PICTURES_DIR") else ():
        if offer := find_offer(SOURCE, scene["offer"]):
            add_pictures(*picture_subject(offer), [draw(floor_plan(scene["rooms"]), "plan")], alt=scene["alt"])
    for scene in scenes["waiting"]:
        if offer := find_offer(SOURCE, scene["offer"]):
            save_offer(offer, description=scene["description"], status=OfferStatus.REVIEW)
    for scene in scenes["returned"]:
        if offer := find_offer(SOURCE, scene["offer"]):
            save_offer(offer, status=OfferStatus.DRAFT)
            offer.review_note = scene["note"]
    _age(scenes["aging"])
    refresh_questions()
    mail_questions()
    return True


def _age(scenes: list[dict[str, object]]) -> None:
    """All offers were confirmed lately, but for those that may be gone: their owners are asked."""
    ages = {scene["offer"]: timedelta(days=int(str(scene["days"]))) for scene in scenes}
    published = select(Offer).where(Offer.status == OfferStatus.PUBLISHED)
    for offer in db.session.scalars(published):
        offer.confirmed_at = clock.now() - ages.get(offer.external_id, timedelta(days=3))
    db.session.flush()
    ask_whether_available()
