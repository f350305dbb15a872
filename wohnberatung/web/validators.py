"""What a field must hold so that somebody can be reached by it."""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from wtforms import Field, ValidationError
from wtforms.form import BaseForm


def phone_number(_form: BaseForm, field: Field) -> None:
    """Any way to write a number that can be called; without a country it is a German one."""
    try:
        number = phonenumbers.parse(re.sub(r"[^\d+]", "", field.data or ""), "DE")
    except phonenumbers.NumberParseException:
        number = None
    complete = phonenumbers.ValidationResult.IS_POSSIBLE
    if number is None or phonenumbers.is_possible_number_with_reason(number) != complete:
        raise ValidationError(_("Diese Telefonnummer ist nicht vollständig. Beispiel: 0351 1234567."))


def email_address(_form: BaseForm, field: Field) -> None:
    """An address as it may be written; whether somebody reads there only a mail can tell."""
    try:
        validate_email(field.data or "", check_deliverability=False)
    except EmailNotValidError:
        raise ValidationError(_("Diese E-Mail-Adresse stimmt noch nicht. Beispiel: name@beispiel.de.")) from None
