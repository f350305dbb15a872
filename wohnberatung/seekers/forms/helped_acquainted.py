"""What comes after a proposal as it speaks to somebody who has helped: why not, what is to be done, viewings, messages,
how it goes, and what the lists were. The table of `helped.py` for the pages of other areas behind the secret link.
"""

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words

HELPED_ACQUAINTED: dict[str, Words] = {
    # Why it does not fit, and what follows
    "Ich komme nicht gut ins Haus": _l("Die Person kommt nicht gut ins Haus"),
    "Ich habe zu wenig Platz zum Bewegen": _l("Die Person hat zu wenig Platz zum Bewegen"),
    "Ich brauche einen anderen Stellplatz": _l("Die Person braucht einen anderen Stellplatz"),
    "Ich möchte im Moment nicht umziehen": _l("Die Person möchte im Moment nicht umziehen"),
    "Ich habe etwas anderes gefunden": _l("Die Person hat etwas anderes gefunden"),
    "Das möchte ich nicht sagen": _l("Das möchte die Person nicht sagen"),
    "Bitte wählen Sie einen Grund. Sie können auch „Das möchte ich nicht sagen“ wählen.": _l(
        "Bitte wählen Sie einen Grund. Sie können auch „Das möchte die Person nicht sagen“ wählen."
    ),
    "Zum Beispiel, was Sie gemessen haben. Das liest nur die Wohnberatung.": _l(
        "Zum Beispiel, was gemessen wurde. Das liest nur die Wohnberatung."
    ),
    "Sie können danach Ihr Gesuch ändern.": _l("Danach kann das Gesuch geändert werden."),
    "Sie können uns danach sagen, was Sie gemessen haben. Wir messen nach.": _l(
        "Danach können Sie uns sagen, was gemessen wurde. Wir messen nach."
    ),
    "Wir klären das mit Ihnen und fragen Sie dann noch einmal.": _l(
        "Wir klären das mit der Person und fragen sie dann noch einmal."
    ),
    "Ihr Gesuch ruht dann. Wir fragen Sie, bevor wir wieder suchen.": _l(
        "Das Gesuch ruht dann. Wir fragen die Person, bevor wir wieder suchen."
    ),
    "Wir schließen dann Ihr Gesuch.": _l("Wir schließen dann das Gesuch."),
    "Wir schlagen Ihnen dieses Haus nicht mehr vor, auch keinen anderen Platz darin.": _l(
        "Wir schlagen der Person dieses Haus nicht mehr vor, auch keinen anderen Platz darin."
    ),
    "Wir nennen Ihnen, wer zu Hilfe und Betreuung berät.": _l(
        "Wir sagen der Person, wer zu Hilfe und Betreuung berät."
    ),
    "Sagen, was ich gemessen habe": _l("Sagen, was gemessen wurde"),
    "Was haben Sie gemessen?": _l("Was wurde gemessen?"),
    "Bitte tragen Sie ein, was Sie gemessen haben, oder gehen Sie zurück.": _l(
        "Bitte tragen Sie ein, was gemessen wurde, oder gehen Sie zurück."
    ),
    "Mein Gesuch ändern, ruhen lassen oder beenden": _l("Das Gesuch der Person ändern, ruhen lassen oder beenden"),
    "Bitte ergänzen Sie: %(field)s. Sie möchten auf diesem Weg eine Antwort.": _l(
        "Bitte ergänzen Sie: %(field)s. Auf diesem Weg soll die Antwort kommen."
    ),
    "Zu diesem Vorschlag gibt es schon eine neuere Antwort. Ihre ist noch nicht gespeichert.": _l(
        "Zu diesem Vorschlag gibt es schon eine neuere Antwort. Die von eben ist noch nicht gespeichert."
    ),
    # Telling the provider more
    "Sie dürfen den Anbieter fragen": _l("Die Wohnberatung darf den Anbieter fragen"),
    "Ohne Ihre Einwilligung dürfen wir Ihren Namen niemandem sagen.": _l(
        "Ohne die Einwilligung der Person dürfen wir ihren Namen niemandem sagen."
    ),
    "Ich willige ein, dass die Wohnberatung einem Anbieter meinen Namen und meine Kontaktdaten gibt, wenn ich dem im "
    "einzelnen Fall zugestimmt habe.": _l(
        "Die Person willigt ein, dass die Wohnberatung einem Anbieter ihren Namen und ihre Kontaktdaten gibt, wenn sie "
        "dem im einzelnen Fall zugestimmt hat."
    ),
    "Freiwillig. Nehmen Sie die Einwilligung zurück, muss der Anbieter Ihre Daten löschen.": _l(
        "Freiwillig. Nimmt die Person die Einwilligung zurück, muss der Anbieter ihre Daten löschen."
    ),
    "Der Anbieter bekommt noch keinen Kontakt: Sie haben uns keinen genannt. Die Wohnberatung vermittelt.": _l(
        "Der Anbieter bekommt noch keinen Kontakt: Uns ist keiner genannt. Die Wohnberatung vermittelt."
    ),
    # What is to be done
    "Das machen Sie.": _l("Das macht die Person."),
    "Besorgen Sie die Nachweise, zum Beispiel den Wohnberechtigungsschein": _l(
        "Die Person besorgt die Nachweise, zum Beispiel den Wohnberechtigungsschein"
    ),
    "Klären Sie, wie Sie Kaution und Miete bezahlen. Wir helfen dabei": _l(
        "Die Person klärt, wie sie Kaution und Miete bezahlt. Wir helfen dabei"
    ),
    "Wohnen Sie einige Tage zur Probe, wenn Sie möchten": _l("Die Person wohnt einige Tage zur Probe, wenn sie möchte"),
    "Wir nennen Ihnen, wer zu Hilfe und Betreuung berät": _l("Wir sagen der Person, wer zu Hilfe und Betreuung berät"),
    "Wir sprechen mit Ihnen, wie es weitergeht": _l("Wir sprechen mit der Person, wie es weitergeht"),
    # Viewings and messages
    "Wann, wo und wie Sie hineinkommen": _l("Wann, wo und wie man hineinkommt"),
    "In meinen Kalender eintragen": _l("In den Kalender eintragen"),
    "Absage in meinen Kalender eintragen": _l("Absage in den Kalender eintragen"),
    "Danke. Ihre Rückmeldung ist bei uns. Wir melden uns bei Ihnen.": _l(
        "Danke. Die Rückmeldung ist bei uns. Wir melden uns."
    ),
    "Danke. Ihre Rückmeldung ist bei uns.": _l("Danke. Die Rückmeldung ist bei uns."),
    "Die andere Seite wählt jetzt einen Termin. Wir schreiben Ihnen.": _l(
        "Die andere Seite wählt jetzt einen Termin. Wir schreiben dann."
    ),
    "Die andere Seite schlägt jetzt andere Termine vor. Wir schreiben Ihnen.": _l(
        "Die andere Seite schlägt jetzt andere Termine vor. Wir schreiben dann."
    ),
    "Ich möchte weitermachen": _l("Die Person möchte weitermachen"),
    "Ich bin mir noch nicht sicher": _l("Die Person ist sich noch nicht sicher"),
    "Ich habe nachgemessen": _l("Das ist nachgemessen"),
    "Sie": _l("Die Person oder Sie"),
    "Sie, %(moment)s": _l("Die Person oder Sie, %(moment)s"),
    "Ihre Nachricht": _l("Die Nachricht"),
    "Danke. Ihre Antwort ist bei uns.": _l("Danke. Die Antwort ist bei uns."),
    # How it goes there
    "Wie geht es Ihnen in der neuen Wohnung?": _l("Wie geht es der Person in der neuen Wohnung?"),
    "Wohnen Sie noch in der Wohnung?": _l("Wohnt die Person noch in der Wohnung?"),
    "Ja, und es geht mir gut dort": _l("Ja, und es geht ihr gut dort"),
    "Ja, aber ich möchte dort wieder weg": _l("Ja, aber die Person möchte dort wieder weg"),
    "Nein, ich wohne dort nicht mehr": _l("Nein, die Person wohnt dort nicht mehr"),
    "Was fehlt Ihnen? Wobei können wir helfen?": _l("Was fehlt der Person? Wobei können wir helfen?"),
    "Dürfen wir später noch einmal fragen, wie es Ihnen geht?": _l(
        "Dürfen wir später noch einmal fragen, wie es der Person geht?"
    ),
    "Das haben Sie uns gesagt": _l("Das wissen wir schon"),
    "Brauchen Sie Hilfe, melden wir uns bei Ihnen.": _l("Braucht die Person Hilfe, melden wir uns."),
    "Sie müssen nicht antworten. Ihre Antwort liest nur die Wohnberatung.": _l(
        "Niemand muss antworten. Die Antwort liest nur die Wohnberatung."
    ),
    "Wir haben Ihre Antwort schon. Rufen Sie uns an, wenn sich etwas geändert hat.": _l(
        "Wir haben die Antwort schon. Rufen Sie uns an, wenn sich etwas geändert hat."
    ),
    # What the lists were
    "Hier sehen Sie, welche Wohnungen an einem Tag zu Ihnen gepasst haben. Und was bei anderen gefehlt hat.": _l(
        "Hier sehen Sie, welche Wohnungen an einem Tag zu der Person gepasst haben. Und was bei anderen gefehlt hat."
    ),
    "Das Programm ordnet die Wohnungen nach Ihren Angaben. Die Wohnberatung entscheidet, welche sie Ihnen "
    "vorschlägt.": _l(
        "Das Programm ordnet die Wohnungen nach den Angaben der Person. Die Wohnberatung entscheidet, welche sie ihr "
        "vorschlägt."
    ),
    "Bei ihnen hat am wenigsten gefehlt. Ist Ihnen etwas nicht so wichtig? Dann ändern Sie Ihre Angaben, oder fragen "
    "Sie uns.": _l(
        "Bei ihnen hat am wenigsten gefehlt. Ist der Person etwas nicht so wichtig? Dann ändern Sie die Angaben, oder "
        "fragen Sie uns."
    ),
    # Changing and coming back
    "Was möchten Sie ändern?": _l("Was möchte die Person ändern?"),
    "So steht es jetzt in Ihrem Gesuch. Ändern Sie, was Sie möchten, und speichern Sie unten. Bis dahin gilt, was "
    "vorher galt.": _l(
        "So steht es jetzt im Gesuch. Ändern Sie, was die Person möchte, und speichern Sie unten. Bis dahin gilt, was "
        "vorher galt."
    ),
    "Ihr Gesuch wurde inzwischen geändert": _l("Das Gesuch wurde inzwischen geändert"),
    "Ihre Änderungen sind gespeichert.": _l("Die Änderungen sind gespeichert."),
    "Ihr Gesuch %(number)s ist schon bei uns": _l("Das Gesuch %(number)s ist schon bei uns"),
    "Ihr Gesuch ist schon bei uns": _l("Das Gesuch ist schon bei uns"),
    "So ändern Sie Ihr Gesuch": _l("So ändern Sie das Gesuch"),
    "So viele Angebote gibt es bisher für Sie": _l("So viele Angebote gibt es bisher für die Person"),
    "Angebote für Ihre Antworten": _l("Angebote für diese Antworten"),
    "Das geht nicht mehr: Ihr Gesuch hat inzwischen einen anderen Stand.": _l(
        "Das geht nicht mehr: Das Gesuch hat inzwischen einen anderen Stand."
    ),
    "Dieses Gesuch ist beendet. Möchten Sie wieder suchen, setzen Sie es zuerst fort.": _l(
        "Dieses Gesuch ist beendet. Möchte die Person wieder suchen, setzen Sie es zuerst fort."
    ),
    "Sehen Sie über Ihren Link nach, ob etwas passt.": _l("Sehen Sie über den Link nach, ob etwas passt."),
    "Hier können Sie uns schreiben, wenn Sie eine Frage haben oder sich etwas geändert hat.": _l(
        "Hier können die Person und Sie uns schreiben, wenn es eine Frage gibt oder sich etwas geändert hat."
    ),
}
