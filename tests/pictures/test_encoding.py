"""Whatever is sent: what is kept is a picture of our own making, or a sentence that says why not."""

import io
import zlib

import pytest
from flask import Flask
from PIL import Image

from tests.pictures.drawings import image_file, telephone_photo
from wohnberatung.core.errors import DomainError
from wohnberatung.pictures import files
from wohnberatung.pictures.files import draw


@pytest.fixture(autouse=True)
def _in_german(app: Flask):
    with app.app_context():
        yield


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_photo_becomes_upright_and_says_nothing_about_place_or_owner():
    content = telephone_photo()
    assert b"Telefon" in content
    picture = draw(content, "photo")
    large = opened(picture.large)
    assert (picture.size, large.size, picture.media_type) == ((600, 800), (600, 800), "image/jpeg")
    # Turned clockwise, the red corner goes from upper left to upper right.
    red, _green, blue = large.getpixel((590, 10))
    assert red > blue
    assert not large.getexif()
    for part in (picture.large, picture.small):
        assert b"Telefon" not in part
        assert "Erika".encode("utf-16-le") not in part
        assert b"Exif" not in part


def test_large_pictures_are_made_smaller_and_small_ones_stay():
    picture = draw(image_file((4000, 2000)), "photo")
    assert (picture.size, picture.small_size) == ((1920, 960), (480, 240))
    assert draw(image_file((300, 200)), "photo").size == (300, 200)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_a_plan_keeps_its_lines(kind: str):
    picture = draw(image_file((2500, 1000), kind, "white"), "plan")
    assert (picture.media_type, picture.size) == ("image/png", (2400, 960))
    assert opened(picture.large).convert("RGB").getpixel((2000, 900)) == (255, 255, 255)


def test_what_is_transparent_becomes_white():
    picture = draw(image_file((40, 40), "PNG", (0, 0, 0, 0), mode="RGBA"), "plan")
    assert opened(picture.large).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_bytes_behind_the_picture_are_not_kept():
    assert b"<script>" not in draw(image_file() + b"<script>alert(1)</script>", "photo").large


def test_the_content_counts_and_not_the_name_or_a_beginning():
    for content in (
        b"",
        b"%PDF-1.7",
        b"GIF89a" + b"\0" * 50,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff",
    ):
        with pytest.raises(DomainError, match="kein Bild"):
            draw(content, "photo")
    with pytest.raises(DomainError, match="kein Bild"):
        draw(image_file((40, 40), "GIF"), "photo")
    with pytest.raises(DomainError, match="kein Bild"):
        draw(image_file((800, 600), "PNG")[:900], "photo")


def test_a_small_file_that_unfolds_to_a_giant_is_refused():
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    for side in (8_000, 60_000):
        header = side.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
        bomb = (
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
        )
        with pytest.raises(DomainError, match="zu viele Bildpunkte"):
            draw(bomb, "plan")


def test_a_file_over_the_limit_is_not_even_opened(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "LARGEST_FILE", 1000)
    with pytest.raises(DomainError, match="höchstens"):
        draw(image_file(), "photo")
