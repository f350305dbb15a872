"""A real OpenID Connect provider as a process on this machine, and a person who signs in there."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.infrastructure.client import CheckingClient
from tests.infrastructure.server import free_port

SUBJECT = "stadt-4711"


class CityProvider:
    """The process; `issuer` is its address. Started anew it has new keys and knows nobody."""

    def __init__(self) -> None:
        self.port = free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--require-nonce", "true"]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen([*program, "--port", str(self.port)], stdout=quiet, stderr=quiet)
        for _attempt in range(300):
            try:
                requests.get(f"{self.issuer}/jwks", timeout=5)
            except requests.ConnectionError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("the provider does not answer")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def knows(self, subject: str = SUBJECT, **claims: Any) -> None:
        said = {"email": f"{subject}@stadt.example", "name": "Ada Amt", **claims}
        requests.put(f"{self.issuer}/users/{subject}", json=said, timeout=5).raise_for_status()

    def agree(self, address: str, subject: str = SUBJECT) -> str:
        """Where the provider's page sends the browser once the person has signed in there."""
        answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
        return str(answer.headers["Location"])

    def refuse(self, address: str) -> str:
        answer = requests.post(address, data={"action": "deny"}, allow_redirects=False, timeout=5)
        return str(answer.headers["Location"])


@contextmanager
def city_provider() -> Iterator[CityProvider]:
    provider = CityProvider()
    provider.start()
    try:
        yield provider
    finally:
        provider.stop()


def settings_for(provider: CityProvider, **more: Any) -> dict[str, Any]:
    """What an operator sets to use it."""
    base = {"OIDC_ISSUER": provider.issuer, "OIDC_CLIENT_ID": "wohnberatung", "OIDC_CLIENT_SECRET": "geheim"}
    claims = {"OIDC_ROLES_CLAIM": "stadt.rechte", "OIDC_ROLES": {"WB": "advisor", "IT": "admin"}}
    return {**base, **claims, **more}


def leave(client: CheckingClient, path: str = "/anmelden/stadt") -> str:
    """The provider's address that the browser is sent to."""
    return str(client.get(path).headers["Location"])


def come_back(client: CheckingClient, address: str) -> Any:
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}", follow_redirects=True)
