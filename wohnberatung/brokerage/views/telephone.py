"""What a person says on the telephone, taken down for them: an answer, and the consent that stands behind it."""

from collections.abc import Collection, Sequence
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.brokerage.forms import DECLINE_REASONS, WEEKS, day_in
from wohnberatung.brokerage.services import matches
from wohnberatung.brokerage.services.history import Given
from wohnberatung.brokerage.views import blueprint
from wohnberatung.core.constraints import NOTE
from wohnberatung.core.transactions import commits
from wohnberatung.seekers.forms.consents import RELEASE_CONSENT, SHARING_CONSENT, ConsentText
from wohnberatung.seekers.services.consents import GivenConsent
from wohnberatung.web.forms import VersionedForm, at_most, show_form
from wohnberatung.web.visitors import current_actor

# The answers behind which a consent must stand.
CONSENT_BEHIND = {"share": SHARING_CONSENT, "release": RELEASE_CONSENT}


class SpokenForm(VersionedForm):
    """What the person said on the telephone; what goes along is asked by the step. A consent that is missing is read to
    them and taken down with the answer it stands behind."""

    said = RadioField(
        _l("Was hat die Person gesagt?"),
        validators=[InputRequired(_l("Bitte wählen Sie, was die Person gesagt hat."))],
        invalid_choice_message=NOT_OFFERED,
    )
    consent_sharing = BooleanField(SHARING_CONSENT.text, description=_l("Vorlesen, wenn die Person Ja sagt."))
    consent_release = BooleanField(RELEASE_CONSENT.text, description=_l("Vorlesen, wenn die Person Ja sagt."))
    reason = SelectField(
        _l("Grund, wenn es nicht passt"),
        choices=[SelectChoice("", _l("Bitte wählen")), *DECLINE_REASONS],
        default="",
        invalid_choice_message=NOT_OFFERED,
    )
    until = SelectField(
        _l("Wann wieder fragen, wenn später"),
        choices=[SelectChoice("", _l("Bitte wählen")), *(SelectChoice(key, label) for key, label in WEEKS.items())],
        default="",
        invalid_choice_message=NOT_OFFERED,
    )
    note = TextAreaField(_l("In den Worten der Person"), validators=[at_most(NOTE)], render_kw={"rows": 3})

    def ask(self, answers: Sequence[SelectChoice], lacks: Collection[str]) -> None:
        """For these answers, and only those of the consents that are missing and that one of them needs."""
        self.said.choices = list(answers)
        needed = {step for step, read in CONSENT_BEHIND.items() if read.purpose in lacks}
        for step in CONSENT_BEHIND.keys() - (needed & {choice.value for choice in answers}):
            if _box(step) in self:
                del self[_box(step)]

    def agreed(self) -> ConsentText | None:
        """The consent that was read out and given with the answer."""
        return CONSENT_BEHIND[self.said.data] if _box(self.said.data) in self else None

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = bool(super().validate(*args, **kwargs))
        box = self._fields.get(_box(self.said.data))
        if box is not None and not box.data:
            box.errors, valid = [_("Ohne diese Einwilligung dürfen wir dem Anbieter nichts sagen.")], False
        return valid

    def given(self) -> Given:
        """Only what belongs to the answer."""
        until = day_in(self.until.data) if self.said.data == "later" and self.until.data else None
        reason = self.reason.data or None if self.said.data == "declined" else None
        return Given(reason, self.note.data or "", until)


def _box(step: str | None) -> str:
    """The name of the field of the consent behind an answer; of none where there is no need for one."""
    return f"consent_{CONSENT_BEHIND[step].purpose}" if step in CONSENT_BEHIND else ""


@blueprint.get("/vorschlaege/<match_id>/am-telefon")
def ask_what_was_said(match_id: str) -> ResponseReturnValue:
    sheet = matches.match_sheet(match_id, current_actor())
    return _show_spoken(sheet, SpokenForm(version=sheet.match.version))


@blueprint.post("/vorschlaege/<match_id>/am-telefon")
@commits
def record_spoken(match_id: str) -> ResponseReturnValue:
    sheet, form, actor = matches.match_sheet(match_id, current_actor()), SpokenForm(), current_actor()
    form.ask(_answers_of(sheet), sheet.lacks)
    if form.validate_on_submit():
        agreed = form.agreed()
        with form.accepting():
            matches.record_answer(
                match_id,
                form.said.data,
                actor,
                version=form.submitted_version,
                given=form.given(),
                consent=_consent(agreed) if agreed else None,
            )
            flash(_("Die Antwort ist festgehalten."), "success")
            return redirect(url_for(".show_match", match_id=match_id))
    return _show_spoken(matches.match_sheet(match_id, actor), form)


def _show_spoken(sheet: matches.MatchSheet, form: SpokenForm) -> ResponseReturnValue:
    form.ask(_answers_of(sheet), sheet.lacks)
    return show_form("brokerage/by_telephone.html", form, sheet=sheet)


def _answers_of(sheet: matches.MatchSheet) -> list[SelectChoice]:
    return [SelectChoice(step.key, step.label) for step in sheet.answers]


def _consent(read: ConsentText) -> GivenConsent:
    return GivenConsent(read.purpose, read.version, str(read.text))
