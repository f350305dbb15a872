"""Today: what waits, the search, follow-ups that are done or put off, short enquiries that are counted."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from wohnberatung.cases.forms.consultations import BriefForm, WhenForm, reading_words, settled
from wohnberatung.cases.services import code_tables, consultations, content, desk, follow_ups, handover
from wohnberatung.cases.services.search import search
from wohnberatung.cases.views import blueprint
from wohnberatung.cases.views.consultations import draw_reading, read_so_far
from wohnberatung.core import clock
from wohnberatung.core.transactions import commits
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor, safe_path


@blueprint.post("/wiedervorlagen/<follow_up_id>/erledigt")
@commits
def finish_follow_up(follow_up_id: str) -> ResponseReturnValue:
    row = follow_ups.load_follow_up(follow_up_id, current_actor())
    again = request.form.get("wieder") != "nein"
    if following := follow_ups.finish_follow_up(row, current_actor(), again=again):
        flash(_("Erledigt. Wieder am %(day)s.", day=f"{following.due_on:%d.%m.%Y}"), "success")
    else:
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
        with form.accepting(stored=lambda: WhenForm(formdata=None, when=f"{row.due_on:%d.%m.%Y} {row.plain_text}")):
            readings = follow_ups.readings_of(form.when.data, "when", doing=row.plain_text)
            for said in settled([(form.when_day, readings)]) or ():
                follow_ups.postpone_follow_up(row, said, version=form.submitted_version)
                flash(_("Der Fall liegt wieder vor am %(day)s.", day=reading_words(said)), "success")
                return redirect(url_for(".show_case", case_id=row.case_id))
    return show_form("cases/follow_up.html", form, row=row, text=row.plain_text)


@blueprint.post("/wiedervorlagen/<follow_up_id>/lesart")
def read_when(follow_up_id: str) -> ResponseReturnValue:
    """Asked for by the page's script while somebody types: how the line is understood so far. Stores nothing."""
    row, form = follow_ups.load_follow_up(follow_up_id, current_actor()), WhenForm()
    field = read_so_far(
        form.when_day, lambda: follow_ups.readings_of(form.when.data or "", "when", doing=row.plain_text)
    )
    return jsonify(readings={field.name: draw_reading(field)})


@blueprint.get("/kurzanfrage")
def begin_brief() -> ResponseReturnValue:
    return _show_brief(brief_form())


@blueprint.post("/kurzanfrage")
@commits
def count_brief() -> ResponseReturnValue:
    form = brief_form()
    if form.validate_on_submit():
        consultations.count_enquiry(
            current_actor(),
            channel=form.channel.data,
            topic=form.topic.data,
            person_group=form.person_group.data or None,
        )
        today = consultations.enquiries_since(clock.today())
        told = ngettext("Gezählt: heute %(num)s kurze Anfrage.", "Gezählt: heute %(num)s kurze Anfragen.", today)
        flash(told, "success")
        return redirect(safe_path(request.form.get("weiter")) or url_for(".begin_brief"))
    return _show_brief(form)


def brief_form() -> BriefForm:
    form = BriefForm()
    form.topic.choices = code_tables.choices("topic")
    form.channel.choices = code_tables.choices("channel")
    form.person_group.choices = [("", _("nicht gesagt")), *code_tables.choices("person_group")]
    return form


def _show_brief(form: BriefForm) -> ResponseReturnValue:
    month = clock.today().replace(day=1)
    return show_form(
        "cases/brief.html",
        form,
        today=consultations.enquiries_since(clock.today()),
        this_month=consultations.enquiries_since(month),
        by_topic=consultations.enquiries_by_topic(month),
    )


LONGEST_QUERY = 120


@blueprint.get("/heute")
def show_desk() -> ResponseReturnValue:
    actor = current_actor()
    sections = desk.desk_of(actor)
    due = follow_ups.due_follow_ups(actor, clock.today())
    return render_template(
        "cases/desk.html",
        today=clock.today(),
        due=[(row, text, content.content_of(row.case)["name"]) for row, text in due],
        opened=handover.unnoticed_accesses(actor),
        handed=[(given, content.content_of(given.case)["name"]) for given in handover.handed_over(actor)],
        sections=[section for section in sections if section.found.count],
        empty_sections=[section for section in sections if not section.found.count],
        brief=brief_form(),
    )


@blueprint.get("/suchen")
def show_search() -> ResponseReturnValue:
    query = request.args.get("q", "")[:LONGEST_QUERY].strip()
    return render_template("cases/search.html", query=query, groups=search(query, current_actor()))
