#!/usr/bin/env bash
# Python's email package folds a header that is longer than 78 letters. A word that is longer by itself it does not
# leave on a line of its own, as RFC 5322 allows (up to 998), but writes it as encoded words (RFC 2047):
# "List-Unsubscribe: <https://…>" becomes "=?utf-8?q?=3Chttps=3A//…?=". RFC 2047 forbids that inside of such headers,
# and mail programs do not show their button for leaving a list. The package itself reads it back as if nothing were.
#
# Seen with Python 3.11.7. Fails when this changes.
set -euo pipefail
python3 - <<'PYTHON'
import sys
from email import message_from_bytes, policy
from email.message import EmailMessage

link = "<https://wohnberatung.example.org/neues/abcdefghijklmnopqrstuvwxyz/abmelden?sprache=leicht>"
mail = EmailMessage(policy=policy.SMTP)
mail["List-Unsubscribe"] = link
mail.set_content("Guten Tag")
sent = mail.as_bytes().split(b"\r\n\r\n")[0].decode()
print(sent)
assert "=?utf-8?q?=3Chttps=3A//" in sent, f"a link stays a link in Python {sys.version.split()[0]}: finding is over"
assert message_from_bytes(mail.as_bytes(), policy=policy.default)["List-Unsubscribe"] == link
PYTHON
