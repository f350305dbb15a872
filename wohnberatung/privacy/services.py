"""What leaves the office: counted by person and day, and told to the data protection officer.

Whoever works here may hand a person their data, and may open a case of others with a reason. Neither must become a way
to carry everything off: beyond so many a day somebody else of the administration has to agree (four eyes).
"""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.abuse import count_hit, hashed_subject
from wohnberatung.core.actors import Actor, only_administration
from wohnberatung.core.errors import DomainError, TooMany
from wohnberatung.core.languages import Words
from wohnberatung.core.models import RateCounter
from wohnberatung.core.settings import setting
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import queue_mail
from wohnberatung.privacy import audit
from wohnberatung.privacy.models import AuditEntry

CASE, STOCK = "case", "stock"
KINDS: dict[str, Words] = {CASE: _l("Auskünfte aus Fällen"), STOCK: _l("Ausgaben des Bestands")}
COUNTED, GRANTED, STOCK_EXPORT = "export", "export_grant", "stock_export"


def record_export(kind: str, subject: str, actor: Actor) -> None:
    """Before anything is handed out, in the transaction that does so: into the chain and, where it is about people, to
    the officer. `subject` is ``table|id``, `kind` a key of `KINDS`.

    Raises TooMany, with what helps, where somebody of the office has handed out as many as the operator allows a day
    (`EXPORTS_PER_DAY`). Those who offer homes take out their own and are not counted.
    """
    if not actor.is_staff:
        return
    if _hit(COUNTED, f"{kind} {actor.user_id}") > _most(kind, actor.user_id or ""):
        raise TooMany(
            _(
                "%(kind)s: Für heute ist Ihre Zahl erreicht. Brauchen Sie mehr? Jemand anderes aus der Verwaltung kann"
                " sie unter „Personen“ bei Ihrem Namen freigeben. Morgen geht es ohne Freigabe weiter.",
                kind=KINDS[kind],
            ),
            int((clock.start_of_day(clock.today() + timedelta(days=1)) - clock.now()).total_seconds()),
        )
    entry = audit.record("export" if kind == CASE else STOCK_EXPORT, subject, actor)
    if kind == CASE:
        tell_officer(entry, actor, _l("Auskunft aus einem Fall"))


def grant_exports(user_id: str, actor: Actor) -> None:
    """As many again for today, of every kind. DomainError for oneself, Forbidden for who does not administrate."""
    only_administration(actor)
    if user_id == actor.user_id:
        raise DomainError(_("Das kann Ihnen nur jemand anderes aus der Verwaltung freigeben."))
    _hit(GRANTED, user_id)
    tell_officer(audit.record(GRANTED, f"users|{user_id}", actor), actor, _l("Mehr Ausgaben für heute freigegeben"))


def tell_officer(entry: AuditEntry, actor: Actor, words: Words) -> None:
    """A mail to the data protection officer, where the operator has named an address: what happened, when, who of the
    office did it, and the number under which the chain tells the rest. Nothing about who it was about."""
    if address := setting("DATA_PROTECTION_EMAIL"):
        at, number = entry.happened_at, entry.number
        queue_mail("officer", to=address, in_dialogue=True, words=words, who=actor.name, at=at, number=number)


def _most(kind: str, user_id: str) -> int:
    mine = {"rule": GRANTED, "subject": hashed_subject(GRANTED, user_id), "period": clock.today().toordinal()}
    grants = db.session.scalar(select(RateCounter.hits).filter_by(**mine)) or 0
    most: int = setting("EXPORTS_PER_DAY")[kind]
    return most * (1 + grants)


def _hit(rule: str, subject: str) -> int:
    today = clock.today()
    forgotten = clock.start_of_day(today + timedelta(days=2))
    return count_hit(rule, hashed_subject(rule, subject), today.toordinal(), forgotten)
