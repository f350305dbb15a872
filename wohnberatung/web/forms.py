"""The base of all forms: its hidden fields, how a domain error becomes an error at a field, and what a field must hold
so that somebody can be reached by it."""

import re
from collections.abc import Callable
from typing import Any, Self

import phonenumbers
import wtforms
from email_validator import EmailNotValidError, validate_email
from flask import Response, make_response, render_template
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from flask_wtf.i18n import translations
from werkzeug.datastructures import CombinedMultiDict, FileStorage, MultiDict
from wtforms import Field, HiddenField, MultipleFileField, ValidationError
from wtforms.form import BaseForm
from wtforms.validators import Length

from wohnberatung.core.changes import CHANGED_MEANWHILE
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.ids import new_id
from wohnberatung.core.languages import Words, named
from wohnberatung.core.texts import several_numbers, whole_number
from wohnberatung.core.transactions import take_back
from wohnberatung.web.both_texts import fingerprint, tell_both
from wohnberatung.web.languages import only_switches_language, page_names
from wohnberatung.web.refusals import Accepting

STALE = _l("Diese Seite war lange offen. Ihre Eingaben sind noch da: Bitte senden Sie sie noch einmal ab.")


class TextLength(Length):
    """Says which text is too long."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        try:
            super().__call__(form, field)
        except ValidationError as error:
            raise ValidationError(named(field.label.text, str(error))) from error


def at_most(length: int) -> Length:
    """The validator of a text that may be so long."""
    most = LazyString(format_decimal, length)
    return TextLength(max=length, message=_l("Bitte kürzen Sie den Text auf %(most)s Zeichen.", most=most))


class AskingForm(wtforms.Form):
    """A form whose messages name the question where a field says only that it cannot read what was typed."""

    def question_of(self, field: Field) -> Words:
        """What the page asks where the field stands."""
        return str(field.label.text)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        # Parts and lists of fields have no errors of their own.
        for field in (each for each in self if each.process_errors):
            unread = field.process_errors
            field.errors = [
                named(self.question_of(field), message) if message in unread else message for message in field.errors
            ]
        return bool(valid)


class FormPart(AskingForm):
    """Some fields inside a form (for FormField), with the same German messages."""

    class Meta(wtforms.Form.Meta):
        def get_translations(self, form: wtforms.Form) -> Any:
            return translations


class Form(AskingForm, FlaskForm):
    """A form that is done once however often it is sent; CSRF token and key are drawn by ``hidden_fields``."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: wtforms.Form, formdata: Any) -> Any:
            """Files for the fields that take files, texts for all others, whatever was sent under their names."""
            sent = super().wrap_formdata(form, formdata)
            if not isinstance(sent, CombinedMultiDict):
                return sent
            kinds = {field.name: isinstance(field, FileField | MultipleFileField) for field in form}
            return MultiDict(
                (name, value)
                for name, value in sent.items(multi=True)
                if isinstance(value, FileStorage) is kinds.get(name, False)
            )

    idempotency_key = HiddenField(default=new_id)
    # Both texts, where somebody was faster and the form was accepted with `comparing`.
    conflict: Conflict | None = None

    # Whether choosing a language draws the form again, and its view does nothing else with it.
    redrawn_on_switch = True

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Not valid, and nothing wrong with it, where somebody only chose a language while they were writing."""
        if self.redrawn_on_switch and only_switches_language():
            return False
        return bool(super().validate(*args, **kwargs))

    def accepting(self, *, comparing: bool = False, stored: Callable[[], wtforms.Form] | None = None) -> Accepting:
        """Around what is done with the valid form: a refusal is taken back and said at the form, which is then to be
        shown again with what was entered. With `comparing`, so is a Conflict: a page that can show both texts reads
        it from `conflict`. Else a Conflict has a page of its own with what was entered, and beside it what `stored`
        draws: the same form of the record as it is now."""

        def tell(conflict: Conflict) -> None:
            tell_both(conflict, self, stored() if stored else None)

        return Accepting(self.refuse, comparing=comparing, tell=tell)

    def refuse(self, error: DomainError) -> None:
        """Show what a service said at the field it named, or above the form."""
        if isinstance(error, Conflict):
            self.conflict = error
            return
        field: Field | None = self._fields.get(error.field) if error.field else None
        if field is None:
            self.form_errors.append(error.message)
        else:
            field.errors = [*field.errors, error.message]

    def begin_anew(self) -> None:
        """As it was typed, without faults, to be sent for the first time."""
        for field in self:
            field.errors = []
        self.form_errors.clear()
        self.idempotency_key.data = new_id()

    @property
    def has_files(self) -> bool:
        return any(isinstance(field, FileField | MultipleFileField) for field in self)


class PatientForm(Form):
    """A form that may lie open longer than a session lives. Its POST view is exempt from the token check in front of
    the views: the form checks the token itself and is shown again with everything that was written, where the error
    page would lose it."""

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        if self.is_stale:
            self.csrf_token.errors = [STALE]
        return bool(valid)

    @property
    def is_stale(self) -> bool:
        """After `validate`: the page was drawn in a session that is over."""
        return "csrf_token" in self and bool(self.csrf_token.errors)


class VersionedForm(Form):
    """A form over a stored record: the version it was drawn from comes back with it."""

    version = HiddenField()

    @property
    def submitted_version(self) -> int | None:
        return whole_number(self.version.data)


class ComparedForm(VersionedForm):
    """The same over what counts no versions: the version is a number made of what the form showed."""

    def numbered(self) -> Self:
        """As it is drawn of what is stored."""
        self.version.data = str(fingerprint(self))
        return self

    def compare(self, stored: "ComparedForm") -> None:
        """Raise Conflict where what is stored now is not what this form was drawn from."""
        if self.submitted_version != fingerprint(stored):
            raise Conflict(str(CHANGED_MEANWHILE))


def show_form(template: str, form: wtforms.Form, **context: object) -> Response:
    """The page with the form; 400 if it carries errors, 409 with a conflict, so that machines see them too. Where only
    the language was chosen, it holds what was typed, and sending it is still to come."""
    if isinstance(form, Form) and form.redrawn_on_switch and only_switches_language():
        take_back()
        form.begin_anew()
    page = render_template(page_names(template), form=form, **context)
    if isinstance(form, Form) and form.conflict:
        return make_response(page, Conflict.status)
    return make_response(page, 400 if form.errors else 200)


def phone_number(_form: BaseForm, field: Field) -> None:
    """Any way to write a number that can be called, or several; without a country it is a German one."""
    numbers = several_numbers(field.data or "")
    if not numbers or not all(map(_is_phone_number, numbers)):
        raise ValidationError(_("Diese Telefonnummer ist nicht vollständig. Beispiel: 0351 1234567."))


def _is_phone_number(text: str) -> bool:
    try:
        number = phonenumbers.parse(re.sub(r"[^\d+]", "", text), "DE")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE


def email_address(_form: BaseForm, field: Field) -> None:
    """An address as it may be written; whether somebody reads there only a mail can tell."""
    if not is_email_address(field.data or ""):
        raise ValidationError(_("Diese E-Mail-Adresse stimmt noch nicht. Beispiel: name@beispiel.de."))


def is_email_address(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
