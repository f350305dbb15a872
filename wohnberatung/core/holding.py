"""What looks like spam is held for a person to judge, never lost: the reasons, the same for all public forms."""

from enum import StrEnum


class HoldReason(StrEnum):
    """Why something waits for a person to look at it before anything else happens."""

    MANY_FROM_ONE_ADDRESS = "many_from_one_address"
    TRAP_FILLED_IN = "trap_filled_in"
    TOO_FAST = "too_fast"
    NEVER_SHOWN = "never_shown"
    SAME_TEXT = "same_text"
