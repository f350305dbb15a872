"""Take the pictures of the user handbook again: ``python -m tests.browser.handbook [NAME …]``.

Starts a demo of its own and walks through it as the people whom the handbook is for. Look at what came out before
you commit it.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.hands import ADMIN, ADVISOR, INITIATIVE, LANDLORD, Pointer, follow, sign_in
from tests.browser.personas import WHEELCHAIR
from tests.infrastructure.chromium import ROOT, find_chromium
from tests.infrastructure.server import prepare_demo, running_server

FOLDER = ROOT / "docs" / "handbuch" / "bilder"
COLOURS = 64
PHONE, DESKTOP = 390, 1100


@dataclass(frozen=True)
class Picture:
    """What is seen of a page: its address, then links to follow, then (`top`) what shall stand at the upper edge."""

    name: str
    address: str
    height: int = 700
    who: str = ""
    width: int = DESKTOP
    follow: tuple[str, ...] = ()
    top: str = ""


CASE = ("main a:has-text('Ingeborg Ausgedacht')",)
REQUEST = ("main a:has-text('Rosemarie Testreich')",)
PICTURES = (
    Picture("start", "/", 760, width=PHONE),
    Picture("sprachen", "/?sprache=leicht", 700, width=PHONE),
    Picture("angebote", "/angebote?profil=wheelchair", 760),
    Picture("karte", "/angebote/karte", 800),
    Picture("wohnprojekte", "/wohnprojekte", 700),
    Picture("termin", "/termin", 700, width=PHONE),
    Picture("anbieten", "/anbieten", 800, LANDLORD),
    Picture("wohnung-eintragen", "/anbieten/neu", 760, LANDLORD, PHONE),
    Picture("bedarf", "/bedarf", 700, LANDLORD),
    Picture("lieferung", "/einlesen", 760, LANDLORD, follow=("main a:has-text('neue-wohnungen.csv')",)),
    Picture("organisation", "/organisation", 640, LANDLORD),
    Picture("projekt-bearbeiten", "/projekte", 760, INITIATIVE, follow=("main a:has-text('Wandelgarten')",)),
    Picture("heute", "/heute", 800, ADVISOR),
    Picture("fall", "/heute", 800, ADVISOR, follow=CASE),
    Picture("suche", "/suchen?q=Maier+pieschen", 620, ADVISOR),
    Picture("rangliste", "/heute", 900, ADVISOR, follow=REQUEST, top="#liste"),
    Picture("ausprobieren", "/heute", 800, ADVISOR, follow=(*REQUEST, "main a[href$='/probieren']")),
    Picture("vorschlag", "/vorschlaege", 900, ADVISOR, follow=("main a[href^='/vorschlaege/']",)),
    Picture("termine", "/termine", 900, ADVISOR),
    Picture("pruefung", "/pruefung", 700, ADVISOR, follow=("main a[href^='/pruefung/']",)),
    Picture("doppelte", "/heute", 800, ADVISOR, follow=("main a[href^='/doppelte/']",)),
    Picture("foerderung", "/foerderung", 640, ADVISOR),
    Picture("personen", "/verwaltung/personen", 640, ADMIN),
    Picture("aufbewahrung", "/verwaltung/aufbewahrung", 640, ADMIN),
    Picture("vorgaenge", "/verwaltung/vorgaenge", 640, ADMIN),
)
# Steps of the request form that are shown, and what shall stand at the upper edge of the picture.
STEPS = {"alltag": "main form", "bedarf": "main form", "gemeinschaft": ".journey__buttons"}


def main(names: list[str]) -> None:
    chromium = find_chromium()
    assert chromium, "no Chromium here; `python -m tests.infrastructure.chromium` brings one"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served_demo() as address, sync_playwright() as player:
        surroundings = {**os.environ, **chromium.environment}
        browser = player.chromium.launch(executable_path=chromium.program, env=surroundings, args=["--no-sandbox"])
        for picture in PICTURES:
            if not names or picture.name in names:
                take(browser, address, picture)
        if not names or "gesuch" in names:
            take_journey(browser, address)


@contextmanager
def served_demo() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        prepare_demo(Path(name))
        with running_server(Path(name)) as address:
            yield address


def take(browser: Browser, address: str, picture: Picture) -> None:
    with opened(browser, address, picture.width, picture.height) as page:
        if picture.who:
            sign_in(page, picture.who)
        page.goto(picture.address)
        for link in picture.follow:
            follow(page.locator(link).first)
        save(page, picture.name, picture.top)


def take_journey(browser: Browser, address: str) -> None:
    """A wheelchair user's request, from the first step to "Mein Gesuch"."""
    hands = Pointer()
    with opened(browser, address, PHONE, 760) as page:
        page.goto("/suche/haushalt")
        while (step := page.url.partition("/suche/")[2].partition("#")[0]) != "pruefen":
            for name, value in WHEELCHAIR.answers.get(step, {}).items():
                for text in (value,) if isinstance(value, str) else value:
                    hands.answer(page, name, text)
                if name == "search":
                    hands.follow(page, "main button[value=suchen]")
            if step in STEPS:
                save(page, f"gesuch-{step}", STEPS[step])
            hands.follow(page, "main button[value=weiter]")
        save(page, "gesuch-pruefen")
        hands.follow(page, "main button.kern-btn--primary")
        save(page, "gesuch-eingang")
        hands.follow(page, "main .secret-link a")
        save(page, "mein-gesuch")


@contextmanager
def opened(browser: Browser, address: str, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(
        base_url=address, locale="de-DE", timezone_id="Europe/Berlin", viewport={"width": width, "height": height}
    )
    yield context.new_page()
    context.close()


def save(page: Page, name: str, top: str = "") -> None:
    """As a picture of few colours: it shows an interface, no photograph."""
    page.evaluate("document.activeElement.blur()")
    place = page.locator(top) if top else page.locator("body")
    place.evaluate("element => window.scrollTo(0, element.getBoundingClientRect().top + scrollY)")
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    shot.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
