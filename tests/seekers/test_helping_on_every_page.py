"""Whoever helped is spoken to as such behind every link, also in what was kept before, and in no mail to others."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from flask_babel import force_locale

from matching.explanation import Reader
from tests.brokerage.cases import home, mails
from tests.brokerage.ways import TO_COMPLETED, go, on_the_way, sharing
from tests.committed import committed
from tests.infrastructure.pages import Page
from tests.languages.test_engine_sentences import judged
from tests.messages.cases import PRESENTED
from tests.seekers.meant_for_helpers import MEANT_BEHIND_LINKS
from tests.seekers.test_helping import HELPER_READS, YOU
from tests.viewings.cases import LANDLORD, TO_RELEASED, Acquainted, in_days, proposed, reachable_home
from wohnberatung.aftercare.services import asking
from wohnberatung.bridge.wording import engine_language
from wohnberatung.brokerage.services.task_steps import add_task
from wohnberatung.brokerage.task_kinds import FOR_SEEKER
from wohnberatung.core import clock
from wohnberatung.core.clock import BERLIN
from wohnberatung.core.languages import ENGLISH, LANGUAGES
from wohnberatung.lists.services.keeping import keep_lists
from wohnberatung.seekers.forms.helped import speak_to_helper
from wohnberatung.translations import retold
from wohnberatung.viewings.services import dates

ONESELF = re.compile(r"\b(?:[Ii]ch|[Mm]ir|[Mm]ich|[Mm]eine?[mnrs]?)\b")
ADDRESSED = YOU | {"en": re.compile(r"\b(?:you(?:r|rs|rself)?|I|me|my)\b")}


def sharing_with_helper():
    return sharing(contact=HELPER_READS)


def sentences_of(answer):
    texts = Page(answer.text).root.find(".//main").itertext()
    lines = [" ".join(line.split()) for text in texts for line in text.splitlines()]
    return [each.strip("(), ") for line in lines for each in re.split(r"(?<=[.?!])\s+", line)]


def misaddressed(client, address):
    """Sentences in any language that speak to the person, or for them, and were not read as meant for the helper. The
    last language is German."""
    found = set()
    for code in (language.code for language in reversed(LANGUAGES)):
        answer = client.get(address, query_string={"sprache": code})
        assert answer.status_code == 200, address
        read = tuple(MEANT_BEHIND_LINKS[code].strip().splitlines())
        spoken = (each for each in sentences_of(answer) if ADDRESSED[code].search(each) or ONESELF.search(each))
        found |= {(code, each) for each in spoken if not each.startswith(read)}
    return found


def test_nothing_behind_the_link_of_a_proposal_is_said_as_if_to_the_person(client, session):
    submitted = sharing_with_helper()
    match = on_the_way("offer", submitted=submitted, offer=home(width=60, balcony=False))
    for kind in FOR_SEEKER:
        add_task(match, kind)
    page = f"/vorschlag/{submitted.token}/{match.id}"
    assert {
        each for more in ("", "/passt-nicht", "/spaeter", "/hilfe") for each in misaddressed(client, page + more)
    } == set()
    assert "Die Person kommt nicht gut ins Haus" in client.get(f"{page}/passt-nicht").text
    declined = client.submit(f"{page}/passt-nicht", {"reason": "entrance"})
    assert "Der Grund der Person: Die Person kommt nicht gut ins Haus" in declined.text
    assert {each for more in ("", "/passt-nicht/gemessen") for each in misaddressed(client, page + more)} == set()


def test_nothing_is_said_as_if_to_the_person_where_both_sides_get_to_know_each_other(client, session):
    submitted = sharing_with_helper()
    match = on_the_way(*PRESENTED[:2], submitted=submitted, offer=reachable_home())
    behind = f"{submitted.token}/{match.id}"
    assert misaddressed(client, f"/vorschlag/{behind}/anbieter-fragen") == set()
    go(match, *TO_RELEASED[2:5])
    assert misaddressed(client, f"/vorschlag/{behind}/kontakt-freigeben") == set()
    go(match, "release")
    pair = Acquainted(match, submitted.token)
    told = misaddressed(client, f"/besichtigung/{behind}") | misaddressed(client, f"/nachrichten/{behind}")
    proposed(pair)
    told |= misaddressed(client, f"/besichtigung/{behind}")
    dates.choose(pair.seeker, in_days(2), version=pair.viewing.version)
    told |= misaddressed(client, f"/besichtigung/{behind}")
    pair.viewing.starts_at, match.viewing_on = clock.now() - timedelta(hours=2), clock.today()
    session.flush()
    for more in ("", "/rueckmeldung", "/verpasst"):
        told |= misaddressed(client, f"/besichtigung/{behind}{more}")
    assert told == set()


def test_how_it_goes_is_asked_of_the_helper(client, session):
    submitted = sharing_with_helper()
    with time_machine.travel(datetime(2026, 8, 10, 12, tzinfo=BERLIN), tick=False):
        match = on_the_way(*TO_COMPLETED[:-2], submitted=submitted)
    with time_machine.travel(datetime(2026, 11, 9, 9, tzinfo=BERLIN), tick=False):
        committed(asking.ask_all)()
        page = f"/nach-dem-einzug/{submitted.token}/{match.id}"
        assert misaddressed(client, page) == set()
        client.submit(page, {"living": "leaving", "ask_again": "yes"})
        assert misaddressed(client, page) == set()
    assert "der Person geholfen, der Sie helfen" in " ".join(mails()[-1].text.split())


def test_what_lists_were_is_told_to_the_helper(client, session):
    submitted = sharing_with_helper()
    for width in (95, 60):
        home(width=width)
    session.commit()
    keep_lists()
    assert misaddressed(client, f"/mein-gesuch/{submitted.token}/liste") == set()


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_kept_sentence_of_the_engine_can_be_told_to_a_helper(app, language):
    kept = [(said.label, said[Reader.SEEKER]) for said in judged(engine_language(language))]
    with app.test_request_context(), force_locale(language.locale):
        assert all(retold(sentence) == sentence for _label, sentence in kept)
        speak_to_helper()
        told = [(label, retold(sentence)) for label, sentence in kept]
    spoken = r"\bauf Sie\b|\bSie möchten\b|\bhaben Sie\b|\bfür Sie\b" if language is not ENGLISH else r"\byou\b"
    assert [sentence for _label, sentence in told if re.search(spoken, sentence)] == []
    assert [sentence for label, sentence in told if label not in sentence] == []


def test_a_mail_to_others_has_its_usual_words_although_a_helper_presses_the_button(client, session):
    submitted = sharing_with_helper()
    pair = proposed(Acquainted(on_the_way(*TO_RELEASED, submitted=submitted, offer=reachable_home()), submitted.token))
    chosen = Page(client.get(f"/besichtigung/{submitted.token}/{pair.match.id}").text)
    moment = next(each.attrib["value"] for each in chosen.all("input") if each.attrib.get("name") == "moment")
    client.submit(f"/besichtigung/{submitted.token}/{pair.match.id}", {"moment": moment})
    mail = [mail for mail in mails() if mail.to == LANDLORD][-1]
    assert "der Sie helfen" not in mail.text
    assert "gibt es Neues. Hier können Sie es lesen und antworten" in " ".join(mail.text.split())
