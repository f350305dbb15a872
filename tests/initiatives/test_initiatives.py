"""Initiatives: read with the page of their group, changed by it alone, told as far as it chooses, asked once a year."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.factories import advisor, make_organisation, provider_of
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.initiatives.groups import JOHANNSTADT, PIESCHEN, make_initiative
from wohnberatung.accounts.services.organisations import create_organisation
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError, Forbidden, NotFound
from wohnberatung.extensions import db
from wohnberatung.initiatives.checklist import STEPS
from wohnberatung.initiatives.progress import MarkState
from wohnberatung.initiatives.services.freshness import ask_groups, is_stale
from wohnberatung.initiatives.services.initiatives import (
    begin_initiative,
    confirm_own,
    edit_initiative,
    initiatives_in,
    own_initiative,
)
from wohnberatung.initiatives.services.minutes import add_minutes, delete_minutes, file_of, shown_minutes
from wohnberatung.initiatives.services.of_place import dates_of, news_of
from wohnberatung.initiatives.services.progress import NEVER_NOTED, marked_step, note_step, stalled_initiatives
from wohnberatung.projects.models import PageState
from wohnberatung.projects.services.meetings import save_date
from wohnberatung.projects.services.publishing import objections_to_project

UNLAWFUL = "Keine Ausländer."


def text_of(answer: Any) -> str:
    return words(Page(answer.text).root.find(".//main"))


def test_an_initiative_begins_on_a_project_or_with_one_of_its_own(session: Any) -> None:
    owner = make_organisation(kind="initiative")
    actor = provider_of(owner)
    begun = begin_initiative("", "Äußere Runde", actor, serves=[PIESCHEN])
    assert (begun.slug, begun.project.page_state) == ("aeussere-runde", PageState.DRAFT)
    assert begin_initiative("", "Äußere Runde", actor).slug == "aeussere-runde-2"
    with pytest.raises(DomainError):
        begin_initiative(begun.project_id, "", actor)
    with pytest.raises(NotFound):
        begin_initiative(begun.project_id, "", provider_of(make_organisation()))


def test_what_it_tells_is_read_with_the_page_of_its_group(session: Any) -> None:
    initiative, actor = make_initiative()
    edit_initiative(initiative.slug, {"aims": UNLAWFUL}, initiative.version, actor)
    assert initiative.project.page_state is PageState.WAITING, "hidden until somebody has read it"
    assert objections_to_project(initiative.project)
    other, group = make_initiative("Zweite Runde")
    add_minutes(other.slug, clock.today(), "Treffen", UNLAWFUL, None, group)
    assert other.project.page_state is PageState.WAITING, "minutes are read too"


def test_notes_are_read_only_where_everybody_sees_them(session: Any) -> None:
    for shown, state in (("steps", PageState.PUBLISHED), ("notes", PageState.WAITING)):
        initiative, actor = make_initiative(f"Runde {shown}", progress_shown=shown)
        note_step(initiative.slug, "idee", MarkState.DONE, UNLAWFUL, "", NEVER_NOTED, actor)
        assert initiative.project.page_state is state


def test_nobody_else_changes_it_and_the_second_of_two_sees_both_texts(session: Any) -> None:
    initiative, actor = make_initiative()
    with pytest.raises(NotFound):
        own_initiative(initiative.slug, provider_of(make_organisation()))
    with pytest.raises(Conflict):
        edit_initiative(initiative.slug, {"aims": "Neu"}, 99, actor)
    note_step(initiative.slug, "idee", MarkState.DONE, "Steht.", "Rosa", NEVER_NOTED, actor)
    with pytest.raises(Conflict):
        note_step(initiative.slug, "idee", MarkState.OPEN, "Doch nicht.", "", NEVER_NOTED, actor)
    stored = marked_step(initiative.slug, "idee", actor)
    assert (stored.state, stored.note) == (MarkState.DONE, "Steht.")
    with pytest.raises(NotFound):
        marked_step(initiative.slug, "kein-schritt", actor)


def test_names_and_progress_are_told_only_as_far_as_the_group_chooses(client: CheckingClient) -> None:
    initiative, actor = make_initiative(members="Rosa Beispiel, Kasse", progress_shown="nothing")
    note_step(initiative.slug, "idee", MarkState.DONE, "Geheime Notiz", "Otto", NEVER_NOTED, actor)
    db.session.commit()
    address = f"/initiativen/{initiative.slug}"
    page = text_of(client.get(address))
    assert "Wir wollen bleiben können." in page
    assert not any(word in page for word in ("Rosa", "Geheime Notiz", "Otto", str(STEPS[0].title)))
    told = {"members_agreed": True, "progress_shown": "notes"}
    edit_initiative(initiative.slug, told, initiative.version, actor)
    db.session.commit()
    page = text_of(client.get(address))
    assert all(word in page for word in ("Rosa Beispiel, Kasse", "Geheime Notiz", f"1 von {len(STEPS)} Schritten"))
    assert "Otto" not in page, "who does what is for the group and the office"


def test_a_draft_is_nobodys_to_see(client: CheckingClient) -> None:
    initiative, actor = make_initiative("Noch geheim", public=False)
    stored = add_minutes(initiative.slug, clock.today(), "Treffen", "Text", None, actor)
    db.session.commit()
    for address in (f"/initiativen/{initiative.slug}", f"/initiativen/{initiative.slug}/protokolle/{stored.id}"):
        assert client.get(address).status_code == 404
    assert "Noch geheim" not in client.get("/initiativen").text
    assert initiatives_in(JOHANNSTADT) == news_of(JOHANNSTADT) == []


def test_minutes_are_a_text_or_a_file_of_a_meeting_that_was(session: Any) -> None:
    initiative, actor = make_initiative()
    with pytest.raises(DomainError):
        add_minutes(initiative.slug, clock.today() + timedelta(days=1), "Morgen", "Text", None, actor)
    with pytest.raises(DomainError):
        add_minutes(initiative.slug, clock.today(), "Leer", " ", None, actor)
    stored = add_minutes(initiative.slug, clock.today(), "Mit Datei", "", b"%PDF-1.7", actor)
    assert file_of(initiative.slug, stored.id, actor) == ("Mit Datei", b"%PDF-1.7")
    other, _actor = make_initiative("Andere")
    with pytest.raises(NotFound):
        shown_minutes(other.slug, stored.id, actor)
    delete_minutes(initiative.slug, stored.id, actor)
    delete_minutes(initiative.slug, stored.id, actor)
    with pytest.raises(NotFound):
        shown_minutes(initiative.slug, stored.id, actor)


def test_the_office_sees_who_has_not_moved_for_half_a_year(session: Any) -> None:
    initiative, actor = make_initiative()
    make_initiative("Entwurf", public=False)
    assert stalled_initiatives(advisor()) == []
    with time_machine.travel(clock.now() + timedelta(days=200)):
        assert stalled_initiatives(advisor()) == [initiative]
        for step in STEPS:
            note_step(initiative.slug, step.key, MarkState.NOT_NEEDED, "", "", NEVER_NOTED, actor)
    with time_machine.travel(clock.now() + timedelta(days=600)):
        assert stalled_initiatives(advisor()) == [], "whoever is through does not stall"
    with pytest.raises(Forbidden):
        stalled_initiatives(actor)


def test_the_group_is_asked_once_a_year(session: Any) -> None:
    owner = create_organisation(name="Runde", kind="initiative", trust="live", contact={"email": "runde@example.org"})
    initiative, actor = make_initiative(owner=owner)
    db.session.commit()
    assert ask_groups() == 0
    with time_machine.travel(clock.now() + timedelta(days=400)):
        assert (ask_groups(), ask_groups()) == (1, 0)
        assert is_stale(initiative)
        confirm_own(initiative.slug, actor)
        assert not is_stale(initiative)


def test_a_place_has_news_and_dates_of_its_initiatives(session: Any) -> None:
    initiative, actor = make_initiative()
    make_initiative("Anderswo", serves=[PIESCHEN])
    stored = add_minutes(initiative.slug, clock.today(), "Treffen", "Wir haben beschlossen.", None, actor)
    begins = clock.now() + timedelta(days=3)
    meeting = save_date(
        initiative.project_id, title="Tee", starts_at=begins, ends_at=begins + timedelta(hours=1), actor=actor
    )
    assert {item.id for item in news_of(JOHANNSTADT)} == {initiative.id, stored.id}
    (date,) = dates_of(JOHANNSTADT)
    assert (date.id, date.starts_at) == (meeting.id, begins)
    assert date.page.endswith(f"/initiativen/{initiative.slug}")
