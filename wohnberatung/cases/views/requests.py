"""A request for a home taken down inside a case: all steps of the form on one page, in the order in which one talks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field

from wohnberatung.cases.forms.cases import HouseholdSplitForm
from wohnberatung.cases.services import content, households
from wohnberatung.cases.services.requests import link_request
from wohnberatung.cases.views import blueprint, opened
from wohnberatung.core.transactions import commits
from wohnberatung.seekers.forms.household import MYSELF
from wohnberatung.seekers.forms.journey import CONSENT, CONTACT, NEED, PAGES, PAGES_BY_KEY, PROFILES, Journey
from wohnberatung.seekers.forms.prefilled import prefilled
from wohnberatung.seekers.forms.steps import cleaned
from wohnberatung.seekers.services import contacts
from wohnberatung.seekers.services.consents import GivenConsent
from wohnberatung.seekers.services.requests import needs_of, submit_request
from wohnberatung.web.visitors import audited, current_actor

# The hidden field that says for which profiles the page has shown what the home must be able to do.
SEEN = "bedarf_zu"
THROUGH = "advice"
# How somebody is answered, and what of the contact that needs.
WAYS = {"phone": "phone", "email": "email", "post": "address"}
# The sections ask for it twice; the page once, beside the profiles.
ASKED_ONCE = "consent_health"


@dataclass
class RequestOnOnePage:
    """The forms of the steps that apply, by key; as one form to those that list what is wrong."""

    journey: Journey = field(default_factory=Journey)
    forms: dict[str, Any] = field(default_factory=dict)
    form_errors: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Field]:
        for key, form in self.forms.items():
            yield from (each for name, each in form.own_fields() if name != ASKED_ONCE or key == PROFILES)

    @property
    def is_valid(self) -> bool:
        return not self.form_errors and not any(form.errors for form in self.forms.values())

    @property
    def seen(self) -> str:
        return " ".join(sorted(self.journey.profiles))


@blueprint.get("/faelle/<case_id>/gesuch")
@audited("read")
def begin_request(case_id: str) -> ResponseReturnValue:
    """With the contact of the case."""
    case, sheet = opened(case_id), RequestOnOnePage()
    known = content.content_of(case)
    reach = next((way for way, name in WAYS.items() if known[name]), "")
    entries = {name: [known[name]] for name in ("name", "phone", "email", "address") if known[name]}
    sheet.journey.take_over(PAGES_BY_KEY[CONTACT], entries | ({"reach": [reach]} if reach else {}))
    sheet.forms = {page.key: sheet.journey.form(page) for page in sheet.journey.steps}
    return _show(case, sheet)


@blueprint.post("/faelle/<case_id>/gesuch")
@commits
def take_down_request(case_id: str) -> ResponseReturnValue:
    case, sheet = opened(case_id), _read(_entered())
    if sheet.is_valid:
        with sheet.forms[CONSENT].accepting():
            number = _submit(case, sheet).receipt_number
            flash(_("Das Gesuch %(number)s ist aufgenommen und gehört zum Fall.", number=number), "success")
            return redirect(url_for(".show_case", case_id=case_id))
    return make_response(_show(case, sheet), 400)


@blueprint.get("/faelle/<case_id>/gesuch/teilen/<request_id>")
@audited("read")
def ask_split(case_id: str, request_id: str) -> ResponseReturnValue:
    """With what was sought together, and nothing of the contact or the consents: who goes is asked for their own."""
    case = opened(case_id)
    shared = households.request_to_split(case, request_id, current_actor())
    sheet = RequestOnOnePage(Journey({**prefilled(needs_of(shared), {}, (), shared.version), "changes": None}))
    sheet.forms = {page.key: sheet.journey.form(page) for page in sheet.journey.steps}
    return _show(case, sheet, shared=shared, split=HouseholdSplitForm(version=shared.version))


@blueprint.post("/faelle/<case_id>/gesuch/teilen/<request_id>")
@commits
def split_household(case_id: str, request_id: str) -> ResponseReturnValue:
    case, sheet, split, actor = opened(case_id), _read(_entered()), HouseholdSplitForm(), current_actor()
    shared = households.request_to_split(case, request_id, actor)
    if split.validate_on_submit() and sheet.is_valid:
        with split.accepting():
            households.leave_staying(shared, split.staying.data or 0, split.submitted_version, actor)
            with sheet.forms[CONSENT].accepting():
                number = households.note_split(case, _submit(case, sheet), actor).receipt_number
                flash(_("Der Haushalt ist geteilt: Das zweite Gesuch ist %(number)s.", number=number), "success")
                return redirect(url_for(".show_case", case_id=case_id))
    return make_response(_show(case, sheet, shared=shared, split=split), 400)


def _entered() -> MultiDict[str, str]:
    return MultiDict([*cleaned(request.form).items(multi=True), ("filled_in_for", MYSELF)])


def _submit(case: Any, sheet: RequestOnOnePage) -> Any:
    """The new request in the case, its receipt on its way. DomainError as `submit_request`."""
    journey, actor = sheet.journey, current_actor()
    given = [GivenConsent(item.purpose, item.version, str(item.text)) for item in journey.consents()]
    submitted = submit_request(
        contact=journey.contact(), needs=journey.needs(), consents=given, through=THROUGH, actor=actor
    )
    link_request(case, submitted.request.receipt_number, actor)
    contacts.send_receipt(submitted)
    return submitted.request


def _read(sent: MultiDict[str, str]) -> RequestOnOnePage:
    """What was entered, step by step, as later ones hang on earlier ones. What profiles bring along must have been seen
    before anything is stored."""
    sheet = RequestOnOnePage()
    for page in PAGES:
        if not page.applies(sheet.journey):
            continue
        if page.key == NEED and sent.get(SEEN, "") != sheet.seen:
            sheet.forms[NEED] = sheet.journey.form(page)
            sheet.form_errors.append(_("Bitte sehen Sie durch, was die Wohnung dafür können muss. Dann speichern Sie."))
            continue
        form = sheet.forms[page.key] = sheet.journey.form(page, sent)
        valid = form.validate()
        sheet.journey.keep(page, form, sent, done=valid)
    return sheet


def _show(case: Any, sheet: RequestOnOnePage, **splitting: Any) -> ResponseReturnValue:
    shown = {"case": case, "sheet": sheet, "forms": sheet.forms, "pages": PAGES_BY_KEY}
    return render_template("cases/take_down.html", **shown, **splitting)
