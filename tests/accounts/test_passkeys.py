"""Passkeys as the server takes them: each answer signs one challenge, for this place, with a key of this person."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

import cbor2
import pyotp
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from sqlalchemy import select
from webauthn.helpers import bytes_to_base64url as text

from tests.core.probe import keys
from tests.infrastructure.client import CheckingClient
from tests.people import PASSWORD, make_user, sign_in
from wohnberatung.accounts.models import Passkey
from wohnberatung.accounts.services import passkeys, people, second_factor
from wohnberatung.accounts.services.passkeys import RelyingParty
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail

HERE, ELSEWHERE = RelyingParty("localhost", "http://localhost"), RelyingParty("locaihost", "http://locaihost")
PRESENT, NEW_KEY = 0x01, 0x40


@dataclass
class Device:
    """Makes one key and signs with it, as an authenticator does (WebAuthn level 3, section 6)."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    name: bytes = b"a device's key"
    signed: int = 0

    def create(self, challenge: str, place: RelyingParty = HERE) -> str:
        numbers = self.key.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)})
        made = bytes(16) + len(self.name).to_bytes(2) + self.name + public
        proof = {"fmt": "none", "attStmt": {}, "authData": self._about(place, PRESENT | NEW_KEY) + made}
        said = self._said("webauthn.create", challenge, place)
        return self._answer({"clientDataJSON": text(said), "attestationObject": text(cbor2.dumps(proof))})

    def sign(self, challenge: str, place: RelyingParty = HERE) -> str:
        self.signed += 1
        about, said = self._about(place, PRESENT), self._said("webauthn.get", challenge, place)
        signature = self.key.sign(about + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        signed = {"clientDataJSON": text(said), "authenticatorData": text(about), "signature": text(signature)}
        return self._answer(signed)

    def _about(self, place: RelyingParty, flags: int) -> bytes:
        return hashlib.sha256(place.host.encode()).digest() + bytes([flags]) + self.signed.to_bytes(4)

    def _said(self, kind: str, challenge: str, place: RelyingParty) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": place.origin}).encode()

    def _answer(self, response: dict[str, str]) -> str:
        name = text(self.name)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def person() -> Actor:
    """Somebody whose second step with codes is on."""
    user, secret = make_user(), second_factor.new_secret()
    actor = people.load_actor(user.id)
    assert actor is not None
    second_factor.switch_on(actor, secret, pyotp.TOTP(secret).at(clock.now()))
    return actor


def add(actor: Actor, device: Device, proof: str = PASSWORD) -> Passkey:
    asked = passkeys.ask_to_create(actor, HERE).challenge
    return passkeys.add_passkey(actor, device.create(asked), asked, HERE, name="Laptop", proof=proof)


def test_a_key_opens_for_its_owner_at_this_place_alone(session: Any) -> None:
    actor, device = person(), Device()
    add(actor, device)
    asked = passkeys.ask_to_sign(actor.user_id or "", HERE)
    assert asked is not None
    good = asked.challenge
    wrong = [
        device.sign(good, ELSEWHERE),
        device.sign(passkeys.ask_to_create(actor, HERE).challenge),
        Device().sign(good),
        "{}",
        "kein JSON",
    ]
    assert not any(passkeys.accepts_passkey(actor.user_id or "", answer, good, HERE) for answer in wrong)
    assert not passkeys.accepts_passkey(actor.user_id or "", device.sign(""), "", ELSEWHERE)
    assert not passkeys.accepts_passkey(person().user_id or "", device.sign(good), good, HERE)
    assert passkeys.accepts_passkey(actor.user_id or "", device.sign(good), good, HERE)
    copied = Device(device.key, signed=1)
    assert not passkeys.accepts_passkey(actor.user_id or "", copied.sign(good), good, HERE), "its count went back"


def test_adding_needs_codes_and_a_proof_and_is_told(session: Any) -> None:
    without = people.load_actor(make_user().id)
    assert without is not None
    with pytest.raises(DomainError, match="zuerst den zweiten Schritt"):
        add(without, Device())
    actor = person()
    with pytest.raises(DomainError, match="weder Ihr Passwort"):
        add(actor, Device(), proof="falsch")
    asked = passkeys.ask_to_create(actor, HERE).challenge
    with pytest.raises(DomainError, match="nicht angekommen"):
        passkeys.add_passkey(actor, Device().create(asked, ELSEWHERE), asked, HERE, name="x", proof=PASSWORD)
    add(actor, Device())
    (mail,) = db.session.scalars(select(OutgoingMail))
    assert (mail.plain_content or {})["to"] == actor.email


def test_a_challenge_counts_once_and_keys_go_with_the_second_step(client: CheckingClient, session: Any) -> None:
    actor, device = person(), Device()
    key = add(actor, device)
    client.submit("/anmelden", {"email": actor.email, "password": PASSWORD})
    old = device.sign(asked_of(client))
    assert "nicht geklappt" in send(client, "{}").text
    assert "nicht geklappt" in send(client, old).text, "asked anew since"
    send(client, device.sign(asked_of(client)))
    assert client.get("/konto").status_code == 200
    other = people.load_user(person().user_id)
    sign_in(client, other)
    gone = client.post(f"/konto/passkeys/{key.id}/entfernen", data=keys(client))
    assert gone.status_code == 404
    second_factor.remove_second_factor(people.load_user(actor.user_id))
    assert passkeys.list_passkeys(actor.user_id or "") == []


def asked_of(client: CheckingClient) -> str:
    """The challenge that this browser's page waits for."""
    client.get("/anmelden/code")
    with client.session_transaction() as stored:
        return str(stored["passkey_challenge"])


def send(client: CheckingClient, credential: str) -> Any:
    return client.post("/anmelden/passkey", data=keys(client) | {"credential": credential}, follow_redirects=True)
