"""Asking the office something without a name: question, appointment, barrier; and what the office does with it."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.factories import advisor, provider_of
from tests.infrastructure.client import CheckingClient, find_form, offered_values
from tests.infrastructure.pages import Page, words
from tests.papers.reading import lines_of
from tests.people import make_user, sign_in
from wohnberatung.advice.models import Enquiry, EnquiryNote
from wohnberatung.advice.services.enquiries import (
    ANSWERED,
    RELEASE,
    content_of,
    erase_enquiry,
    list_enquiries,
    move_enquiry,
    notes_of,
    submit_enquiry,
    wants_letter,
)
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.errors import Forbidden
from wohnberatung.extensions import db
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.mail.services.outbox import read_mail
from wohnberatung.privacy.models import PersonKey

QUESTION = {"question": "Wer bezahlt einen Treppenlift?"}
APPOINTMENT = {"way": "home", "times": "dienstags ab 10 Uhr", "phone": "0351 1234567", "consent": "y"}


def stored() -> Enquiry:
    return db.session.scalars(select(Enquiry)).one()


def text_of(response: Any) -> str:
    return words(Page(response.text).root.find(".//main"))


def test_a_question_needs_no_name_and_no_consent(client: CheckingClient) -> None:
    receipt = client.submit("/anfrage", QUESTION)
    enquiry = stored()
    assert receipt.status_code == 200
    assert "Ihre Frage ist angekommen" in text_of(receipt)
    assert enquiry.receipt_number in text_of(receipt)
    assert "Dort steht unsere Antwort." in text_of(receipt)
    assert (enquiry.kind, enquiry.state, enquiry.held_for, enquiry.consent_text) == ("question", "open", None, None)
    assert content_of(enquiry) == QUESTION


def test_what_was_asked_is_sealed(client: CheckingClient) -> None:
    client.submit("/anfrage", QUESTION)
    assert b"Treppenlift" not in stored().content


def test_contact_data_are_kept_with_consent_only(client: CheckingClient) -> None:
    refused = client.submit("/anfrage", {**QUESTION, "email": "erika@example.org"})
    assert refused.status_code == 400
    assert "Ohne Ihre Einwilligung" in text_of(refused)
    assert "Treppenlift" in refused.text, "what was written is still there"
    client.submit("/anfrage", {**QUESTION, "email": "erika@example.org", "consent": "y"})
    assert stored().consent_text.startswith("Ich willige ein")
    assert stored().consent_version == "2026-11"


def test_an_appointment_is_asked_for(client: CheckingClient) -> None:
    receipt = client.submit("/termin/wunsch", APPOINTMENT)
    assert "vereinbaren den Termin" in text_of(receipt)
    assert content_of(stored()) == {"way": "home", "times": "dienstags ab 10 Uhr", "phone": "0351 1234567"}


def test_an_appointment_needs_a_way_to_agree_on_it(client: CheckingClient) -> None:
    wish = {"way": "phone", "times": "immer"}
    assert "Sonst können wir den Termin nicht" in text_of(client.submit("/termin/wunsch", wish))
    assert client.submit("/termin/wunsch", {**wish, "calls_in": "y"}).status_code == 200
    assert content_of(stored()) == wish


def test_an_appointment_may_be_agreed_on_by_letter(client: CheckingClient) -> None:
    wish = {"way": "home", "times": "immer", "postal": "Elbweg 1\n01307 Dresden"}
    assert client.submit("/termin/wunsch", {**wish, "consent": "y"}).status_code == 200
    assert wants_letter(stored())


def test_errors_are_listed_in_the_order_of_the_page(client: CheckingClient) -> None:
    refused = text_of(client.submit("/termin/wunsch"))
    first, then, last = (
        "wie Sie mit uns sprechen möchten.",
        "wann es Ihnen passt.",
        "wie wir Sie erreichen: Telefon, E-Mail",
    )
    assert refused.index(first) < refused.index(then) < refused.index(last)


def test_a_barrier_is_reported(client: CheckingClient) -> None:
    client.submit("/barrierefreiheit/rueckmeldung", {"barrier": "Der Knopf hat keinen Namen.", "page": "Start"})
    assert stored().kind == "barrier"
    assert content_of(stored()) == {"barrier": "Der Knopf hat keinen Namen.", "page": "Start"}


@pytest.mark.parametrize("path", ["/anfrage", "/termin/wunsch", "/barrierefreiheit/rueckmeldung"])
def test_an_empty_form_says_what_is_missing(client: CheckingClient, path: str) -> None:
    assert client.submit(path).status_code == 400
    assert list_enquiries(advisor()).total == 0


def test_the_receipt_is_only_for_the_browser_that_sent_something(client: CheckingClient) -> None:
    assert client.get("/eingang").headers["Location"] == "/anfrage"


def test_sending_twice_is_asking_once(client: CheckingClient) -> None:
    page = client.get("/anfrage")
    data = dict(offered_values(find_form(Page(page.text), {"question"}, ""))) | QUESTION
    assert [client.post("/anfrage", data=data).status_code for _ in range(2)] == [302, 302]
    assert stored().held_for is None


def test_the_office_answers_and_opens_again_with_notes_that_stay(client: CheckingClient) -> None:
    client.submit("/anfrage", {**QUESTION, "name": "Erika", "consent": "y"})
    sign_in(client, make_user("advisor", name="Frau Rat"))
    assert "Wer bezahlt einen Treppenlift?" in text_of(client.get("/anfragen"))
    path = f"/anfragen/{stored().id}"
    assert "Erika" in text_of(client.get(path))
    assert client.submit(path, {}, button="Als beantwortet kennzeichnen").status_code == 400, "a note is needed"
    client.submit(path, {"note": "Angerufen, Pflegekasse genannt."}, button="Als beantwortet kennzeichnen")
    assert stored().state == "answered"
    assert stored().answered_at is not None
    client.submit(path, {"note": "Fragt noch einmal."}, button="Wieder öffnen")
    assert (stored().state, stored().answered_at) == ("open", None)
    assert [(note.by, note.text, note.state) for note in notes_of(stored())] == [
        ("Frau Rat", "Angerufen, Pflegekasse genannt.", "answered"),
        ("Frau Rat", "Fragt noch einmal.", "open"),
    ]


def test_who_left_no_contact_reads_the_answer_by_a_link(client: CheckingClient) -> None:
    receipt = client.submit("/anfrage", QUESTION)
    link = next(each.attrib["href"] for each in Page(receipt.text).all("a") if "/antwort/" in each.attrib["href"])
    path = link.partition("//")[2].partition("/")[2].partition("?")[0]
    assert "Wir haben noch nicht geantwortet." in text_of(client.get(f"/{path}"))
    answer = "Die Pflegekasse zahlt bis 4.180 €.\nRufen Sie dort an."
    enquiry = stored()
    note = {"note": "Geht um die Mutter.", "answer": answer}
    sign_in(client, make_user("advisor"))
    client.submit(f"/anfragen/{enquiry.id}", note, button="Als beantwortet kennzeichnen")
    page = text_of(client.get(f"/{path}"))
    assert "Die Pflegekasse zahlt bis 4.180 €." in page
    assert "Wer bezahlt einen Treppenlift?" in page
    assert "Mutter" not in page, "a note is for the office"
    assert client.get("/antwort/" + "a" * 26).status_code == 404


def written_in(paper: bytes) -> str:
    return "".join(line.text for line in lines_of(paper))


POSTAL = {**QUESTION, "name": "Erika Beispiel", "postal": "Elbweg 1\n01307 Dresden"}


def test_an_answer_goes_by_post_where_an_address_was_left_with_consent(client: CheckingClient) -> None:
    """A task on the desk until the letter is under way: first it is written, then printed."""
    assert "Ohne Ihre Einwilligung" in text_of(client.submit("/anfrage", POSTAL))
    receipt = client.submit("/anfrage", {**POSTAL, "consent": "y"})
    assert "Wir melden uns bei Ihnen." in text_of(receipt)
    enquiry = stored()
    own = f"/anfragen/{enquiry.id}"
    sign_in(client, make_user("advisor", name="Anna Beraterin"))
    assert "Antwort mit einem Brief" in text_of(client.get("/heute"))
    assert client.get(f"{own}/brief.pdf").status_code == 404, "nothing to print yet"
    empty = client.submit(own, {"note": "Brief"}, button="Antwort als Brief speichern")
    assert (empty.status_code, "die im Brief stehen soll" in text_of(empty)) == (400, True)
    answer = {"note": "Brief geschrieben", "answer": "Die Pflegekasse zahlt.\n\nRufen Sie dort an."}
    page = client.submit(own, answer, button="Antwort als Brief speichern")
    assert "Brief öffnen und drucken (PDF)" in text_of(page)
    letter = client.get(f"{own}/brief.pdf")
    told = written_in(letter.data)
    asked, answered = "Wer bezahlt einen Treppenlift?", ("Die Pflegekasse zahlt.", "Rufen Sie dort an.")
    address = ("Erika Beispiel", "01307 Dresden", "Guten Tag, Erika Beispiel,")
    for said in (*address, enquiry.receipt_number, *answered, asked, "Anna Beraterin"):
        assert said in told, said
    assert [each.id for each in list_enquiries(advisor()).items] == [enquiry.id], "waits until it is in the post"
    client.submit(own, {"note": "In der Post"}, button="Als beantwortet kennzeichnen")
    assert list_enquiries(advisor()).items == []


def test_a_letter_speaks_the_language_in_which_was_asked_and_nobody_else_gets_one(client: CheckingClient) -> None:
    english = submit_enquiry("question", POSTAL, consent=("1", "Yes"), language="en")
    without = submit_enquiry("question", QUESTION)
    sign_in(client, make_user("advisor"))
    for enquiry in (english, without):
        shown = client.get(f"/anfragen/{enquiry.id}").text
        assert ("Antwort als Brief speichern" in shown) == (enquiry is english)
    client.submit(
        f"/anfragen/{english.id}", {"note": "x", "answer": "Call them."}, button="Antwort als Brief speichern"
    )
    told = written_in(client.get(f"/anfragen/{english.id}/brief.pdf").data)
    assert "Hello Erika Beispiel," in told
    assert "What you wrote to us" in told


def test_two_advisors_do_not_answer_over_each_other(client: CheckingClient) -> None:
    enquiry = submit_enquiry("question", QUESTION)
    path = f"/anfragen/{enquiry.id}"
    sign_in(client, make_user("advisor"))
    seen = dict(offered_values(find_form(Page(client.get(path).text), {"note"}, "")))
    client.submit(path, {"note": "erste"}, button="Als beantwortet kennzeichnen")
    second = client.post(path, data={**seen, "note": "zweite", "schritt": ANSWERED})
    assert second.status_code == 409
    assert "zweite" in second.text, "what the second wrote is not lost"


def test_an_enquiry_is_erased_with_its_key(client: CheckingClient) -> None:
    enquiry_id = submit_enquiry("question", QUESTION).id
    sign_in(client, make_user("advisor"))
    path = f"/anfragen/{enquiry_id}"
    client.submit(path, {"note": "gelesen"}, button="Als beantwortet kennzeichnen")
    assert client.submit(path, {"sure": None}, button="Anfrage löschen").status_code == 400
    client.submit(path, {"sure": "y"}, button="Anfrage löschen")
    assert db.session.scalars(select(Enquiry)).all() == db.session.scalars(select(EnquiryNote)).all() == []
    assert db.session.scalars(select(PersonKey.wrapped).where(PersonKey.wrapped.is_not(None))).all() == []
    assert client.get(path).status_code == 404


def test_a_legal_hold_forbids_erasing(session: Any) -> None:
    enquiry = submit_enquiry("question", QUESTION)
    enquiry.legal_hold = True
    with pytest.raises(Forbidden):
        erase_enquiry(enquiry)


def test_only_the_office_reads_enquiries(session: Any) -> None:
    with pytest.raises(Forbidden):
        list_enquiries(provider_of())


def mails() -> list[Any]:
    return [read_mail(mail_id) for mail_id in db.session.scalars(select(OutgoingMail.id))]


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("/anfrage", QUESTION, "Wir melden uns bei Ihnen."),
        ("/termin/wunsch", APPOINTMENT, "vereinbaren den Termin"),
    ],
)
def test_who_leaves_an_address_gets_the_number_by_mail_and_nothing_of_what_they_wrote(
    client: CheckingClient, path: str, fields: dict[str, str], said: str
) -> None:
    client.submit(path, {**fields, "email": "erika@example.org", "consent": "y"})
    (mail,) = mails()
    assert stored().receipt_number in mail.subject + mail.text
    assert said in mail.text
    assert said in mail.html
    written = fields.get("question") or fields["times"]
    assert written not in mail.text + mail.html


def test_without_an_address_no_mail_is_sent(client: CheckingClient) -> None:
    client.submit("/termin/wunsch", APPOINTMENT)
    assert mails() == []


def test_what_looks_like_spam_gets_its_receipt_only_when_somebody_lets_it_out(session: Any) -> None:
    content = {"question": "Frage", "email": "erika@example.org"}
    held = submit_enquiry("question", content, consent=("2026-11", "Ja."), held_for=HoldReason.TOO_FAST)
    assert mails() == []
    move_enquiry(held, RELEASE, note="Ist echt.", version=held.version, actor=advisor())
    assert held.receipt_number in mails()[0].text


def test_erasing_an_enquiry_stops_its_mail(session: Any) -> None:
    content = {"question": "Frage", "email": "erika@example.org"}
    erase_enquiry(submit_enquiry("question", content, consent=("2026-11", "Ja.")))
    (mail,) = db.session.scalars(select(OutgoingMail))
    session.refresh(mail)
    assert (mail.state, mail.content) == (MailState.ERASED, None)
