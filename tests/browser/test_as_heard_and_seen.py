"""Public pages as a screen reader hears them, and as people see them who change colours, motion or size."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hands import onward, sign_in

# 1280 x 1024 at 400 %.
ZOOMED = {"width": 320, "height": 256}
FRAME = """
- link "Zum Inhalt springen"
- banner:
  - paragraph:
    - link "Zentrale Wohnberatung Dresden"
  - navigation "Hauptmenü":
    - list:
      - listitem:
        - link "Start"
      - listitem:
        - link "Ich suche"
  - link "Anmelden"
- main:
  - heading "Sagen Sie uns, was Ihre Wohnung können muss" [level=1]
  - list
  - link "Los geht es"
- contentinfo:
  - navigation "Rechtliches und Hilfe"
"""
START = """
- main:
  - heading "Wohnen, das zu Ihnen passt" [level=1]
  - list:
    - listitem:
      - heading "Ich suche" [level=2]
      - link "Wohnung suchen"
    - listitem:
      - heading "Ich biete an" [level=2]
    - listitem:
      - heading "Wir sind eine Initiative" [level=2]
    - listitem:
      - heading "Ich möchte einen Termin" [level=2]
  - heading "So geht es" [level=2]
  - list
"""
STEP = """
- main:
  - progressbar /Schritt 1 von \\d+/
  - heading "Wer zieht ein?" [level=1]
  - radiogroup "Für wen füllen Sie das Formular aus?":
    - radio "Für mich oder für uns" [checked]
    - radio "Für jemand anderen, ich helfe beim Ausfüllen"
  - textbox "Personen im Haushalt"
  - radiogroup "Hund oder Katze":
    - radio "ja"
    - radio "nein"
    - radio "weiß nicht" [checked]
  - button "Weiter"
  - button "Zurück"
  - button "Später weitermachen"
"""
QUESTION = """
- main:
  - heading "Frage stellen" [level=1]
  - textbox "Ihre Frage"
  - heading "Wie erreichen wir Sie?" [level=2]
  - textbox "Name (freiwillig)"
  - textbox "Telefonnummer (freiwillig)"
  - textbox "E-Mail-Adresse (freiwillig)"
  - checkbox /Ich willige ein/
  - button "Frage absenden"
"""
OFFERS = """
- main:
  - heading "Wohnungen und Plätze" [level=1]
  - navigation "Ansicht"
  - group:
    - combobox "Was trifft auf Sie zu?"
    - group "Wo soll es sein?":
      - textbox "Stadtteil oder Postleitzahl"
      - checkbox "Auch in den Stadtteilen daneben"
    - group "Warmmiete"
  - heading /\\d+ Angebote/ [level=2]
"""
# How many elements would move.
MOVING = "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration)).length"
WIDE_LETTERS = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }');
  document.adoptedStyleSheets = [sheet];
}"""
ONE_LONG_WORD = """word => {
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode()); )
    if (text.data.trim().length > 3 && !text.parentElement.closest('svg, script, .whole')) text.data = word;
}"""
REFUSED = """
- heading "Es gibt ein Problem" [level=2]
- list:
  - listitem:
    - link /keine Zahl/
"""


@pytest.mark.parametrize(
    ("path", "heard"),
    [("/", START), ("/suche/haushalt", STEP), ("/anfrage", QUESTION), ("/angebote", OFFERS)],
)
def test_a_page_is_heard_in_the_order_in_which_it_makes_sense(page: Page, path: str, heard: str) -> None:
    page.goto(path)
    expect(page.locator("main").locator("..")).to_match_aria_snapshot(heard)


def test_the_frame_of_every_page_is_heard_as_landmarks(page: Page) -> None:
    page.goto("/suche")
    expect(page.locator("body")).to_match_aria_snapshot(FRAME)


def test_an_error_is_heard_first_and_said_at_its_field(page: Page) -> None:
    page.goto("/suche/haushalt")
    page.get_by_label("Personen im Haushalt").fill("einige")
    onward(page)
    expect(page.locator(".error-summary")).to_match_aria_snapshot(REFUSED)
    field = page.get_by_label("Personen im Haushalt")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("^Alle, die .* Fehler: .* ist keine Zahl"))


def test_the_form_stands_in_chosen_colours_and_without_motion(
    browser: Browser, base_url: str, assert_accessible: Callable[[Page], None]
) -> None:
    context = browser.new_context(forced_colors="active", reduced_motion="reduce", base_url=base_url, locale="de-DE")
    page = context.new_page()
    page.goto("/suche/haushalt")
    chosen, other = page.get_by_label("Für mich oder für uns"), page.get_by_label("Für jemand anderen")
    assert chosen.screenshot() != other.screenshot(), "the choice is seen without our colours"
    button = page.get_by_role("button", name="Weiter", exact=True)
    button.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert button.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    moving = (
        "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration)).length"
    )
    assert page.evaluate(moving) == 0
    assert_accessible(page)
    context.close()


def test_at_four_hundred_per_cent_nothing_sticks_out_or_covers_the_form(page: Page) -> None:
    page.set_viewport_size(ZOOMED)
    for path in ("/", "/suche", "/anfrage", "/termin/wunsch", "/angebote", "/anmelden", "/suche/haushalt"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"], path
    for label in ("Ich nutze einen Rollstuhl", "Ich willige ein"):
        if not page.url.endswith("/alltag"):
            onward(page)
        page.get_by_label(label).check()
    onward(page)
    expect(page.get_by_text("Nach Ihren Antworten bis hierher")).to_be_visible()
    assert page.locator("#stand").evaluate("element => getComputedStyle(element).position") == "static"
    assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"]


# Signs that are shapes of a colour, and would be gone where that is the colour of the paper.
HIDDEN_SIGNS = """() => {
  const probe = document.createElement('i');
  probe.style.color = 'Canvas';
  document.body.append(probe);
  const paper = getComputedStyle(probe).color;
  const signs = [...document.querySelectorAll('.kern-icon')].filter(sign => sign.offsetParent);
  return signs.filter(sign => getComputedStyle(sign).backgroundColor === paper).map(sign => sign.className);
}"""


def test_long_words_wide_letters_and_chosen_colours_hold_on_lists(page: Page) -> None:
    """Every text of a list is one long word, and stands as wide as readers may set it (WCAG 1.4.12), at 400 % and in
    colours of one's own."""
    page.set_viewport_size(ZOOMED)
    sign_in(page)
    for path in (
        "/",
        "/angebote?profil=wheelchair",
        "/wohnprojekte",
        "/suche/haushalt",
        "/heute",
        "/faelle",
        "/gesuche",
        "/bestand",
        "/termine",
    ):
        page.emulate_media(forced_colors="none")
        page.goto(path)
        page.evaluate(WIDE_LETTERS)
        page.evaluate(ONE_LONG_WORD, "Treppenhausbeleuchtungsanlagenerneuerungsmaßnahmen")
        assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"], path
        page.emulate_media(forced_colors="active")
        assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"], path
        assert page.evaluate(HIDDEN_SIGNS) == [], path
