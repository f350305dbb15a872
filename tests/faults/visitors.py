"""People at a browser of their own, over a real connection: what they are told is what was acknowledged."""

from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from tests.infrastructure.client import find_form, offered_values
from tests.infrastructure.pages import Page
from wohnberatung.core.ids import new_id

PATH = "/anfrage"
TRIES = 80


class Visitor:
    """Asks questions at the office that listens on `port`, and asks again where no answer came."""

    def __init__(self, port: int) -> None:
        self.port, self.cookie = port, ""
        _status, page, _headers = self.ask("GET", PATH)
        self.form = dict(offered_values(find_form(Page(page), {"question"}, "")))

    def ask(self, method: str, path: str, data: str | None = None) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers of the answer. Raises OSError or HTTPException where the line breaks."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": self.cookie, "Origin": f"http://127.0.0.1:{self.port}"}
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, data, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            if set_cookie := answer.getheader("Set-Cookie"):
                self.cookie = set_cookie.partition(";")[0]
            return answer.status, text, dict(answer.getheaders())
        finally:
            connection.close()

    def question(self, text: str, key: str | None = None) -> dict[str, str]:
        """What the browser sends with it."""
        own = {"idempotency_key": key or new_id(), "email": f"{new_id()}@example.org"}
        return {**self.form, **own, "consent": "y", "question": text}

    def send(self, question: dict[str, str]) -> bool:
        """Whether its receipt was shown. Sent again as it is, as somebody does whose page did not come."""
        for _again in range(TRIES):
            try:
                status, _text, _headers = self.ask("POST", PATH, urlencode(question))
            except (OSError, HTTPException):
                continue
            if status == 302:
                return True
        return False
