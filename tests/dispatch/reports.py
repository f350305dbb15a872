"""Reports of other mail servers for tests, about mails that they could not deliver."""

HEADERS = "Message-ID: <{id}@wohnen.example>\nSubject: Es gibt etwas Neues\nTo: erika@example.org\n"


def report(mail_id: str, action: str = "failed", status: str = "5.1.1", quoted: str = "message/rfc822") -> bytes:
    """As another mail server writes it (RFC 3464)."""
    headers = HEADERS.format(id=mail_id)
    lines = [
        "From: MAILER-DAEMON@mx.example.net",
        "To: office@example.org",
        "Subject: Undelivered Mail Returned to Sender",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
        "",
        "--b1",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "The address <erika@example.org> does not exist.",
        "--b1",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.net",
        "",
        "Final-Recipient: rfc822; erika@example.org",
        f"Action: {action}",
        f"Status: {status}",
        "Diagnostic-Code: smtp; 550 5.1.1 Frau Geheim wohnt hier nicht",
        "",
        "--b1",
        f"Content-Type: {quoted}",
        "",
        headers,
        "--b1--",
        "",
    ]
    return "\r\n".join(lines).replace("\n\r\n", "\r\n").encode()
