"""What is stored in one language is spoken in it on pages of another: each text lies within its own `lang`."""

from collections.abc import Iterator
from datetime import timedelta
from xml.etree.ElementTree import Element

from tests.brokerage.cases import home, offered
from tests.factories import advisor, make_organisation, make_project, make_request, provider_of
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from wohnberatung.core import clock
from wohnberatung.core.actors import VISITOR
from wohnberatung.core.languages import EASY, ENGLISH, GERMAN
from wohnberatung.extensions import db
from wohnberatung.projects.services.joining import GROUP, ask_to_join, say
from wohnberatung.projects.services.meetings import save_date
from wohnberatung.seekers.services.consents import GivenConsent, consents_from
from wohnberatung.seekers.services.messages import add_message

HOUR = timedelta(hours=1)
BALCONY = {"key": "balcony", "wanted": True, "importance": "wish"}


def told(root: Element, language: str = "") -> Iterator[tuple[str, str]]:
    """(text, the language it lies in) of every text and description of a picture, in order."""
    language = root.attrib.get("lang", language)
    yield root.text or "", language
    yield root.attrib.get("alt", ""), language
    for child in root:
        yield from told(child, language)
        yield child.tail or "", language


def languages_of(page: str, text: str) -> set[str]:
    found = {language for said, language in told(Page(page).root.find(".//main")) if text in said}
    assert found, f"{text} is not on the page"
    return found


def test_a_consent_is_spoken_in_the_language_in_which_it_was_agreed_to(client: CheckingClient) -> None:
    submitted = make_request(BALCONY, purposes=("matching",))
    given = [GivenConsent("contact", "2026-11", "You may write to me.", ENGLISH.code)]
    submitted.request.consents.extend(consents_from(given, "web_form", None))
    db.session.commit()
    own = f"/mein-gesuch/{submitted.token}"
    for language, german, english in (
        (ENGLISH, "You agreed in German.", None),
        (EASY, None, "auf Englisch zugestimmt."),
        (GERMAN, None, "Sie haben auf Englisch zugestimmt."),
    ):
        page = client.get(own, query_string={"sprache": language.code}).text
        assert languages_of(page, "Ich willige ein: matching.") == {"de"}
        assert languages_of(page, "You may write to me.") == {"en"}
        for sentence in filter(None, (german, english)):
            assert sentence in words(Page(page).root)
    alone = client.get(f"{own}/einwilligung/contact", query_string={"sprache": GERMAN.code})
    assert languages_of(alone.text, "You may write to me.") == {"en"}


def test_what_the_office_and_providers_wrote_is_german_on_an_english_page(client: CheckingClient) -> None:
    submitted = make_request(BALCONY)
    offered(submitted, home("Wohnung am Park"))
    add_message(submitted.request, "Wir haben etwas gefunden.", advisor())
    group = make_organisation(kind="initiative")
    project = make_project(group, "Wandelgarten")
    here = {"title": "Offener Abend", "starts_at": clock.now() + HOUR, "ends_at": clock.now() + 2 * HOUR}
    save_date(project.id, actor=provider_of(group), **here)
    said = {"called": "Erika", "text": "I like it."}
    enquiry, token = ask_to_join(project.id, said, consent=("1", "Yes"), actor=VISITOR)
    say(enquiry, GROUP, "Kommen Sie gern vorbei.")
    client.get("/", query_string={"sprache": ENGLISH.code})
    for path, text in (
        (f"/mein-gesuch/{submitted.token}", "Wir haben etwas gefunden."),
        ("/wohnprojekte", "Wandelgarten"),
        ("/wohnprojekte/termine", "Offener Abend"),
        (f"/wohnprojekte/{project.id}", "Wandelgarten"),
        (f"/wohnprojekte/{project.id}/mitmachen", "Wandelgarten"),
        (f"/mitmachen/{token}", "Kommen Sie gern vorbei."),
        (f"/mitmachen/{token}", "Wandelgarten"),
        (f"/mitmachen/{token}/zurueckziehen", "Wandelgarten"),
    ):
        assert languages_of(client.get(path).text, text) == {"de"}, path
