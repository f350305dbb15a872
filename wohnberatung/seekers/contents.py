"""What is sealed of those who seek: how they are reached, a request as it once stood, what a draft keeps."""

from typing import TypedDict

from wohnberatung.bridge.needs import Needs


class HelperContact(TypedDict, total=False):
    """Somebody who fills the form in for the one who seeks."""

    name: str
    relation: str
    phone: str
    email: str
    # What they declared when they sent the request, in the words they read.
    declared: str


class StoredContact(TypedDict, total=False):
    """How the one who seeks is called and reached; what nobody entered is left out.

    `reach` is phone, email, post or none, `ask` whom to address: person or helper. `note` is for people to read,
    `offer` the number of one the person asks about.
    """

    name: str
    reach: str
    phone: str
    email: str
    address: str
    helper: HelperContact
    ask: str
    note: str
    offer: str


class StoredVersion(TypedDict):
    """A request as it stood after one change."""

    contact: StoredContact
    needs: Needs


class DraftAnswers(TypedDict, total=False):
    """What was typed, by field, and how far its person has come: steps that were answered (`done`), those that have
    entries (`kept`), and the version of the request that the draft changes."""

    entries: dict[str, list[str]]
    done: list[str]
    kept: list[str]
    changes: int | None
