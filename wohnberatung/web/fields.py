"""What the form macros ask about a WTForms field: its kind, its first control, its errors."""

from collections.abc import Iterator
from typing import NamedTuple

from flask import Flask
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FileField,
    FormField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.form import BaseForm
from wtforms.widgets import CheckboxInput, HiddenInput

from wohnberatung.core.ids import new_id
from wohnberatung.web.languages import note_form


class ErrorLink(NamedTuple):
    """One line of the error summary: ``target`` is the id of the control, empty for the form as a whole."""

    target: str
    message: str


def kind_of(field: Field) -> str:
    """Which macro draws the field: by its class, and where that is not enough by its widget."""
    if isinstance(getattr(field, "widget", None), HiddenInput):
        return "hidden"
    if isinstance(field, FieldList | FormField):
        return "group"
    if isinstance(field, SelectMultipleField) and isinstance(field.option_widget, CheckboxInput):
        return "checkboxes"
    kinds: tuple[tuple[type[Field] | tuple[type[Field], ...], str], ...] = (
        (RadioField, "radios"),
        (SelectMultipleField, "list"),
        (SelectField, "select"),
        (BooleanField, "checkbox"),
        (TextAreaField, "textarea"),
        ((FileField, MultipleFileField), "file"),
    )
    return next((kind for classes, kind in kinds if isinstance(field, classes)), "input")


def first_control(field: Field) -> str:
    """The id a link to the field must lead to: for a group of choices its first one."""
    kind = kind_of(field)
    if kind in ("radios", "checkboxes"):
        return str(next((option.id for option in field), field.id))
    if kind == "group":
        inner = next((each for each in field if kind_of(each) != "hidden"), None)
        return first_control(inner) if inner is not None else str(field.id)
    return str(field.id)


def error_links(form: BaseForm) -> list[ErrorLink]:
    """All errors of the form in the order of its fields, those of the whole form first."""
    whole = [ErrorLink("", str(message)) for message in getattr(form, "form_errors", ())]
    return whole + [link for field in form for link in _errors_of(field)]


def own_errors(field: Field) -> list[str]:
    """The messages to show at the field itself; those of fields inside it are shown there."""
    if kind_of(field) == "group" and any(True for each in field for _ in _errors_of(each)):
        return []
    return list(_texts(field.errors))


def _errors_of(field: Field) -> Iterator[ErrorLink]:
    inner = list(field) if kind_of(field) == "group" else []
    found = [link for each in inner for link in _errors_of(each)]
    target = "" if kind_of(field) == "hidden" else first_control(field)
    yield from found or (ErrorLink(target, message) for message in _texts(field.errors))


def _texts(errors: object) -> Iterator[str]:
    """Messages of a field; lazily translated ones are no ``str``."""
    if isinstance(errors, dict):
        errors = [message for several in errors.values() for message in several]
    if isinstance(errors, list | tuple):
        yield from (str(message) for message in errors if not isinstance(message, dict | list | tuple))


def noted_form(form: BaseForm, action: str | None, form_id: str | None = None) -> str:
    """Tell the page that it has this form; its id, empty where there is nothing to type and none is given."""
    kinds = {kind_of(field) for field in form} - {"hidden"}
    form_id = form_id or ""
    return note_form(action, asks_for_text="textarea" in kinds, form_id=form_id) if kinds else form_id


def install(app: Flask) -> None:
    functions = (noted_form, kind_of, first_control, error_links, own_errors, new_id)
    app.jinja_env.globals.update({function.__name__: function for function in functions})
