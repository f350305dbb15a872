"""Who is told what by mail: whoever wrote a notice, and whoever reported something. A mail says that there is news and
where to read it, never what was written or decided."""

from wohnberatung.dwellings.services.provider_desk import tell_organisation
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import await_release, queue_mail
from wohnberatung.noticeboard.models import ContentReport, Notice
from wohnberatung.noticeboard.steps import NOTICE_NEWS, REPORT_NEWS

CONFIRM_MAIL, RECEIPT_MAIL, ENDS_MAIL = "notice_confirm", "report_received", "notice_ends"


def ask_to_confirm(notice: Notice) -> None:
    """The first mail to a private person: it alone proves that the address is theirs. It waits where it may be spam."""
    mail = _to_person(notice, CONFIRM_MAIL, in_dialogue=False)
    if mail is not None and notice.held_for:
        await_release(mail)


def tell_sender(notice: Notice, template: str = NOTICE_NEWS) -> None:
    """That there is news of a notice: by the secret link, or at the desk of the organisation. The office knows."""
    if notice.is_private:
        _to_person(notice, template, in_dialogue=True)
    elif notice.organisation_id is not None:
        tell_organisation(
            notice.organisation_id, template, token="", notice_id=notice.id, receipt_number=notice.receipt_number
        )


def tell_reporter(report: ContentReport, template: str = REPORT_NEWS) -> None:
    """That a report has come in or was decided, where an address was left; nothing while it may be spam."""
    content = report.plain_content
    if not content.get("email") or report.held_for:
        return
    queue_mail(
        template,
        to=content["email"],
        language=report.language,
        person_key=report.person_key,
        in_dialogue=template == REPORT_NEWS,
        token=content["token"],
        receipt_number=report.receipt_number,
    )


def _to_person(notice: Notice, template: str, *, in_dialogue: bool) -> OutgoingMail | None:
    content = notice.plain_content
    if not content or not content.get("email"):
        return None
    return queue_mail(
        template,
        to=content["email"],
        language=notice.language,
        person_key=notice.person_key,
        in_dialogue=in_dialogue,
        token=content["token"],
        notice_id=notice.id,
        receipt_number=notice.receipt_number,
    )
