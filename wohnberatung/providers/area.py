"""The provider's side: asked again in time, questions on the office's desk, the ledger told and kept."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select

from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area
from wohnberatung.core.work import Periodic, Running
from wohnberatung.extensions import db
from wohnberatung.privacy.retention import RetentionRule, ended_links
from wohnberatung.providers import models, views
from wohnberatung.providers.models import DeletionRequest, GroupMember, ProviderLink, QualityComment
from wohnberatung.providers.services.answering import open_questions, remind_providers
from wohnberatung.providers.services.deletions import ask_before_erasure, overdue_deletions
from wohnberatung.providers.services.following import follow_step
from wohnberatung.providers.services.ledger import disclosures_in_timeline, disclosures_in_words, stored_disclosures
from wohnberatung.providers.services.members import erase_member
from wohnberatung.providers.services.quality import LOOKED_BACK
from wohnberatung.providers.services.voting import count_due_votes
from wohnberatung.seekers.services.data_export import ToldOfRequest


def _remind(_job: Running) -> str:
    count = remind_providers()
    return ngettext("Einen Anbieter noch einmal gefragt.", "%(num)s Anbieter noch einmal gefragt.", count)


def _count(_job: Running) -> str:
    return ngettext("%(num)s Abstimmung ausgezählt.", "%(num)s Abstimmungen ausgezählt.", count_due_votes())


WORK = (
    Periodic("remind_providers", _l("Anbieter an ihre Antwort erinnern"), _remind, every=timedelta(hours=1)),
    Periodic("count_match_votes", _l("Abstimmungen über Vorschläge auszählen"), _count, every=timedelta(minutes=30)),
)


def questions_of_providers(actor: Actor) -> DeskContent:
    """What those who offer want to know before they answer."""
    asked = open_questions(actor)
    lines = [
        DeskLine(
            match.offer.display_title, match.request.receipt_number, "brokerage.show_match", {"match_id": match.id}
        )
        for match in asked[:SHOWN]
    ]
    return DeskContent(len(asked), lines, "brokerage.list_matches")


def unconfirmed_deletions(_actor: Actor) -> DeskContent:
    """Whom to ask whether it is deleted by now."""
    late = overdue_deletions()
    lines = [
        DeskLine(
            deletion.offer.display_title,
            _("gebeten am %(day)s", day=f"{deletion.asked_at:%d.%m.%Y}"),
            "accounts.show_organisation",
            {"organisation_id": deletion.organisation_id},
        )
        for deletion in late[:SHOWN]
    ]
    return DeskContent(len(late), lines)


DESK = (
    DeskSection("provider_questions", _l("Fragen von Anbietern zu Vorschlägen"), 22, questions_of_providers),
    DeskSection("deletions", _l("Löschung noch nicht bestätigt"), 37, unconfirmed_deletions),
)
RETENTION = (
    ended_links("provider_links", _l("Links für Anbieter, die nicht mehr gelten"), ProviderLink),
    RetentionRule(
        "deletion_requests",
        _l("Bestätigungen, dass Anbieter gelöscht haben"),
        _l("löschen"),
        365,
        lambda before: select(DeletionRequest).where(DeletionRequest.confirmed_at < before),
        db.session.delete,
    ),
    # As long as what they are about is shown.
    RetentionRule(
        "quality_comments",
        _l("Kommentare von Anbietern zu Notizen"),
        _l("löschen"),
        LOOKED_BACK.days,
        lambda before: select(QualityComment).where(QualityComment.updated_at < before),
        db.session.delete,
    ),
)
AREA = Area(
    key="providers",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    desk=DESK,
    timeline=(disclosures_in_timeline,),
    told_of_request=(ToldOfRequest("disclosures", stored_disclosures, disclosures_in_words),),
    erasure={GroupMember: erase_member},
    on_erased=(ask_before_erasure,),
    on_match_step=(follow_step,),
    impersonal={QualityComment: "what an organisation says of its own offers and answers"},
)
