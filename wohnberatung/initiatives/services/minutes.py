"""Minutes that a group publishes of its meetings: a text, a PDF that was looked through, or both."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import func, select

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db
from wohnberatung.initiatives.models import Initiative, Minutes
from wohnberatung.initiatives.services.initiatives import own_initiative, shown_initiative
from wohnberatung.projects.services.publishing import reread_after

MOST_MINUTES = 200


def add_minutes(slug: str, held_on: date, title: str, text: str, content: bytes | None, actor: Actor) -> Minutes:
    """Store them; `content` is a PDF that `core.received_pdfs` let through.

    Raises NotFound for strangers, DomainError at `held_on` for a day that is still to come, at `text` where there is
    neither text nor file, at `title` where there are too many.
    """
    initiative = own_initiative(slug, actor)
    if held_on > clock.today():
        raise DomainError(_("Dieses Treffen war noch nicht. Bitte prüfen Sie den Tag."), "held_on")
    if not text.strip() and not content:
        raise DomainError(_("Bitte schreiben Sie einen Text, oder wählen Sie eine PDF-Datei aus."), "text")
    count = select(func.count()).select_from(Minutes).where(Minutes.initiative_id == initiative.id)
    if (db.session.scalar(count) or 0) >= MOST_MINUTES:
        raise DomainError(_("Mehr als %(most)s Protokolle gehen nicht.", most=MOST_MINUTES), "title")
    stored = Minutes(id=new_id(), initiative_id=initiative.id, held_on=held_on, title=title.strip(), text=text.strip())
    stored.content, stored.size = content or None, len(content) if content else None
    with reread_after(initiative.project, actor):
        db.session.add(stored)
    return stored


def delete_minutes(slug: str, minutes_id: str, actor: Actor) -> None:
    """For good; nothing happens where they are gone already. Raises NotFound for strangers."""
    initiative = own_initiative(slug, actor)
    stored = db.session.get(Minutes, minutes_id)
    if stored is not None and stored.initiative_id == initiative.id:
        db.session.delete(stored)
        db.session.flush()


def minutes_of(initiative: Initiative) -> list[Minutes]:
    """The newest first, without the bytes of their files."""
    query = select(Minutes).where(Minutes.initiative_id == initiative.id)
    return list(db.session.scalars(query.order_by(Minutes.held_on.desc(), Minutes.id)))


def shown_minutes(slug: str, minutes_id: str, actor: Actor) -> Minutes:
    """For whoever may see the initiative; NotFound else."""
    initiative = shown_initiative(slug, actor)
    stored = db.session.get(Minutes, minutes_id)
    if stored is None or stored.initiative_id != initiative.id:
        raise NotFound(_("Dieses Protokoll gibt es nicht."))
    return stored


def file_of(slug: str, minutes_id: str, actor: Actor) -> tuple[str, bytes]:
    """Title and bytes of their PDF; NotFound where they have none."""
    stored = shown_minutes(slug, minutes_id, actor)
    if stored.content is None:
        raise NotFound(_("Diese Datei gibt es nicht."))
    return stored.title, stored.content
