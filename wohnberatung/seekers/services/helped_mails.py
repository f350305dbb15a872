"""Mails as they speak to somebody who has helped, where the office writes to them: what stands instead of what.

As on the pages, the person decides; whoever helped hears of them and passes the link on to nobody else.
"""

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words

HELPED_MAILS: dict[str, Words] = {
    "Diese E-Mail hat ein Programm verschickt. In E-Mails schreiben wir nichts über Ihre Angaben. Alles Weitere steht "
    "hinter dem Link.": _l(
        "Diese E-Mail hat ein Programm verschickt. In E-Mails schreiben wir nichts über die Angaben der Person. Alles "
        "Weitere steht hinter dem Link."
    ),
    "Bitte geben Sie den Link nicht weiter.": _l("Bitte geben Sie den Link nur der Person, der Sie helfen."),
    # The receipt, and another link
    "Ihre Nachricht ist bei uns angekommen. Ihre Nummer ist %(number)s. Nennen Sie diese Nummer, wenn Sie anrufen.": _l(
        "Das Gesuch der Person, der Sie helfen, ist bei uns angekommen. Es hat die Nummer %(number)s. Nennen Sie diese "
        "Nummer, wenn Sie anrufen."
    ),
    "Bitte geben Sie den Link nicht weiter. Wer ihn kennt, kann lesen, was Sie uns geschrieben haben.": _l(
        "Bitte geben Sie den Link nur der Person, der Sie helfen. Wer ihn kennt, kann das Gesuch lesen."
    ),
    "Ihr neuer Link: %(number)s": _l("Der neue Link: %(number)s"),
    "hier ist der neue Link zu Ihrem Gesuch. Der alte gilt nicht mehr:": _l(
        "hier ist der neue Link zum Gesuch der Person, der Sie helfen. Der alte gilt nicht mehr:"
    ),
    # What the office has answered, and asks
    "Die Wohnberatung hat Ihnen eine Nachricht geschrieben.": _l(
        "Die Wohnberatung hat eine Nachricht für die Person geschrieben, der Sie helfen."
    ),
    "Sie lesen sie auf der Seite „Mein Gesuch“. Öffnen Sie dazu den Link, den Sie beim Absenden bekommen haben.": _l(
        "Sie steht auf der Seite „Das Gesuch der Person“. Öffnen Sie dazu den Link, den Sie beim Absenden bekommen "
        "haben."
    ),
    "Haben Sie den Link nicht mehr? Rufen Sie uns an und nennen Sie Ihre Nummer: %(number)s.": _l(
        "Haben Sie den Link nicht mehr? Rufen Sie uns an und nennen Sie die Nummer des Gesuchs: %(number)s."
    ),
    "Suchen Sie noch?": _l("Sucht die Person noch?"),
    "Sie haben uns vor einiger Zeit geschrieben. Brauchen Sie uns noch? Bitte antworten Sie über diesen Link. Ein "
    "Klick genügt.": _l(
        "Sie haben uns vor einiger Zeit für jemanden geschrieben. Sucht die Person noch? Bitte antworten Sie über "
        "diesen Link. Ein Klick genügt."
    ),
    "Wenn Sie nicht antworten, sperren wir Ihre Angaben und löschen sie später. So heben wir nichts länger auf als "
    "nötig.": _l(
        "Wenn niemand antwortet, sperren wir die Angaben der Person und löschen sie später. So heben wir nichts länger "
        "auf als nötig."
    ),
    # Proposals
    "wir haben etwas Neues für Sie. Bitte sehen Sie es sich an:": _l(
        "wir haben etwas Neues für die Person, der Sie helfen. Bitte sehen Sie es sich mit ihr an:"
    ),
    "Wir warten auf Ihre Antwort: %(number)s": _l("Wir warten auf eine Antwort: %(number)s"),
    "wir haben Ihnen vor einigen Tagen geschrieben. Bis zum %(day)s können Sie noch antworten:": _l(
        "wir haben vor einigen Tagen für die Person geschrieben, der Sie helfen. Bis zum %(day)s kann sie noch "
        "antworten:"
    ),
    "Antworten Sie nicht, geschieht nichts weiter. Nachteile haben Sie davon nicht.": _l(
        "Kommt keine Antwort, geschieht nichts weiter. Nachteile hat die Person davon nicht."
    ),
    "zu Ihrer Nummer %(number)s hat sich etwas geändert. Hier können Sie es lesen:": _l(
        "zum Gesuch %(number)s der Person, der Sie helfen, hat sich etwas geändert. Hier können Sie es lesen:"
    ),
    "Sie müssen nichts tun. Wir suchen weiter.": _l("Dafür ist nichts zu tun. Wir suchen weiter."),
    "zu Ihrer Nummer %(number)s gibt es Neues. Hier können Sie es lesen:": _l(
        "zum Gesuch %(number)s der Person, der Sie helfen, gibt es Neues. Hier können Sie es lesen:"
    ),
    "Dort steht auch, ob wir etwas von Ihnen brauchen.": _l("Dort steht auch, ob wir etwas brauchen."),
    # Messages, viewings, and how it goes afterwards
    "Eine Nachricht für Sie: %(number)s": _l("Eine Nachricht für die Person: %(number)s"),
    "jemand hat Ihnen zu einem Vorschlag geschrieben (%(number)s). Hier können Sie es lesen und antworten:": _l(
        "jemand hat der Person, der Sie helfen, zu einem Vorschlag geschrieben (%(number)s). Hier können Sie es lesen "
        "und mit ihr antworten:"
    ),
    "Neues zu Ihrer Besichtigung: %(number)s": _l("Neues zu einer Besichtigung der Person: %(number)s"),
    "zu einer Besichtigung (%(number)s) gibt es Neues. Hier können Sie es lesen und antworten:": _l(
        "zu einer Besichtigung der Person, der Sie helfen (%(number)s), gibt es Neues. Hier können Sie es lesen und "
        "mit ihr antworten:"
    ),
    "Bald ist Ihre Besichtigung: %(number)s": _l("Bald ist die Besichtigung der Person: %(number)s"),
    "wir erinnern Sie an die Besichtigung (%(number)s):": _l(
        "wir erinnern an die Besichtigung der Person, der Sie helfen (%(number)s):"
    ),
    "Wo das ist, wie Sie hineinkommen und wie Sie absagen können, steht hier:": _l(
        "Wo das ist, wie man hineinkommt und wie die Person absagen kann, steht hier:"
    ),
    "wie war die Besichtigung (%(number)s)? Bitte sagen Sie uns kurz, wie es weitergehen soll:": _l(
        "wie war die Besichtigung der Person, der Sie helfen (%(number)s)? Bitte sagen Sie uns mit ihr, wie es "
        "weitergehen soll:"
    ),
    "Wie geht es Ihnen? %(number)s": _l("Wie geht es der Person? %(number)s"),
    "vor einiger Zeit haben wir Ihnen geholfen. Wir möchten wissen, wie es Ihnen geht. Es sind drei kurze Fragen:": _l(
        "vor einiger Zeit haben wir der Person geholfen, der Sie helfen. Wir möchten wissen, wie es ihr geht. Es sind "
        "drei kurze Fragen:"
    ),
    "Sie müssen nicht antworten. Ihre Antwort liest nur die Wohnberatung.": _l(
        "Niemand muss antworten. Die Antwort liest nur die Wohnberatung."
    ),
}
