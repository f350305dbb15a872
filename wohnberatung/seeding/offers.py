"""The desk of the invented owners: plans drawn for the demo, offers that wait or came back, questions."""

import io
from datetime import timedelta
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.core import clock
from wohnberatung.core.settings import setting
from wohnberatung.demand.models import OfferQuestion
from wohnberatung.demand.services.questions import mail_questions, refresh_questions
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.dwellings.services.freshness import ask_whether_available
from wohnberatung.dwellings.services.listings import find_offer
from wohnberatung.dwellings.services.offers import save_offer
from wohnberatung.dwellings.services.pictures import picture_subject
from wohnberatung.extensions import db
from wohnberatung.pictures.drawing import draw
from wohnberatung.pictures.services import add_pictures
from wohnberatung.seeding.homes import SOURCE

WALL, PAPER, DOOR = "#1f2430", "#ffffff", "#b9c6e8"
WIDTH, HEIGHT, THICK = 1200, 860, 10
CORRIDOR = (360, 500)


def floor_plan(rooms: int) -> bytes:
    """A PNG: rooms along the window side, a corridor, kitchen and bathroom opposite."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(30)
    upper = ["Wohnen", "Schlafen", "Zimmer", "Zimmer"][: max(rooms, 1)]
    _row(pen, font, upper, 60, CORRIDOR[0])
    _row(pen, font, ["Küche", "Bad", "Abstellraum"], CORRIDOR[1], HEIGHT - 60)
    pen.rectangle((60, 60, WIDTH - 60, HEIGHT - 60), outline=WALL, width=THICK)
    pen.text((WIDTH / 2, sum(CORRIDOR) / 2), "Flur", fill=WALL, font=font, anchor="mm")
    pen.rectangle((58, CORRIDOR[0] + 40, 72, CORRIDOR[1] - 40), fill=DOOR)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def _row(pen: ImageDraw.ImageDraw, font: Any, names: list[str], top: int, bottom: int) -> None:
    """Rooms side by side, each with a door to the corridor."""
    share = (WIDTH - 120) / len(names)
    for place, name in enumerate(names):
        left, right = 60 + place * share, 60 + (place + 1) * share
        pen.rectangle((left, top, right, bottom), outline=WALL, width=THICK)
        pen.text(((left + right) / 2, (top + bottom) / 2), name, fill=WALL, font=font, anchor="mm")
        edge = bottom if top == 60 else top
        pen.rectangle((left + 50, edge - 7, left + 140, edge + 7), fill=DOOR)


SKY, GRASS, ROOF, PANE = "#dbe7f6", "#cfe0c0", "#8a4b3a", "#f4f7fb"
WALLS = ("#e9d8b4", "#d9c2b0", "#cfd6c4", "#e3cfcf", "#d4d9e4")
FRONT = (800, 600)
MOST_FRONTS = 60


def house_front(storeys: int, windows: int, number: int) -> bytes:
    """A PNG: a house from the street, with so many storeys and windows in each; `number` chooses its colour."""
    image = Image.new("RGB", FRONT, SKY)
    pen, (width, height) = ImageDraw.Draw(image), FRONT
    pen.rectangle((0, height - 60, width, height), fill=GRASS)
    left, right, foot = 160, width - 160, height - 60
    storey = (foot - 150) / storeys
    pen.polygon(((left - 30, 150), (width / 2, 50), (right + 30, 150)), fill=ROOF)
    pen.rectangle((left, 150, right, foot), fill=WALLS[number % len(WALLS)])
    share = (right - left) / windows
    for floor in range(storeys):
        top = 150 + floor * storey + storey * 0.2
        for place in range(windows):
            start = left + place * share + share * 0.2
            if floor == storeys - 1 and place == windows // 2:
                pen.rectangle((start, foot - storey * 0.85, start + share * 0.6, foot), fill=WALL)
            else:
                pen.rectangle((start, top, start + share * 0.6, top + storey * 0.55), fill=PANE, outline=WALL, width=3)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def _draw_fronts() -> None:
    """Of the offers that lists show first, so that they look as they would; a floor more than the home is in."""
    newest = select(Offer).join(Offer.dwelling).where(Offer.status == OfferStatus.PUBLISHED)
    for number, offer in enumerate(db.session.scalars(newest.order_by(Offer.published_at.desc()).limit(MOST_FRONTS))):
        assert offer.dwelling is not None
        floor = offer.dwelling.known_facts().get("floor")
        storeys = min(max(floor + 1, 2), 6) if isinstance(floor, int) else 3
        windows = 3 + 2 * (number % 2)
        alt = f"Zeichnung: das Haus von der Straße, {storeys} Geschosse mit je {windows} Fenstern."
        add_pictures(*picture_subject(offer), [draw(house_front(storeys, windows, number), "photo")], alt=alt)


def tend(session: scoped_session[Session] | Session) -> bool:
    """Set the scenes where there are none yet; flushes and never commits."""
    if session.scalar(select(OfferQuestion.id).limit(1)) is not None or find_offer(SOURCE, "w001") is None:
        return False
    scenes = read_toml("offer_scenes.toml")
    for scene in scenes["picture"] if setting("PICTURES_DIR") else ():
        if offer := find_offer(SOURCE, scene["offer"]):
            add_pictures(*picture_subject(offer), [draw(floor_plan(scene["rooms"]), "plan")], alt=scene["alt"])
    if setting("PICTURES_DIR"):
        _draw_fronts()
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
