"""Follow-ups are done or put off; short enquiries are counted."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.cases.forms.consultations import BriefForm, WhenForm
from wohnberatung.cases.services import briefs, codes, follow_ups
from wohnberatung.cases.views import blueprint
from wohnberatung.core import clock
from wohnberatung.core.transactions import commits
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form
from wohnberatung.web.redirects import safe_path


@blueprint.post("/wiedervorlagen/<follow_up_id>/erledigt")
@commits
def finish_follow_up(follow_up_id: str) -> ResponseReturnValue:
    row = follow_ups.load_follow_up(follow_up_id, current_actor())
    follow_ups.finish_follow_up(row, current_actor())
    flash(_("Erledigt."), "success")
    return redirect(safe_path(request.form.get("weiter")) or url_for(".show_case", case_id=row.case_id))


@blueprint.get("/wiedervorlagen/<follow_up_id>")
def edit_follow_up(follow_up_id: str) -> ResponseReturnValue:
    row = follow_ups.load_follow_up(follow_up_id, current_actor())
    return show_form("cases/follow_up.html", WhenForm(version=row.version), row=row, text=row.plain_text)


@blueprint.post("/wiedervorlagen/<follow_up_id>")
@commits
def postpone_follow_up(follow_up_id: str) -> ResponseReturnValue:
    row, form = follow_ups.load_follow_up(follow_up_id, current_actor()), WhenForm()
    if form.validate_on_submit():
        with form.accepting():
            follow_ups.postpone_follow_up(row, form.when.data, version=form.submitted_version)
            flash(_("Der Fall liegt wieder vor am %(day)s.", day=f"{row.due_on:%d.%m.%Y}"), "success")
            return redirect(url_for(".show_case", case_id=row.case_id))
    return show_form("cases/follow_up.html", form, row=row, text=row.plain_text)


@blueprint.get("/kurzanfrage")
def begin_brief() -> ResponseReturnValue:
    return _show_brief(brief_form())


@blueprint.post("/kurzanfrage")
@commits
def count_brief() -> ResponseReturnValue:
    form = brief_form()
    if form.validate_on_submit():
        briefs.count_enquiry(
            current_actor(),
            channel=form.channel.data,
            topic=form.topic.data,
            person_group=form.person_group.data or None,
        )
        flash(_("Gezählt: heute %(count)s kurze Anfragen.", count=briefs.enquiries_since(clock.today())), "success")
        return redirect(safe_path(request.form.get("weiter")) or url_for(".begin_brief"))
    return _show_brief(form)


def brief_form() -> BriefForm:
    form = BriefForm()
    form.topic.choices = codes.choices("topic")
    form.channel.choices = codes.choices("channel")
    form.person_group.choices = [("", _("nicht gesagt")), *codes.choices("person_group")]
    return form


def _show_brief(form: BriefForm) -> ResponseReturnValue:
    month = clock.today().replace(day=1)
    return show_form(
        "cases/brief.html",
        form,
        today=briefs.enquiries_since(clock.today()),
        this_month=briefs.enquiries_since(month),
        by_topic=briefs.enquiries_by_topic(month),
    )
