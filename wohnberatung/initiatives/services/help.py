"""Who can help with a step: contact persons of the office, entries of the directory, and programmes that may pay."""

from collections.abc import Sequence
from dataclasses import dataclass

from wohnberatung.advice.models import FundingProgram
from wohnberatung.advice.services.parameters import funding_programs
from wohnberatung.bridge.neighbourhood_places import CityPlace, place_of
from wohnberatung.contacts.services.persons import ShownContact, all_contacts, contacts_near
from wohnberatung.directory.models import DirectoryEntry
from wohnberatung.directory.services.finding import entries_of_place, public_entries
from wohnberatung.initiatives.checklist import STEPS, ChecklistStep

MOST_CONTACTS, MOST_ENTRIES = 3, 5


@dataclass(frozen=True)
class StepHelp:
    """Those of the place first, a few of each; `programs` in the order in which to ask."""

    contacts: list[ShownContact]
    entries: list[DirectoryEntry]
    programs: list[FundingProgram]


def help_with(steps: Sequence[ChecklistStep], place: CityPlace | None) -> dict[str, StepHelp]:
    """For each of the steps by its key, near that place; without one, of the whole city."""
    contacts = contacts_near(place) if place else all_contacts()
    entries = entries_of_place(place.code) if place else [each for each in public_entries() if each.citywide]
    keys = {key for step in steps for key in step.programs}
    programs = funding_programs(keys) if keys else []
    return {
        step.key: StepHelp(
            [each for each in contacts if _answers(each, step)][:MOST_CONTACTS],
            [each for each in entries if each.kind in step.kinds][:MOST_ENTRIES],
            [each for each in programs if each.key in step.programs],
        )
        for step in steps
    }


def all_help(place: CityPlace | None) -> dict[str, StepHelp]:
    """For every step."""
    return help_with(STEPS, place)


def first_place(serves: Sequence[str]) -> CityPlace | None:
    """The neighbourhood whose contact persons an initiative has; None where it names none."""
    return next((place for code in serves if (place := place_of(code))), None)


def _answers(shown: ShownContact, step: ChecklistStep) -> bool:
    topics = shown.contact.topics
    return not topics or any(topic in topics for topic in step.topics)
