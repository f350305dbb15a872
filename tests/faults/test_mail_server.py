"""The mail server is down, slow, refuses or dies after it has taken a mail: no form fails and every mail arrives."""

from collections import Counter
from datetime import timedelta

import time_machine

from tests.advice.test_enquiries import QUESTION
from tests.faults.visitors import PATH
from tests.infrastructure.server import free_port
from tests.mail.letters import states
from tests.mail.servers import Recorder, mail_server, smtp_server
from wohnberatung.core import clock
from wohnberatung.core.ids import new_id
from wohnberatung.mail.worker import send_due

# What it does in each hour of the day; from then on it is well.
MISHAPS = (None, ("RCPT", "451 busy"), ("DATA", "452 full"), ("AFTER DATA", ""), None)
FORMS_AN_HOUR = 2


def test_no_form_fails_and_every_mail_arrives(own_app, figure):
    client, recorder, port, begun = own_app.test_client(), Recorder(), free_port(), clock.now()
    written, crashes = 0, 0
    for hour, mishap in enumerate(MISHAPS):
        with time_machine.travel(begun + timedelta(hours=hour), tick=False):
            for _form in range(FORMS_AN_HOUR):
                own = {"email": f"{new_id()}@example.org", "consent": "y"}
                assert client.submit(PATH, QUESTION | own).status_code == 200
                written += 1
            with own_app.app_context():
                if mishap is None:
                    send_due(smtp_server(port))
                    continue
                recorder.misbehave(*mishap)
                with mail_server(recorder, port=port):
                    send_due(smtp_server(port))
                crashes += mishap[0] == "AFTER DATA" and len(recorder.mails)
    recorder.misbehave()
    with mail_server(recorder, port=port), own_app.app_context():
        for hour in range(len(MISHAPS), 4 * len(MISHAPS)):
            with time_machine.travel(begun + timedelta(hours=hour), tick=False):
                send_due(smtp_server(port))
        assert set(states()) == {"sent"}
    arrived = Counter(mail["Message-ID"] for mail in recorder.mails)
    assert len(arrived) == written
    assert sum(arrived.values()) - written <= crashes
    assert max(arrived.values()) <= 2
    twice = sum(arrived.values()) - written
    figure(f"{written} forms, {written} mails arrived, {twice} twice, as often as the server died with one in hand")
