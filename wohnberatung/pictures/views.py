"""Pictures for those who may see them, and one page to change those of a subject, whatever it is."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf.file import MultipleFileField
from wtforms import RadioField, SelectChoice, TextAreaField

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.core.constraints import ALT
from wohnberatung.core.transactions import commits
from wohnberatung.pictures import drawing, services
from wohnberatung.web.forms import ComparedForm, Form, at_most, show_form
from wohnberatung.web.visitors import current_actor

MOST_AT_ONCE = 6
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/heic,image/tiff,application/pdf"


class PictureUploadForm(Form):
    """Up to six files of one use."""

    files = MultipleFileField(
        _l("Bilder auswählen"),
        description=_l(
            "Bis zu %(most)s Bilder auf einmal: JPEG, PNG, HEIC, WebP, AVIF, TIFF oder eine Seite als PDF. "
            "Jedes hat höchstens 15 MB, alle zusammen 40 MB. "
            "Angaben zu Ort und Kamera in der Datei löschen wir.",
            most=MOST_AT_ONCE,
        ),
        render_kw={"accept": ACCEPTED},
    )
    use = RadioField(
        _l("Was ist es?"),
        choices=[SelectChoice("photo", _l("Fotos")), SelectChoice("plan", _l("Grundrisse oder Pläne"))],
        default="photo",
        invalid_choice_message=NOT_OFFERED,
    )

    def chosen(self) -> list[Any]:
        """The files that were really picked."""
        return [file for file in self.files.data or [] if file and file.filename]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        count = len(self.chosen())
        if not count:
            self.files.errors = [_l("Bitte wählen Sie mindestens ein Bild aus.")]
        elif count > MOST_AT_ONCE:
            self.files.errors = [_l("Bitte wählen Sie höchstens %(most)s Bilder auf einmal.", most=MOST_AT_ONCE)]
        return bool(valid and not self.files.errors)


def description_form(pictures: Sequence[Any]) -> type[ComparedForm]:
    """A form class with one description per picture, named `alt_` and the picture's id."""
    hint = _l("Für Menschen, die das Bild nicht sehen, zum Beispiel: Bad mit bodengleicher Dusche und Haltegriff.")
    fields = {
        f"alt_{shown.id}": TextAreaField(
            _l("Was ist auf Bild %(number)s zu sehen?", number=number),
            default=shown.alt,
            description=hint,
            validators=[at_most(ALT)],
            render_kw={"rows": 3},
        )
        for number, shown in enumerate(pictures, start=1)
    }
    return type("DescriptionForm", (ComparedForm,), fields)


blueprint = Blueprint("pictures", __name__)
SIZES = {"gross": "large", "klein": "small"}
STEPS = {"vor": -1, "zurueck": 1}


@blueprint.app_template_global("shown_pictures")
def shown_pictures(kind: str, subject_id: str) -> Any:
    """For public pages of other areas: what anybody may see."""
    return services.shown_pictures(kind, subject_id)


@blueprint.get("/bild/<picture_id>/<size>")
def show_picture(picture_id: str, size: str) -> ResponseReturnValue:
    """The bytes never change under one address, so a browser that has them need not fetch them again."""
    picture, content = services.bytes_for(picture_id, SIZES.get(size, ""), current_actor())
    response = Response(content, mimetype=picture.media_type)
    response.set_etag(f"{picture_id}-{size}")
    response.headers["Content-Disposition"] = "inline"
    return response.make_conditional(request)


@blueprint.get("/bilder/<kind>/<subject_id>")
def list_pictures(kind: str, subject_id: str) -> ResponseReturnValue:
    return _page(services.album(kind, subject_id, current_actor()))


@blueprint.post("/bilder/<kind>/<subject_id>")
def add_pictures(kind: str, subject_id: str) -> ResponseReturnValue:
    """Not under ``@commits`` as a whole: drawing takes seconds and must not hold the database's write lock."""
    album, form = services.album(kind, subject_id, current_actor()), PictureUploadForm()
    drawn = []
    if form.validate_on_submit():
        with form.accepting():
            drawn = [drawing.draw(file.read(), form.use.data) for file in form.chosen()]
        for file in form.chosen():
            file.stream.seek(0)
    return _store(kind, subject_id, form, drawn) if drawn and not form.errors else _page(album, upload=form)


@commits
def _store(kind: str, subject_id: str, form: PictureUploadForm, drawn: list[Any]) -> ResponseReturnValue:
    with form.accepting():
        services.add_pictures(kind, subject_id, drawn, actor=current_actor())
        count = ngettext("%(num)s Bild ist da.", "%(num)s Bilder sind da.", len(drawn))
        flash(count + " " + _("Bitte beschreiben Sie, was zu sehen ist."), "success")
        return _back(kind, subject_id)
    return _page(services.album(kind, subject_id, current_actor()), upload=form)


@blueprint.post("/bilder/<kind>/<subject_id>/beschreibung")
@commits(resubmittable=True)
def describe_pictures(kind: str, subject_id: str) -> ResponseReturnValue:
    album = services.album(kind, subject_id, current_actor())
    form = description_form(album.pictures)()
    if form.validate_on_submit():
        words = {shown.id: form[f"alt_{shown.id}"].data or "" for shown in album.pictures}
        with form.accepting(stored=lambda: description_form(album.pictures)(formdata=None)):
            form.compare(description_form(album.pictures)(formdata=None))
            services.describe_pictures(kind, subject_id, words, actor=current_actor())
            flash(_("Die Beschreibungen sind gespeichert."), "success")
            return _back(kind, subject_id)
    return _page(album, words=form)


@blueprint.post("/bilder/<kind>/<subject_id>/reihenfolge")
@commits
def move_picture(kind: str, subject_id: str) -> ResponseReturnValue:
    way, _colon, picture_id = request.form.get("schritt", "").partition(":")
    services.move_picture(kind, subject_id, picture_id, step=STEPS.get(way, 0), actor=current_actor())
    return _back(kind, subject_id)


@blueprint.get("/bilder/<kind>/<subject_id>/<picture_id>/loeschen")
def ask_deletion(kind: str, subject_id: str, picture_id: str) -> ResponseReturnValue:
    album = services.album(kind, subject_id, current_actor())
    shown = next((shown for shown in album.pictures if shown.id == picture_id), None)
    if shown is None:
        return _back(kind, subject_id)
    return render_template("pictures/delete.html", album=album, shown=shown, form=Form())


@blueprint.post("/bilder/<kind>/<subject_id>/<picture_id>/loeschen")
@commits
def delete_picture(kind: str, subject_id: str, picture_id: str) -> ResponseReturnValue:
    services.delete_picture(kind, subject_id, picture_id, actor=current_actor())
    flash(_("Das Bild ist gelöscht."), "success")
    return _back(kind, subject_id)


def _page(
    album: services.Album, *, upload: PictureUploadForm | None = None, words: Form | None = None
) -> ResponseReturnValue:
    shown = words if words is not None else description_form(album.pictures)(formdata=None).numbered()
    adding = upload if upload is not None else PictureUploadForm(formdata=None)
    refused = words if words is not None else adding
    return show_form("pictures/album.html", refused, album=album, adding=adding, words=shown)


def _back(kind: str, subject_id: str) -> ResponseReturnValue:
    return redirect(url_for(".list_pictures", kind=kind, subject_id=subject_id))
