"""Projects present themselves."""

import pytest

from tests.factories import advisor, make_organisation, make_project, provider_of
from wohnberatung.core.actors import VISITOR
from wohnberatung.core.errors import Conflict, DomainError, Forbidden, NotFound
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.projects.services.projects import get_project, list_projects, save_project


def test_a_project_has_a_name_and_somebody_behind_it(session):
    with pytest.raises(DomainError) as nobody:
        save_project(name="Wohnprojekt")
    with pytest.raises(DomainError) as nameless:
        save_project(organisation_id=make_organisation().id, name=" ")
    assert (nobody.value.field, nameless.value.field) == ("organisation_id", "name")


def test_a_project_keeps_what_it_says_of_living_together(session):
    project = make_project()
    record_facts(project, {"languages": "Deutsch, dgs", "community_hours_month": "6"}, "stated")
    session.refresh(project)
    assert project.known_facts() == {"languages": ["de", "dgs"], "community_hours_month": 6}


def test_unpublished_projects_are_seen_by_their_people_and_the_office(session):
    owner = make_organisation()
    hidden, shown = make_project(owner, published=False), make_project()
    assert [project.id for project in list_projects(VISITOR).items] == [shown.id]
    assert list_projects(advisor()).total == list_projects(provider_of(owner)).total == 2
    assert get_project(hidden.id, provider_of(owner)) is hidden
    with pytest.raises(NotFound):
        get_project(hidden.id, VISITOR)


def test_only_its_people_and_the_office_change_a_project(session):
    project = make_project()
    with pytest.raises(Forbidden):
        save_project(project, name="Anders", actor=provider_of(make_organisation()))
    version = project.version
    save_project(project, story="Es begann im Garten.", version=version, actor=advisor())
    with pytest.raises(Conflict):
        save_project(project, story="Es begann im Hof.", version=version, actor=advisor())


def test_projects_are_found_by_words(session):
    garden = make_project(name="Gartenhof Pieschen")
    make_project(name="Elbehaus")
    assert [project.id for project in list_projects(VISITOR, "garten").items] == [garden.id]
