"""A file from outside becomes a picture of our own: read with limits, upright, without a word about its origin.

What carries more or fewer than eight bits a colour becomes eight bits *before* it is made smaller: of such a picture
reducing picks points, where it mixes those of others, and every second line of a plan would be gone.
"""

import io
import struct
import zlib
from dataclasses import dataclass

from flask_babel import gettext as _
from PIL import Image, ImageChops, ImageOps

from wohnberatung.core import confined
from wohnberatung.core.errors import DomainError
from wohnberatung.pictures import decoder
from wohnberatung.pictures.models import Use

MEGABYTE = 1024 * 1024
LARGEST_FILE = 15 * MEGABYTE
# A telephone of these days makes 50 megapixels. A JPEG is decoded at a fraction of them; anything else is decoded
# whole, four bytes a pixel, for a moment, or one byte where it is black and white (A3 scanned with 600 dots an inch).
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000}
MOST_OTHER_PIXELS, MOST_GREY_PIXELS = 25_000_000, 80_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF")
LONGEST_SIDE = {Use.PHOTO: 1920, Use.PLAN: 2400}
SMALL_SIDE = 480
QUALITY = 82
_UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, MemoryError)
_TOO_MANY_PIXELS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_GREY = ("1", "L")
_SIXTEEN_BITS = 65535
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1")


@dataclass(frozen=True)
class Drawn:
    """A picture ready to be stored: both sizes as bytes of `media_type`, with their (width, height) in pixels."""

    use: Use
    media_type: str
    large: bytes
    small: bytes
    size: tuple[int, int]
    small_size: tuple[int, int]


def draw(content: bytes, use: str) -> Drawn:
    """Read a JPEG, PNG, WebP, AVIF, HEIC, TIFF or one-page PDF file, told by its content. DomainError on `files` says
    what is wrong."""
    use = Use(use)
    if len(content) > LARGEST_FILE:
        message = _(
            "Eine Datei darf höchstens %(most)s MB groß sein. Bitte verkleinern Sie das Bild.",
            most=LARGEST_FILE // MEGABYTE,
        )
        raise DomainError(message, "files")
    if kind := _needs_decoder(content):
        content = _decoded(content, kind, LONGEST_SIDE[use])
    try:
        upright = _upright(content, LONGEST_SIDE[use])
    except _TOO_MANY_PIXELS as error:
        raise _too_large() from error
    except _UNREADABLE as error:
        raise DomainError(_unreadable(), "files") from error
    small = upright.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), reducing_gap=2.0)
    media_type = "image/png" if use is Use.PLAN else "image/jpeg"
    return Drawn(use, media_type, _encoded(upright, use), _encoded(small, use), upright.size, small.size)


def _needs_decoder(content: bytes) -> str:
    """How `decoder` calls what this file is; "" for what is read here."""
    if b"%PDF-" in content[:1024]:
        return "pdf"
    brands = content[8:40] if content[4:8] == b"ftyp" else b""
    return "heic" if any(brand in brands for brand in _HEIC_BRANDS) and b"avif" not in brands else ""


def _decoded(content: bytes, kind: str, longest: int) -> bytes:
    """As PNG."""
    code, drawn = confined.run(decoder, kind, str(longest), content=content)
    if code == 0:
        return drawn
    raise _why_not(code)


def _why_not(code: int) -> DomainError:
    if code == decoder.TOO_LARGE:
        return _too_large()
    words = {
        decoder.SEVERAL_PAGES: _("Das PDF hat mehrere Seiten. Bitte schicken Sie jede Seite als eine Datei."),
        confined.TOO_SLOW: _("Diese Datei zu zeichnen, dauert zu lange. Bitte schicken Sie ein Bild davon."),
        decoder.LOCKED: _("Das PDF ist mit einem Kennwort geschützt. Bitte schicken Sie es ohne."),
    }
    return DomainError(words.get(code) or _unreadable(), "files")


def _unreadable() -> str:
    return _("Das ist kein Bild, das wir lesen können. Möglich sind JPEG, PNG, WebP, AVIF, HEIC, TIFF und PDF.")


def _upright(content: bytes, longest: int) -> Image.Image:
    """The first frame in RGB on white, turned as its EXIF says, at most so many pixels a side."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        if image.width * image.height > _most_pixels(image):
            raise _too_large()
        # A JPEG is decoded at a half, a quarter or an eighth of its size where that is enough.
        image.draft("RGB", (longest, longest))
        image.load()
        turned = ImageOps.exif_transpose(image)
        turned = _eight_bits(ImageChops.invert(turned) if _has_inks_upside_down(image) else turned)
    turned.thumbnail((longest, longest), reducing_gap=2.0)
    if turned.has_transparency_data:
        white = Image.new("RGBA", turned.size, "white")
        turned = Image.alpha_composite(white, turned.convert("RGBA"))
    return turned.convert("RGB")


def _most_pixels(image: Image.Image) -> int:
    return MOST_PIXELS.get(image.format or "", MOST_GREY_PIXELS if image.mode in _GREY else MOST_OTHER_PIXELS)


def _has_inks_upside_down(image: Image.Image) -> bool:
    """Pillow turns the inks of every CMYK JPEG round, as Adobe's are written; only their marker says whose it is."""
    return image.format == "JPEG" and image.mode == "CMYK" and "adobe" not in image.info


def _eight_bits(image: Image.Image) -> Image.Image:
    """The same picture in a mode whose points can be mixed."""
    if image.mode.startswith("I") or image.mode == "F":
        return _scaled(image.convert("F"), is_whole=image.mode != "F")
    if image.mode == "1":
        return image.convert("L")
    if image.mode == "P":
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image if image.mode in ("L", "LA", "La", "RGB", "RGBA", "RGBa") else image.convert("RGB")


def _scaled(image: Image.Image, *, is_whole: bool) -> Image.Image:
    """Grey as eight bits: whole numbers are sixteen; what goes beyond is spread over all that there is."""
    darkest, lightest = (float(str(value)) for value in image.getextrema())
    if is_whole and darkest >= 0 and lightest <= _SIXTEEN_BITS:
        darkest, lightest = 0, _SIXTEEN_BITS
    factor = 255 / ((lightest - darkest) or 1)
    return image.point(lambda value: value * factor - darkest * factor).convert("L")


def _encoded(image: Image.Image, use: Use) -> bytes:
    stream = io.BytesIO()
    # A fresh image carries none of what the file said about itself.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    if use is Use.PLAN:
        bare.quantize(64).save(stream, "PNG", optimize=True)
    else:
        bare.save(stream, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return stream.getvalue()


def _too_large() -> DomainError:
    message = _("Das Bild hat zu viele Bildpunkte. Möglich sind 50 Megapixel als JPEG, sonst 25.")
    return DomainError(message, "files")
