"""Runs as a program of its own: a PDF page or a HEIC photo comes in, a PNG goes out.

Both need decoders that grew large and were often found to trip over files made for that. So they work in a process with
little time and memory, without our settings and keys, which may die. It knows nothing of the application.

Exit codes: 0 done, 3 not one page, 4 too many points, 5 locked with a password; any other: unreadable.
"""

import contextlib
import io
import sys

from PIL import Image

MOST_PIXELS = 50_000_000
MOST_SECONDS, MOST_MEMORY = 20, 2 * 1024**3
SEVERAL_PAGES, TOO_LARGE, LOCKED = 3, 4, 5


def limit() -> None:
    """Where the system can: so many seconds of a processor, so many bytes of memory, no file written."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


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
    limit()
    kind, side = sys.argv[1], int(sys.argv[2])
    picture = {"pdf": page, "heic": photo}[kind](sys.stdin.buffer.read(), side)
    picture.convert("RGB").save(sys.stdout.buffer, "PNG", compress_level=1)
