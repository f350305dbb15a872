"""The same form arrives twenty times at once, as of a finger that trembles and a line that stalls."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode

from sqlalchemy import func, select

from tests.faults.visitors import PATH, Visitor
from tests.infrastructure.processes import open_office
from tests.infrastructure.server import free_port
from wohnberatung.advice.models import Enquiry
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail

TIMES = 20


def test_what_is_sent_twenty_times_at_once_is_stored_once(own_app, figure):
    start = Barrier(TIMES)
    with open_office(own_app, port := free_port(), WEB_CONCURRENCY="2") as _office:
        visitor = Visitor(port)
        body = urlencode(visitor.question("Wer bezahlt einen Treppenlift?"))

        def send(_number):
            start.wait()
            return visitor.ask("POST", PATH, body)[0]

        with ThreadPoolExecutor(TIMES) as pool:
            answers = list(pool.map(send, range(TIMES)))
    with own_app.app_context():
        rows = [db.session.scalar(select(func.count()).select_from(table)) for table in (Enquiry, OutgoingMail)]
    assert rows == [1, 1]
    # Whoever comes while the first is still being stored is asked to look again; nobody is told of a fault.
    assert set(answers) <= {302, 409}
    assert 302 in answers
    figure(f"{TIMES} times at once: 1 record, 1 mail, {answers.count(302)} times the receipt")
