"""Runs confined (`core.confined`): a PDF page or a HEIC photo comes in, a PNG goes out.

Exit codes: 0 done, the named ones below; any other: unreadable.
"""

import io
import sys

from PIL import Image

MOST_PIXELS = 50_000_000
SEVERAL_PAGES, TOO_LARGE, LOCKED = 3, 4, 5


def page(content: bytes, longest: int) -> Image.Image:
    """The only page of a PDF, its longer side so many pixels long."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        sys.exit(LOCKED if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD else 1)
    if len(document) != 1:
        sys.exit(SEVERAL_PAGES)
    drawn: Image.Image = document[0].render(scale=longest / max(document[0].get_size()), may_draw_forms=False).to_pil()
    return drawn


def photo(content: bytes, longest: int) -> Image.Image:
    """The first picture of a HEIC file, upright, at most so many pixels a side."""
    import pi_heif

    pi_heif.register_heif_opener()
    with Image.open(io.BytesIO(content), formats=("HEIF",)) as image:
        if image.width * image.height > MOST_PIXELS:
            sys.exit(TOO_LARGE)
        drawn = image.convert("RGB")
    drawn.thumbnail((longest, longest), reducing_gap=2.0)
    return drawn


if __name__ == "__main__":
    kind, side = sys.argv[1], int(sys.argv[2])
    picture = {"pdf": page, "heic": photo}[kind](sys.stdin.buffer.read(), side)
    picture.convert("RGB").save(sys.stdout.buffer, "PNG", compress_level=1)
