"""Whatever is sent: what is kept is a picture of our own making, or a sentence that says why not."""

import io
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask
from PIL import Image

from tests.pictures.drawings import image_file, telephone_photo
from wohnberatung.core import confined
from wohnberatung.core.errors import DomainError
from wohnberatung.pictures import decoder, drawing
from wohnberatung.pictures.drawing import draw


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


def ruled(mode: str, lines: int = 84, size: tuple[int, int] = (6000, 1000)) -> Image.Image:
    """White paper with upright black lines, each one pixel wide."""
    paper, white = Image.new("L", size, 255), 65535
    for line in range(lines):
        paper.paste(0, (35 + line * 71, 0, 36 + line * 71, size[1]))
    if mode == "I;16":
        return paper.convert("I").point(lambda value: value * white / 255).convert("I;16")
    return paper.convert(mode)


def lines_of(content: bytes) -> int:
    """How many separate dark lines somebody sees."""
    row = list(opened(content).convert("L").crop((0, 100, 2400, 101)).tobytes())
    dark = [value < 225 for value in row]
    return sum(here and not before for before, here in zip([False, *dark], dark, strict=False))


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "I;16", "LA"])
def test_every_line_of_one_pixel_survives(mode: str):
    stream = io.BytesIO()
    ruled(mode).save(stream, "PNG")
    picture = draw(stream.getvalue(), "plan")
    assert lines_of(picture.large) == 84
    assert opened(picture.large).convert("L").getpixel((2390, 100)) == 255


@pytest.mark.parametrize("mode", ["1", "I;16"])
def test_a_scan_as_tiff_keeps_its_lines_too(mode: str):
    stream = io.BytesIO()
    ruled(mode).save(stream, "TIFF", compression="group4" if mode == "1" else "tiff_lzw")
    assert lines_of(draw(stream.getvalue(), "plan").large) == 84


def test_grey_of_sixteen_bits_keeps_its_shades():
    stream = io.BytesIO()
    Image.new("I;16", (40, 40), 40000).save(stream, "PNG")
    assert opened(draw(stream.getvalue(), "plan").large).convert("L").getpixel((5, 5)) in (155, 156)


@pytest.mark.parametrize("with_marker", [True, False])
def test_printers_inks_keep_their_colours_with_adobes_marker_and_without(with_marker: bool):
    # Adobe writes inks upside down and says so; other programs write them as they are, without the segment.
    content = image_file((64, 64), "JPEG", (0, 255, 255, 0) if with_marker else (255, 0, 0, 255), mode="CMYK")
    if not with_marker:
        marker = content.index(b"\xff\xee")
        length = int.from_bytes(content[marker + 2 : marker + 4], "big")
        content = content[:marker] + content[marker + 2 + length :]
    red, green, blue = opened(draw(content, "photo").large).getpixel((20, 20))
    assert (red > 200, green < 60, blue < 60) == (True, True, True)


@pytest.mark.parametrize("kind", ["AVIF", "TIFF"])
def test_what_telephones_and_scanners_write_is_taken(kind: str):
    picture = draw(image_file((800, 600), kind), "photo")
    assert (picture.size, picture.media_type) == ((800, 600), "image/jpeg")
    red, _green, blue = opened(picture.large).getpixel((10, 10))
    assert red > blue


def pdf(lines: int = 84, pages: int = 1, size: tuple[int, int] = (842, 595), **options: Any) -> bytes:
    """A plan of upright hairlines, as programs that draw houses write it."""
    file = pikepdf.new()
    for _number in range(pages):
        file.add_blank_page(page_size=size)
        strokes = "".join(f"{5 + line * 9.9} 0 m {5 + line * 9.9} {size[1]} l S " for line in range(lines))
        file.pages[-1].Contents = file.make_stream(f"0.4 w {strokes}".encode())
    stream = io.BytesIO()
    file.save(stream, **options)
    return stream.getvalue()


def test_a_plan_as_pdf_becomes_a_picture_with_all_its_lines():
    picture = draw(pdf(), "plan")
    assert (picture.size, picture.media_type) == ((2400, 1696), "image/png")
    assert lines_of(picture.large) == 84
    # Some programs write something before the head.
    assert draw(b"\xef\xbb\xbf\n" + pdf(lines=3), "plan").size == (2400, 1696)


def test_a_pdf_that_is_no_plan_is_refused_with_a_way_out():
    locked = pikepdf.Encryption(owner="geheim", user="geheim")
    for content, said in (
        (pdf(pages=2), "mehrere Seiten"),
        (pdf(encryption=locked), "mit einem Kennwort geschützt"),
        (pdf()[:200], "kein Bild"),
    ):
        with pytest.raises(DomainError, match=said):
            draw(content, "plan")


def test_a_photo_as_telephones_keep_it_is_taken():
    picture = draw(Path(__file__).with_name("telephone.heic").read_bytes(), "photo")
    assert (picture.size, picture.media_type) == ((160, 120), "image/jpeg")
    large = opened(picture.large)
    assert large.getpixel((10, 10))[0] > 150
    assert large.getpixel((120, 100))[2] > 150


def test_a_decoder_that_takes_too_long_is_ended_and_one_that_dies_harms_nobody(tmp_path, monkeypatch):
    program = tmp_path / "decoder.py"
    monkeypatch.setattr(decoder, "__file__", str(program))
    program.write_text("import os; os.abort()", encoding="utf-8")
    with pytest.raises(DomainError, match="kein Bild"):
        draw(pdf(), "plan")
    program.write_text("import time; time.sleep(60)", encoding="utf-8")
    monkeypatch.setattr(confined, "PATIENCE", 0.5)
    with pytest.raises(DomainError, match="dauert zu lange"):
        draw(pdf(), "plan")


def test_what_is_transparent_becomes_white():
    picture = draw(image_file((40, 40), "PNG", (0, 0, 0, 0), mode="RGBA"), "plan")
    assert opened(picture.large).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_bytes_behind_the_picture_are_not_kept():
    assert b"<script>" not in draw(image_file() + b"<script>alert(1)</script>", "photo").large


def test_the_content_counts_and_not_the_name_or_a_beginning():
    for content in (
        b"",
        b"%PDF-1.7",
        b"\0\0\0\x1cftypheic" + b"\0" * 40,
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
    monkeypatch.setattr(drawing, "LARGEST_FILE", 1000)
    with pytest.raises(DomainError, match="höchstens"):
        draw(image_file(), "photo")
