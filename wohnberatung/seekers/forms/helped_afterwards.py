"""One's own request as it speaks to somebody who has helped: the table of `helped.py` for what comes after sending.

Whoever helped keeps the secret link with the person. The pages behind it tell of the person, and leave every decision
to them.
"""

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words

HELPED_AFTERWARDS: dict[str, Words] = {
    # How it stands, and what can be done
    "Mein Gesuch": _l("Das Gesuch der Person"),
    "Wir haben Ihr Gesuch. Als Nächstes liest es eine Beraterin oder ein Berater.": _l(
        "Wir haben das Gesuch. Als Nächstes liest es eine Beraterin oder ein Berater."
    ),
    "Ihr Gesuch ruht. Wir schlagen Ihnen nichts vor, bis Sie sich wieder melden.": _l(
        "Das Gesuch ruht. Wir schlagen der Person nichts vor, bis sie oder Sie sich wieder melden."
    ),
    "Sie haben Ihr Gesuch zurückgezogen.": _l("Das Gesuch ist zurückgezogen."),
    "Ihr Gesuch ist abgeschlossen.": _l("Das Gesuch ist abgeschlossen."),
    "Bis wann möchten Sie einziehen?": _l("Bis wann möchte die Person einziehen?"),
    "Der Tag, den Sie uns genannt haben, ist vorbei. Solange er sein muss, passt kein Angebot mehr.": _l(
        "Der Tag, der uns genannt wurde, ist vorbei. Solange er sein muss, passt kein Angebot mehr."
    ),
    "Der Tag, den Sie uns genannt haben, ist vorbei.": _l("Der Tag, der uns genannt wurde, ist vorbei."),
    "Bitte nennen Sie einen neuen Tag.": _l("Bitte nennen Sie für die Person einen neuen Tag."),
    "Was Sie tun können": _l("Was Sie für die Person tun können"),
    "Alle meine Daten herunterladen, zum Lesen (PDF)": _l("Alle Daten der Person herunterladen, zum Lesen (PDF)"),
    "Alle meine Daten herunterladen, für Programme (JSON)": _l(
        "Alle Daten der Person herunterladen, für Programme (JSON)"
    ),
    "Meine Daten herunterladen": _l("Die Daten der Person herunterladen"),
    "Sie haben keine besonderen Wünsche an die Wohnung genannt.": _l(
        "Die Person hat keine besonderen Wünsche an die Wohnung genannt."
    ),
    "Zurück zu meinem Gesuch": _l("Zurück zum Gesuch der Person"),
    "Bitte antworten Sie bis zum %(day)s.": _l("Die Person sollte bis zum %(day)s antworten."),
    "Wir fragen Sie am %(day)s.": _l("Wir fragen die Person am %(day)s."),
    # What was done
    "Ihr Gesuch ruht jetzt.": _l("Das Gesuch ruht jetzt."),
    "Ihr Gesuch gilt wieder. Wir sehen es uns noch einmal an.": _l(
        "Das Gesuch gilt wieder. Wir sehen es uns noch einmal an."
    ),
    "Ihr Gesuch ist zurückgezogen.": _l("Das Gesuch ist jetzt zurückgezogen."),
    "Ihre Einwilligung ist zurückgenommen.": _l("Die Einwilligung der Person ist zurückgenommen."),
    # What taking a consent back does
    "Möchten Sie diese Einwilligung zurücknehmen?": _l("Möchte die Person diese Einwilligung zurücknehmen?"),
    "Wir suchen ab sofort nicht mehr nach Angeboten für Sie. Offene Vorschläge enden.": _l(
        "Wir suchen ab sofort nicht mehr nach Angeboten für die Person. Offene Vorschläge enden."
    ),
    "Wir löschen sofort, was Sie zu Gesundheit und Behinderung angegeben haben, und alles, was die Wohnung deshalb "
    "können muss. Wir suchen nur noch nach dem, was übrig bleibt. Vorschläge passen dann vielleicht schlechter.": _l(
        "Wir löschen sofort, was zu Gesundheit und Behinderung der Person angegeben ist, und alles, was die "
        "Wohnung deshalb können muss. Wir suchen nur noch nach dem, was übrig bleibt. Vorschläge passen dann "
        "vielleicht schlechter."
    ),
    "Auch was Sie oder wir in eigenen Worten geschrieben haben, löschen wir: Ihre Bemerkung, den Text zum "
    "Zusammenwohnen, Nachrichten, Notizen zu Vorschlägen. Darin kann etwas über Ihre Gesundheit stehen.": _l(
        "Auch was in eigenen Worten geschrieben wurde, löschen wir: die Bemerkung, den Text zum Zusammenwohnen, "
        "Nachrichten, Notizen zu Vorschlägen. Darin kann etwas über die Gesundheit der Person stehen."
    ),
    "Wir löschen sofort Ihren Namen und Ihre Kontaktdaten, auch die einer helfenden Person, und melden uns nicht "
    "mehr. Sehen Sie über Ihren Link selbst nach, ob etwas passt.": _l(
        "Wir löschen sofort den Namen und die Kontaktdaten der Person, auch Ihre, und melden uns nicht mehr. Sehen "
        "Sie über den Link selbst nach, ob etwas passt."
    ),
    "Wir sagen ab sofort keinem Anbieter mehr, was Ihre Wohnung können muss.": _l(
        "Wir sagen ab sofort keinem Anbieter mehr, was die Wohnung der Person können muss."
    ),
    "Wir beraten Sie ab sofort nicht mehr zu diesem Gesuch.": _l(
        "Wir beraten die Person ab sofort nicht mehr zu diesem Gesuch."
    ),
    "Dass Sie eingewilligt hatten, bleibt als Nachweis gespeichert. Es entstehen Ihnen keine Nachteile.": _l(
        "Dass die Person eingewilligt hatte, bleibt als Nachweis gespeichert. Es entstehen ihr keine Nachteile."
    ),
    # Erasing, the link, withdrawing, writing
    "Möchten Sie alles löschen?": _l("Möchte die Person, dass Sie alles löschen?"),
    "Wir löschen Ihr Gesuch mit allen Angaben, früheren Fassungen, Einwilligungen und Vorschlägen. Auch wir können "
    "es danach nicht mehr lesen, und Ihr Link führt nirgendwohin.": _l(
        "Wir löschen das Gesuch mit allen Angaben, früheren Fassungen, Einwilligungen und Vorschlägen. Auch wir "
        "können es danach nicht mehr lesen, und der Link führt nirgendwohin."
    ),
    "Möchten Sie Ihre Angaben behalten, laden Sie sie vorher herunter.": _l(
        "Möchte die Person ihre Angaben behalten, laden Sie sie vorher herunter."
    ),
    "Ihr Gesuch und alles, was dazu gespeichert war, ist gelöscht.": _l(
        "Das Gesuch und alles, was dazu gespeichert war, ist gelöscht."
    ),
    "Ihr geheimer Link": _l("Der geheime Link zum Gesuch"),
    "Mit diesem Link kommen Sie zu Ihrem Gesuch. Heben Sie ihn gut auf: Wir speichern ihn nicht.": _l(
        "Mit diesem Link kommen die Person und Sie zum Gesuch. Heben Sie ihn gut auf: Wir speichern ihn nicht."
    ),
    "Das ist Ihr neuer Link. Der alte gilt nicht mehr.": _l(
        "Das ist der neue Link. Geben Sie ihn der Person. Der alte gilt nicht mehr."
    ),
    "Möchten Sie Ihr Gesuch zurückziehen?": _l("Möchte die Person das Gesuch zurückziehen?"),
    "Wir suchen dann nicht mehr für Sie. Vorschläge, auf die Sie noch nicht geantwortet haben, enden.": _l(
        "Wir suchen dann nicht mehr für die Person. Vorschläge, die noch ohne Antwort sind, enden."
    ),
    "Solange Ihre Angaben noch da sind, können Sie es sich anders überlegen. Möchten Sie, dass alles verschwindet, "
    "löschen Sie Ihr Gesuch.": _l(
        "Solange die Angaben noch da sind, kann die Person es sich anders überlegen. Möchte sie, dass alles "
        "verschwindet, löschen Sie das Gesuch."
    ),
    "Wir dürfen Sie nicht ansprechen. Unsere Antwort lesen Sie auf dieser Seite.": _l(
        "Wir dürfen die Person nicht ansprechen. Unsere Antwort lesen Sie auf dieser Seite."
    ),
}
