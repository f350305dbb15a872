"""Somebody who helps is spoken to as such throughout, and what they declared is on the receipt."""

import re

import pytest

from matching.profiles import PROFILES
from tests.brokerage.cases import asked, link_in, mails, offered, reviewed
from tests.factories import advisor
from tests.infrastructure.pages import Page, words
from tests.papers.reading import words_of
from tests.seekers.meant_for_helpers import MEANT_FOR_HELPERS
from tests.seekers.walking import ANSWERS, begin, send, token_in
from wohnberatung.brokerage.services.history import Given
from wohnberatung.brokerage.services.matches import advance
from wohnberatung.core.ids import hash_token
from wohnberatung.core.languages import ENGLISH
from wohnberatung.extensions import db
from wohnberatung.seekers.forms.helped import HELPED
from wohnberatung.seekers.forms.helped_acquainted import HELPED_ACQUAINTED
from wohnberatung.seekers.forms.helped_afterwards import HELPED_AFTERWARDS
from wohnberatung.seekers.forms.helped_proposals import HELPED_PROPOSALS
from wohnberatung.seekers.forms.helped_sentences import HELPED_SENTENCES
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.contacts import send_receipt
from wohnberatung.seekers.services.helped_mails import HELPED_MAILS
from wohnberatung.seekers.services.messages import answer_message
from wohnberatung.seekers.services.reconfirmation import ask_to_keep
from wohnberatung.translations.extraction import public_messages

TABLES = HELPED | HELPED_AFTERWARDS | HELPED_PROPOSALS | HELPED_ACQUAINTED | HELPED_SENTENCES | HELPED_MAILS
HELPING = {"filled_in_for": "other"}
HELPER = {"helper_name": "Paula Tochter", "helper_relation": "Tochter", "helper_phone": "0351 7654321", "ask": "helper"}
DECLARED = {"agreed_with_person": "y"}
SIE = re.compile(r"\b(?:Sie|Ihre?[mnrs]?|Ihnen)\b")
YOU = {"de": SIE, "leicht": SIE, "en": re.compile(r"\byour?s?(?:self)?\b", re.IGNORECASE)}
SEND = {"de": "Gesuch absenden", "leicht": "Suche abschicken", "en": "Send housing request"}
DECLARATION = "Ich habe alles mit der Person abgesprochen"


def begin_helping(client, **changes):
    asked = {"haushalt": ANSWERS["haushalt"] | HELPING, "kontakt": ANSWERS["kontakt"] | HELPER}
    begin(client, **asked, einwilligung=ANSWERS["einwilligung"] | DECLARED, **changes)


def main_of(answer):
    return words(Page(answer.text).root.find(".//main"))


def test_every_sentence_of_the_table_is_one_that_the_form_says() -> None:
    said = public_messages()
    assert [message for message in TABLES if message not in said] == []


@pytest.mark.parametrize("step", ANSWERS)
def test_no_step_speaks_to_the_helper_as_if_it_were_the_person(client, session, step):
    begin_helping(client)
    page = main_of(client.get(f"/suche/{step}"))
    assert [message for message in HELPED if message in page] == []
    assert "Person" in page or step == "haushalt"


@pytest.mark.parametrize("code", MEANT_FOR_HELPERS)
def test_every_sentence_that_says_you_means_the_helper(client, session, code):
    every_need = ANSWERS["alltag"] | {"profiles": [profile.key for profile in PROFILES]}
    begin_helping(client, alltag=every_need)
    drawn = [client.get(f"/suche/{step}?sprache={code}").text for step in [*ANSWERS, "pruefen"]]
    receipt = send(client, button=SEND[code])
    texts = [text for page in [*drawn, receipt.text] for text in Page(page).root.find(".//main").itertext()]
    sentences = [each.strip("(), ") for text in texts for each in re.split(r"(?<=[.?!])\s+", " ".join(text.split()))]
    read = MEANT_FOR_HELPERS[code].strip().splitlines()
    assert {each for each in sentences if YOU[code].search(each) and not each.startswith(tuple(read))} == set()


def test_who_asks_for_themselves_is_spoken_to_as_before(client, session):
    begin(client)
    assert "Wie kommen Sie im Alltag zurecht?" in main_of(client.get("/suche/alltag"))
    assert "Ich willige ein, dass mich die Wohnberatung" in main_of(client.get("/suche/einwilligung"))


def test_it_is_the_same_in_english(client, session):
    client.get("/", query_string={"sprache": ENGLISH.code})
    begin_helping(client)
    everyday = main_of(client.get("/suche/alltag"))
    assert "How does the person manage in everyday life?" in everyday
    assert "A child of the person has a disability" in everyday


def test_the_declaration_is_kept_and_on_the_receipt(client, session):
    begin_helping(client)
    assert DECLARATION in main_of(client.get("/suche/pruefen"))
    receipt = send(client)
    shown = main_of(receipt)
    assert DECLARATION in shown
    assert "Das Gesuch der Person ist angekommen" in shown
    paper = words_of(client.get(receipt.request.path + ".pdf").data)
    assert DECLARATION in paper
    assert "Wer den Link kennt, kann das Gesuch sehen." in paper
    assert [message for message in HELPED if message in paper] == []
    request = db.session.query(HousingRequest).one()
    assert {consent.text.split(",")[0] for consent in request.consents} == {"Die Person willigt ein"}


AFTERWARDS = (
    "",
    "/zurueckziehen",
    "/loeschen",
    "/link",
    "/nachrichten",
    "/einwilligung/health",
    "/einwilligung/contact",
)


def test_what_comes_after_sending_speaks_to_the_helper_as_well(client, session):
    begin_helping(client)
    mine = f"/mein-gesuch/{token_in(send(client))}"
    for page in AFTERWARDS:
        shown = main_of(client.get(mine + page))
        assert [message for message in HELPED | HELPED_AFTERWARDS if message in shown] == []
        assert "Person" in shown
    assert "Das Gesuch ruht jetzt." in client.submit(mine, button="Gesuch pausieren").text
    assert "The person’s housing request" in main_of(client.get(f"{mine}?sprache=en"))


HELPER_READS = {
    "name": "Erika Beispiel",
    "reach": "none",
    "ask": "helper",
    "helper": {"name": "Paula Tochter", "relation": "Tochter", "email": "paula@example.org"},
}
ANSWERS_OF_PROPOSALS = ("", "/interesse", "/passt-nicht", "/spaeter", "/hilfe")


def of_whom(sentence):
    return [message for message in HELPED | HELPED_AFTERWARDS | HELPED_PROPOSALS if message in sentence]


def test_a_proposal_speaks_to_the_helper_until_it_is_answered(client, session):
    submitted = asked(contact=HELPER_READS)
    match = offered(submitted)
    page = link_in(mails()[-1]).partition("?")[0]
    for address in ANSWERS_OF_PROPOSALS:
        shown = main_of(client.get(page + address, follow_redirects=True))
        assert of_whom(shown) == []
        assert "Person" in shown
    assert "What we propose" not in main_of(client.get(f"{page}?sprache=en"))
    assert "Waiting for the person’s answer" in main_of(client.get(f"{page}?sprache=en"))
    client.get(f"{page}?sprache=de")
    answered = client.submit(page, {}, button="Das interessiert die Person")
    assert match.state == "interested"
    assert "Die Person hat Interesse" in main_of(answered)
    assert of_whom(main_of(client.get(f"{page}/anbieter-fragen"))) == []


def test_whether_somebody_still_seeks_is_asked_of_the_helper(client, session):
    submitted = asked(contact=HELPER_READS)
    submitted.request.keep_token_hash = hash_token("b" * 26)
    session.flush()
    shown = client.get(f"/suche-ich-noch/{'b' * 26}")
    assert of_whom(main_of(shown)) == []
    kept = client.submit(f"/suche-ich-noch/{'b' * 26}", {}, button="Ja, die Person sucht noch")
    assert "Wir suchen weiter für die Person." in kept.text


def test_every_mail_to_a_helper_speaks_of_the_person(client, session):
    submitted = asked(contact=HELPER_READS)
    match = offered(submitted)
    send_receipt(submitted)
    ask_to_keep(submitted.request)
    answer_message(submitted.request.id, "Wir haben etwas gefunden.", advisor())
    advance(match.id, "withdraw", advisor(), given=Given("office_other", "Irrtum."))
    assert len(mails()) == 5
    for mail in mails():
        for text in (mail.text, words(Page(mail.html).root)):
            told = " ".join(text.split())
            assert [message for message in HELPED_MAILS if message.partition("%")[0] in told] == []
            assert "Person" in told


def test_a_mail_to_the_person_speaks_to_them_although_a_helper_presses_the_button(client, session):
    """The page is the helper's, the mail is not."""
    contact = HELPER_READS | {"ask": "person", "reach": "email", "email": "erika@example.org"}
    submitted = asked(contact=contact)
    reviewed(submitted)
    client.submit(f"/mein-gesuch/{submitted.token}", {}, button="Gesuch pausieren")
    send_receipt(submitted)
    assert "Ihre Nachricht ist bei uns angekommen." in mails()[-1].text
