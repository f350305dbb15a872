"""Use cases and queries of shared living."""

from wohnberatung.projects.services.calendar import common_calendar, project_calendar
from wohnberatung.projects.services.dates import (
    call_off,
    coming_dates,
    dates_for_everybody,
    load_date,
    moments,
    save_date,
)
from wohnberatung.projects.services.desk import Desk, desk, members_of
from wohnberatung.projects.services.files import add_file, delete_file, fetch_file, files_of
from wohnberatung.projects.services.joining import (
    OpenedEnquiry,
    answer_enquiry,
    ask_to_join,
    enquiries_for_office,
    enquiries_of,
    load_enquiry,
    release_enquiry,
)
from wohnberatung.projects.services.mine import (
    erase_mine,
    my_enquiry,
    show_contact,
    stored_about,
    withdraw_enquiry,
    write_again,
)
from wohnberatung.projects.services.places import add_places, edit_place, load_place, move_place
from wohnberatung.projects.services.projects import (
    TEXTS,
    get_project,
    list_projects,
    own_project,
    own_projects,
    save_project,
)
from wohnberatung.projects.services.publishing import (
    begin_project,
    edit_facts,
    edit_texts,
    hide_project,
    projects_for_office,
    publish_project,
    settle_review,
)
from wohnberatung.projects.services.rooms import enter_exchange, enter_room
from wohnberatung.projects.services.showcase import ProjectSheet, ShownProject, project_sheet, projects_for_list
from wohnberatung.projects.services.votes import VoteSheet, cast_ballot, close_due_votes, open_vote, vote_sheet

__all__ = [
    "TEXTS",
    "Desk",
    "OpenedEnquiry",
    "ProjectSheet",
    "ShownProject",
    "VoteSheet",
    "add_file",
    "add_places",
    "answer_enquiry",
    "ask_to_join",
    "begin_project",
    "call_off",
    "cast_ballot",
    "close_due_votes",
    "coming_dates",
    "common_calendar",
    "dates_for_everybody",
    "delete_file",
    "desk",
    "edit_facts",
    "edit_place",
    "edit_texts",
    "enquiries_for_office",
    "enquiries_of",
    "enter_exchange",
    "enter_room",
    "erase_mine",
    "fetch_file",
    "files_of",
    "get_project",
    "hide_project",
    "list_projects",
    "load_date",
    "load_enquiry",
    "load_place",
    "members_of",
    "moments",
    "move_place",
    "my_enquiry",
    "open_vote",
    "own_project",
    "own_projects",
    "project_calendar",
    "project_sheet",
    "projects_for_list",
    "projects_for_office",
    "publish_project",
    "release_enquiry",
    "save_date",
    "save_project",
    "settle_review",
    "show_contact",
    "stored_about",
    "vote_sheet",
    "withdraw_enquiry",
    "write_again",
]
