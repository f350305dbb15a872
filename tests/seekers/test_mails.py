"""Who reads the office's mails about a request."""

import pytest

from tests.factories import make_request
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.seekers.services.contacts import mail_reader

PERSON = {"name": "Erika", "email": "erika@example.org"}
HELPER = {"name": "Otto", "email": "otto@example.org"}


@pytest.mark.parametrize(
    ("contact", "reader"),
    [
        ({**PERSON, "reach": "email"}, ("seeker", "erika@example.org")),
        (PERSON, ("seeker", "erika@example.org")),
        ({**PERSON, "reach": "phone"}, None),
        ({**PERSON, "reach": "none"}, None),
        ({"name": "Erika", "reach": "email"}, None),
        ({**PERSON, "reach": "email", "helper": HELPER, "ask": "person"}, ("seeker", "erika@example.org")),
        ({**PERSON, "reach": "phone", "helper": HELPER, "ask": "helper"}, ("helper", "otto@example.org")),
        ({**PERSON, "reach": "email", "helper": {"name": "Otto", "phone": "0351 1"}, "ask": "helper"}, None),
    ],
)
def test_the_person_or_the_helper_reads_mails_as_they_chose(session, contact, reader):
    assert mail_reader(make_request(contact=contact).request) == reader


def test_without_the_consent_to_contact_nobody_gets_mails(session):
    request = make_request(contact=PERSON).request
    withdraw_consent(request, "contact")
    assert mail_reader(request) is None
