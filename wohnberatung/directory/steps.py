"""What becomes of an entry of the directory, and of a list of them: which step leads where, and who takes it."""

from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.directory.models import DirectoryEntry, DirectoryList, EntryState, ListState

S = EntryState
OWNER, OFFICE, SYSTEM = (Party.PROVIDER, Party.OFFICE), (Party.OFFICE,), (Party.SYSTEM,)

SHOW, APPROVE, SETTLE, HIDE, CONFIRM = "zeigen", "freigeben", "geprueft", "verbergen", "stimmt"
LOOK_AGAIN, TAKE_BACK = "wieder-pruefen", "erst-pruefen"
APPLY_LIST, DISCARD_LIST = "uebernehmen", "verwerfen"


def says_something(entry: DirectoryEntry) -> None:
    """DomainError where nobody could tell what they do, or where."""
    if not entry.summary.strip():
        raise DomainError(_("Bitte schreiben Sie zuerst, was Sie tun."))
    if not (entry.citywide or entry.serves):
        raise DomainError(_("Bitte sagen Sie zuerst, für welche Stadtteile Sie da sind."))


def _enter(entry: DirectoryEntry, state: StrEnum) -> None:
    """Whoever waits for the office does so since the first day; what becomes public is right on that day."""
    if not entry.is_public and state == S.PUBLISHED:
        entry.confirmed_at, entry.asked_at = clock.now(), None
    waits = state in (S.WAITING, S.CHANGED)
    entry.waits_since = (entry.waits_since or clock.now()) if waits else None
    entry.state = S(state)


def _gone_on(_thing: object) -> Conflict:
    return Conflict(_("Das geht nicht mehr: Der Eintrag hat inzwischen einen anderen Stand."))


# To show it means to hand it to the office where the owner is not trusted yet or the wording asks for it.
ENTRY_STEPS: StepTable[DirectoryEntry] = StepTable(
    Step(
        SHOW,
        OWNER,
        (S.DRAFT,),
        S.PUBLISHED,
        _l("Veröffentlichen"),
        _l("Der Eintrag ist jetzt für alle zu sehen."),
        guards=(says_something,),
        instead=(S.WAITING,),
    ),
    Step(
        APPROVE,
        OFFICE,
        (S.WAITING,),
        S.PUBLISHED,
        _l("Freigeben"),
        _l("Der Eintrag ist jetzt für alle zu sehen."),
        guards=(says_something,),
    ),
    Step(SETTLE, OFFICE, (S.CHANGED,), S.PUBLISHED, _l("Ich habe es angesehen"), _l("Als angesehen vermerkt.")),
    Step(
        HIDE,
        OWNER,
        (S.PUBLISHED, S.CHANGED, S.WAITING),
        S.DRAFT,
        _l("Zurück zum Entwurf"),
        _l("Der Eintrag ist jetzt wieder ein Entwurf."),
    ),
    Step(
        CONFIRM,
        OWNER,
        (S.PUBLISHED, S.CHANGED),
        S.PUBLISHED,
        _l("Alles stimmt noch"),
        _l("Danke. Der Eintrag ist bestätigt."),
        stays=True,
    ),
    # Somebody has changed what everybody reads: it stays public meanwhile, or does not where it may exclude people.
    Step(LOOK_AGAIN, SYSTEM, (S.PUBLISHED,), S.CHANGED),
    Step(TAKE_BACK, SYSTEM, (S.PUBLISHED, S.CHANGED), S.WAITING),
    begins=(S.DRAFT,),
    refused=_gone_on,
    enter=_enter,
)


def _enter_list(row: DirectoryList, state: StrEnum) -> None:
    """What was read is kept no longer than somebody may decide about it."""
    row.state, row.plain_rows = ListState(state), None


LIST_STEPS: StepTable[DirectoryList] = StepTable(
    Step(APPLY_LIST, OFFICE, (ListState.STAGED,), ListState.APPLIED, _l("Übernehmen"), _l("Übernommen.")),
    Step(DISCARD_LIST, OFFICE, (ListState.STAGED,), ListState.DISCARDED, _l("Verwerfen"), _l("Verworfen.")),
    begins=(ListState.STAGED,),
    final=(ListState.APPLIED, ListState.DISCARDED),
    refused=lambda _row: Conflict(_("Diese Liste ist schon übernommen oder verworfen.")),
    enter=_enter_list,
)
