"""Image files as people send them, good and bad."""

import io
from typing import Any

from PIL import Image

from wohnberatung.pictures import drawing


def image_file(
    size: tuple[int, int] = (800, 600), kind: str = "JPEG", colour: Any = "steelblue", **options: Any
) -> bytes:
    """One colour all over, the left upper corner red, so that turning shows."""
    mode = options.pop("mode", "RGB")
    image = Image.new(mode, size, colour)
    if mode == "RGB":
        image.paste((200, 0, 0), (0, 0, size[0] // 4, size[1] // 4))
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def telephone_photo() -> bytes:
    """A photo lying on its side, with camera, owner and place in its EXIF."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9C9D] = 6, "Telefon Beispiel", "Erika Beispiel".encode("utf-16-le")
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 3.0, 0.0)
    return image_file(exif=exif)


def drawn(size: tuple[int, int] = (800, 600), use: str = "photo") -> drawing.Drawn:
    return drawing.draw(image_file(size), use)
