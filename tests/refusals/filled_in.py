"""What the pages do not tell about their forms: answers with which a service gets to work, by endpoint."""

import io
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from matching.criteria.rooms import INNER_DOOR_CLEAR_WIDTH
from tests.dispatch.reports import report
from tests.people import PASSWORD
from tests.pictures.drawings import image_file
from tests.projects.leaflets import PDF
from tests.viewings.cases import in_days
from wohnberatung.core import clock
from wohnberatung.projects.admission import CHOICES
from wohnberatung.web.filters import slot_word

TODAY, SOON, LATER = ((clock.today() + timedelta(days=number)).isoformat() for number in (0, 3, 4))
TABLE = b"Objektnummer;PLZ;Warmmiete\nA2;01307;510\n"
LIST = b"Name;Art\nNachbarschaftshaus am Park;Nachbarschaftshaus\n"
ROOMS = "Überschrift;Art\nSaal am Park;Raum\n".encode()
NEIGHBOUR = {"name": "Erika Beispiel", "phone": "0351 1234567", "consent": "y"}
TALK = {"way": "phone", "times": "vormittags", "name": "Erika Beispiel", "phone": "0351 1234567", "consent": "y"}

LIVING = {"living": "well", "missing": "", "ask_again": "yes"}

DATED = {"day_1": LATER, "time_1": "15:00"}
CHOSEN = {"moment": slot_word(in_days(4))}
OF_INTRODUCTIONS: dict[str, dict[str, Any]] = {
    "network.decide": {"entscheidung": "fragen", "reasons": "Beide wollen einen Garten."},
    "network.answer_introduction_by_link": {"answer": "ja"},
    **{
        f"network.{name}{by}": said
        for by in ("", "_by_link")
        for name, said in (
            ("take_back", {}),
            ("write_to_sides", {"text": "Guten Tag"}),
            ("propose_meeting", DATED),
            ("record_outcome", {"outcome": "talking"}),
            ("choose_meeting", CHOSEN),
            ("call_off_meeting", {}),
        )
    },
}

# The first form found leads elsewhere than to the record meant.
AS_ADDRESSED = {
    "accounts.change_member",
    "accounts.decline_organisation",
    "accounts.remove_member",
    "demand.ask_provider",
    "network.answer_introduction",
    *OF_INTRODUCTIONS,
}


def answers(records: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Beside what `offered_forms` fills in; files are opened anew."""
    return {
        "accounts.change_email": {"email": "neu@example.org", "current_password": PASSWORD},
        "accounts.change_member": {"role": "manager"},
        "dwellings.answer_review": {"answer": "freigeben"},
        "dwellings.change_text": {"description": "Neu beschrieben"},
        "pictures.describe_pictures": {f"alt_{records['picture_id']}": "Ein helles Bad"},
        "projects.cast_ballot": {"choice": next(iter(CHOICES))},
        "projects.show_contact": {"zeigen": "ja"},
        "surveys.reopen_survey": {"version": records["finished_version"]},
        "accounts.set_roles": {"roles": ["provider", "advisor"]},
        "accounts.choose_organisation": {"organisation_id": "keine"},
        "advice.send_appointment": TALK,
        "appointments.add_hours": {"weekday": "5", "begins": "09:00", "ends": "12:00", "ways": ["phone"]},
        "appointments.add_special_day": {"day": SOON, "what": "closed"},
        "appointments.book_slot": TALK,
        "appointments.put_into_case": {"case_number": records["case_number"]},
        "aftercare.answer_check": LIVING | {"version": records["check_version"]},
        "aftercare.record_check": LIVING,
        "aftercare.start_rematch": {"note": "Sie will allein wohnen."},
        "aftercare.split_group": {"members": [records["aftercare.split_group match_id"]]},
        "aftercare.handle_check": {"version": records["said_version"]},
        "contacts.add_person": {"user_id": records["colleague"], "duty": "Norden"},
        "contacts.edit_person": {"duty": "Ganz neu"},
        "contacts.send_question": {"topic": "adapting", "question": "Wer bezahlt eine Rampe?"},
        "cooperation.add_partner": {"service_id": records["cooperation.visits"], "need": "Besuch am Montag."},
        "cooperation.add_task": {"title": "Zeiten vereinbaren", "owner": "", "due_on": SOON},
        "cooperation.change_service": {"capacity": "waiting"},
        "cooperation.declare_service": {"kind": "visiting", "capacity": "free"},
        "cooperation.record_decision": {"version": records["partner_version"]},
        "subscriptions.change_subscription": {"often": "weekly"},
        "subscriptions.send_subscription": {"places": "Johannstadt-Nord", "email": "neu@example.org"},
        "directory.begin_entry": {"kind": "association", "name": "Chor der Siedlung"},
        "events.change_date": {"day": LATER, "begins": "11:00", "ends": "12:00"},
        "events.edit_event": {"title": "Ganz neu"},
        "events.send_registration": {"phone": "0351 1234567"},
        "events.change_my_registration": {"people": "2"},
        "noticeboard.edit_notice": {"title": "Ganz neu"},
        "noticeboard.edit_my_notice": {"title": "Ganz neu"},
        "directory.send_list": {"file": (io.BytesIO(LIST), "liste.csv")},
        "resources.send_table": {"file": (io.BytesIO(ROOMS), "raeume.csv")},
        "resources.enter_own": {"title": "Saal im Hof"},
        "resources.send_entry": NEIGHBOUR | {"title": "Ich habe einen Raum"},
        "resources.send_contact": NEIGHBOUR | {"message": "Kommen Sie auch zu mir?"},
        "resources.move_own": {"reason": "Bitte ohne Namen."},
        "initiatives.begin_initiative": {"project_id": "", "name": "Neue Runde"},
        "initiatives.note_step": {"state": "under_way", "note": "Wir reden darüber."},
        "initiatives.add_minutes": {"held_on": TODAY, "title": "Zweites Treffen", "text": "Wir sind jetzt zehn."},
        "dispatch.take_in_returns": {"files": (io.BytesIO(report(records["sent_mail"])), "meldung.eml")},
        "brokerage.move_match": {"step": "offer"},
        "brokerage.declare_first": {"until": LATER},
        "brokerage.preview_reminders": {"vorschlag": [records["brokerage.record_spoken match_id"]]},
        "brokerage.send_reminders": {"vorschlag": [records["brokerage.record_spoken match_id"]]},
        "brokerage.add_funding": {"program": "sgb11_40_4"},
        "brokerage.add_paper": {"kind": "contract", "title": "Vertrag", "file": (io.BytesIO(PDF), "vertrag.pdf")},
        "brokerage.bring_my_paper": {"file": (io.BytesIO(PDF), "wbs.pdf")},
        "brokerage.bring_provider_paper": {"file": (io.BytesIO(PDF), "vertrag.pdf")},
        "brokerage.keep_works_result": {"consent": "agreed", "provider_eur": "1200"},
        "brokerage.give_task": {"kind": "documents", "owner": "seeker", "due_on": SOON},
        "brokerage.say_measured": {INNER_DOOR_CLEAR_WIDTH.key: "78", "version": records["declined_version"]},
        "brokerage.move_my_task": {"version": records["my_task_version"]},
        "brokerage.give_answer": {"version": records["answered_version"]},
        "brokerage.refuse_request": {"version": records["request_version"]},
        "brokerage.record_spoken": {"said": "interested", "version": records["proposed_version"]},
        "brokerage.take_step_with": {"reason": "condition", "version": records["proposed_version"]},
        "brokerage.pick_offer": {"offer_id": records["brokerage.offer_id"], "step": "offer"},
        "cases.break_glass": {"reason": "Rückfrage der Pflegekasse wegen der Rampe"},
        "cases.change_code": {"label": "Ein anderer Name"},
        "cases.link_request": {"receipt_number": records["receipt_number"]},
        "cases.plan_absence": {"first_day": SOON, "last_day": LATER, "stand_in": records["colleague"]},
        "cases.postpone_follow_up": {"when": "in 3 Tagen anrufen", "when_day": SOON},
        "cases.split_household": {"staying": "1", "name": "Max", "reach": "phone", "phone": "0351 2223344"},
        "cases.transfer_all": {"person": records["accounts.admin"], "to": records["colleague"], "sure": "y"},
        "cases.transfer_case": {"to": records["colleague"]},
        "scenarios.make_scenario": {"percent": "5"},
        "planning.edit_section": {"text": "Anders gesagt.", "easy_text": "Anders gesagt."},
        "intake.send_file": {"file": (io.BytesIO(TABLE), "bestand.csv")},
        "letters.save_template": {"was": "speichern"},
        "letters.write_letter": {"was": "speichern", "recipient": "Amt", "salutation": "Guten Tag", "written": "Text"},
        "noticeboard.contest_by_link": {"text": "Das war nur ein Gruß."},
        "noticeboard.decide_report": {"reason": "Die Stelle ist nicht verboten."},
        "discretion.add_request": {"title": "Ohne Stellplätze", "rule": "parking"},
        "discretion.edit_request": {"title": "Mit weniger Stellplätzen", "rule": "parking"},
        "discretion.move_request": {"schritt": "zurueckziehen"},
        "network.ask_founders": {"who": records["founders"].split(","), "reasons": "Beide wollen gründen."},
        **{name: said | {"version": records[f"{name} version"]} for name, said in OF_INTRODUCTIONS.items()},
        "network.answer_introduction": {
            "answer": "ja",
            "side": records["network.answer_introduction side"],
            "version": records["network.answer_introduction version"],
        },
        "network.send_introduction": {"message": "Das passt gut."},
        "providers.comment_on_note": {"text": "Wir waren im Urlaub."},
        "pictures.add_pictures": {"files": (io.BytesIO(image_file((400, 300))), "bild.jpg"), "use": "photo"},
        "projects.add_file": {"title": "Satzung", "file": (io.BytesIO(PDF), "satzung.pdf")},
        "projects.open_vote": {"last_day": LATER},
        "seekers.send_lost_link": {"number": records["receipt_number"], "email": "erika@example.org"},
        "seekers.save_step": {"household_persons": "2", "household_children": "0", "aktion": "weiter"},
        "messages.decide_message": {"version": records["message_version"]},
        "viewings.describe_arrival_by_link": {"meet": "Am Tor", "version": records["viewing_version"]},
    }
