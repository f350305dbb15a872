"""Spam kept out without asking anybody to solve a riddle, the same way on all public forms.

Nothing is refused: what looks like spam is held for a person (`HoldReason`), and the sender sees the usual
receipt. There is no upper limit on time: a form may lie open for a day.
"""

import hashlib
from datetime import UTC, datetime, timedelta

from flask import current_app
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeSerializer
from wtforms import HiddenField, StringField

from wohnberatung.core import clock
from wohnberatung.core.abuse import HoldReason
from wohnberatung.web import limits
from wohnberatung.web.forms import PatientForm

# Short sentences such as "Bitte rufen Sie mich an" come from many people.
TELLING_LENGTH = 60
REASONS = {
    HoldReason.MANY_FROM_ONE_ADDRESS: _l("Vom selben Anschluss kam in kurzer Zeit sehr viel."),
    HoldReason.TRAP_FILLED_IN: _l("Ein Feld ist ausgefüllt, das Menschen nicht sehen."),
    HoldReason.TOO_FAST: _l("Es war schneller ausgefüllt, als ein Mensch schreibt."),
    HoldReason.NEVER_SHOWN: _l("Es wurde abgesendet, ohne dass die Seite geöffnet war."),
    HoldReason.SAME_TEXT: _l("Derselbe Text kam in den letzten Tagen schon einmal."),
}


def shown_now() -> str:
    """The present moment, signed: when the form was first shown."""
    return _signer().dumps(int(clock.now().timestamp()))


class GuardedForm(PatientForm):
    """A form for strangers. Its page draws the trap with ``trap(form)`` of ``macros/guards.html``."""

    homepage = StringField(_l("Bitte leer lassen"))
    shown_at = HiddenField(default=shown_now)


def reason_to_hold(form: GuardedForm, name: str, *, begun: datetime | None = None, text: str = "") -> HoldReason | None:
    """Why this valid submission of the form `name` should wait for a person; None where nothing speaks for it.

    `begun` is when the person began a form of several pages, `text` the longest thing they wrote. Counts in
    transactions of its own: call it before the view starts to write, never inside ``@commits``.
    """
    within = limits.within("public_form", f"{name} {limits.client_address()}")
    known_text = len(text) >= TELLING_LENGTH and not limits.within("same_text", f"{name} {_digest(text)}")
    if form.homepage.data:
        return HoldReason.TRAP_FILLED_IN
    shown = begun or _first_shown(form)
    if shown is None:
        return HoldReason.NEVER_SHOWN
    # Nobody reads and fills in a page faster, however well they know it.
    if clock.now() - shown < timedelta(seconds=current_app.config["FASTEST_SECONDS"]):
        return HoldReason.TOO_FAST
    if not within:
        return HoldReason.MANY_FROM_ONE_ADDRESS
    return HoldReason.SAME_TEXT if known_text else None


def _first_shown(form: GuardedForm) -> datetime | None:
    """When we first drew this form, however often it came back with errors; None if we never did."""
    try:
        return datetime.fromtimestamp(int(_signer().loads(form.shown_at.data or "")), UTC)
    except BadData:
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="first display of a form")


def _digest(text: str) -> str:
    """Alike for texts that differ in spaces, capitals and punctuation only."""
    letters = "".join(letter for letter in text.lower() if letter.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
