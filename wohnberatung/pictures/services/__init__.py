"""Use cases of pictures."""

from wohnberatung.pictures.encoding import Drawn, draw
from wohnberatung.pictures.services.changing import (
    add_pictures,
    delete_picture,
    delete_pictures_of,
    describe_pictures,
    move_picture,
)
from wohnberatung.pictures.services.looking import (
    Album,
    ShownPicture,
    album,
    bytes_for,
    bytes_of,
    pictures_of,
    shown_pictures,
)
from wohnberatung.pictures.services.sweeping import sweep
from wohnberatung.pictures.subjects import PictureSubject

__all__ = [
    "Album",
    "Drawn",
    "PictureSubject",
    "ShownPicture",
    "add_pictures",
    "album",
    "bytes_for",
    "bytes_of",
    "delete_picture",
    "delete_pictures_of",
    "describe_pictures",
    "draw",
    "move_picture",
    "pictures_of",
    "shown_pictures",
    "sweep",
]
