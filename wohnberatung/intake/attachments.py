"""The pictures that an OpenImmo object names (`anhaenge/anhang`), and which file of the archive each name means.

Programs write paths as they stand on their own disk: with backslashes, a dot in front, other capitals, percent signs.
Packers write names in the character set of their system and do not say in which (PKWARE APPNOTE, appendix D).
"""

import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from flask_babel import gettext as _
from lxml import etree

from wohnberatung.intake.embedded import INSIDE
from wohnberatung.intake.result import RawPicture
from wohnberatung.intake.sections import text_of

PHOTO, PLAN = "photo", "plan"
_PICTURES = {
    "TITELBILD": PHOTO,
    "INNENANSICHTEN": PHOTO,
    "AUSSENANSICHTEN": PHOTO,
    "BILD": PHOTO,
    "": PHOTO,
    "GRUNDRISS": PLAN,
    "KARTEN_LAGEPLAN": PLAN,
}
# What a name may have been before the packer wrote it down as if it were code page 437.
_ENCODINGS = ("utf-8", "cp850", "cp1252", "mac-roman")
LONGEST_PATH = 300


def pictures_of(section: etree._Element) -> tuple[tuple[RawPicture, ...], tuple[str, ...]]:
    """The pictures that an object names in this element, its cover first, and notes on what is not taken."""
    found: list[RawPicture] = []
    covers: list[RawPicture] = []
    notes: list[str] = []
    for attachment in section.iter("anhang"):
        path, group = _path(attachment), str(attachment.get("gruppe", "")).upper()
        title = text_of(attachment, "anhangtitel") or text_of(attachment, "titel")
        use = _PICTURES.get(group)
        if use is None:
            notes.append(_("Anhang „%(name)s“ ist kein Bild und wird nicht übernommen.", name=(title or path)[:80]))
        elif not path.startswith(INSIDE) and _is_elsewhere(attachment, path):
            notes.append(_("Bild „%(name)s“ liegt im Netz. Bitte als Datei mitschicken.", name=path[:80]))
        elif not path:
            notes.append(_("Bild „%(name)s“ nennt keine Datei. Bitte als Datei mitschicken.", name=title[:80]))
        else:
            picture = RawPicture(path[:LONGEST_PATH], _in_words(use, title, group), use)
            (covers if group == "TITELBILD" else found).append(picture)
    return (*covers, *found), tuple(notes)


def _path(attachment: etree._Element) -> str:
    """Where the file is; the content itself, where it was given, stands before any path on the sender's disk."""
    inside = text_of(attachment, "daten/anhanginhalt") or text_of(attachment, "anhanginhalt")
    if inside.startswith(INSIDE):
        return inside
    return text_of(attachment, "daten/pfad") or text_of(attachment, "pfad")


def _is_elsewhere(attachment: etree._Element, path: str) -> bool:
    return "://" in path or str(attachment.get("location", "")).upper() == "REMOTE"


def shown_name(picture: RawPicture) -> str:
    """What a report calls it: its path, or its words where it has no path."""
    return (picture.alt if picture.path.startswith(INSIDE) else picture.path)[:80]


def _in_words(use: str, title: str, group: str) -> str:
    """What is to be seen, as far as the provider says; that it is his word is said with it."""
    kind = {
        "TITELBILD": _("Titelbild"),
        "INNENANSICHTEN": _("Innenansicht"),
        "AUSSENANSICHTEN": _("Außenansicht"),
        "KARTEN_LAGEPLAN": _("Lageplan"),
    }.get(group, "")
    shown = title or kind
    if use == PLAN:
        return _("Plan vom Anbieter: %(shown)s", shown=shown) if shown else _("Plan vom Anbieter")
    return _("Bild vom Anbieter: %(shown)s", shown=shown) if shown else _("Bild vom Anbieter")


class ArchiveNames:
    """The files of an archive by whatever name an object gives them."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self._exact = {_slashes(name): name for name in self.names}
        self._folded: dict[str, list[str]] = {}
        self._ends: dict[str, list[str]] = {}
        for name in self.names:
            for key in {_folded(reading) for reading in _readings(name)}:
                self._folded.setdefault(key, []).append(name)
                self._ends.setdefault(key.rpartition("/")[2], []).append(name)

    def find(self, path: str) -> str | None:
        """The file that is meant: at the path itself, else the only one with that path in other capitals or another
        encoding, else the only one of that name in whatever folder."""
        wanted = [_slashes(path), _slashes(unquote(path))]
        if exact := next((self._exact[name] for name in wanted if name in self._exact), None):
            return exact
        for place, last_part_alone in ((self._folded, False), (self._ends, True)):
            for name in wanted:
                key = _folded(name).rpartition("/")[2] if last_part_alone else _folded(name)
                found = place.get(key, [])
                if len(found) == 1:
                    return found[0]
        return None


def _readings(name: str) -> Iterator[str]:
    """The name as it stands there, and what it may have been meant as."""
    yield name
    if name.isascii():
        return
    try:
        written = name.encode("cp437")
    except UnicodeEncodeError:
        return  # the packer said that it is UTF-8
    for encoding in _ENCODINGS:
        try:
            yield written.decode(encoding)
        except UnicodeDecodeError:
            continue


def _slashes(path: str) -> str:
    parts = unicodedata.normalize("NFC", path.strip()).replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", "."))


def _folded(path: str) -> str:
    return _slashes(path).casefold()
