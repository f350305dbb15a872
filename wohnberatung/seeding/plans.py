"""Floor plans of flats that do not exist, drawn for the demo: nothing that others have made is in them."""

import io
from typing import Any

from PIL import Image, ImageDraw, ImageFont

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
