"""Proposals, and the question whether somebody still seeks, as they speak to somebody who has helped: the table of
`helped.py` for what is asked of the person later on.

Whoever helped may open the link and press the buttons; what they press is the person's answer.
"""

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words

HELPED_PROPOSALS: dict[str, Words] = {
    # Where a proposal stands
    "Wartet auf Ihre Antwort": _l("Wartet auf die Antwort der Person"),
    "Sehen Sie sich den Vorschlag an und sagen Sie uns, was Sie davon halten.": _l(
        "Sehen Sie sich den Vorschlag mit der Person an, und sagen Sie uns, was sie davon hält."
    ),
    "Wir melden uns bei Ihnen": _l("Wir melden uns"),
    "Sie haben um Hilfe gebeten. Sie können trotzdem jederzeit antworten.": _l(
        "Die Person hat um Hilfe gebeten. Eine Antwort ist trotzdem jederzeit möglich."
    ),
    "Sie haben Interesse": _l("Die Person hat Interesse"),
    "Wir kümmern uns um den nächsten Schritt und melden uns. Ihren Namen erfährt noch niemand.": _l(
        "Wir kümmern uns um den nächsten Schritt und melden uns. Den Namen der Person erfährt noch niemand."
    ),
    "Wir fragen Sie später noch einmal": _l("Wir fragen die Person später noch einmal"),
    "Sie müssen nichts tun.": _l("Dafür ist nichts zu tun."),
    "Der Anbieter weiß, was Ihre Wohnung können muss. Ihren Namen kennt er nicht. Wir melden uns.": _l(
        "Der Anbieter weiß, was die Wohnung der Person können muss. Ihren Namen kennt er nicht. Wir melden uns."
    ),
    "Der Anbieter möchte Sie kennenlernen": _l("Der Anbieter möchte die Person kennenlernen"),
    "Dürfen wir ihm Ihren Namen und Ihre Kontaktdaten geben? Sie entscheiden.": _l(
        "Dürfen wir ihm Namen und Kontaktdaten der Person geben? Sie entscheidet."
    ),
    "Sie lernen sich kennen": _l("Die Person und der Anbieter lernen sich kennen"),
    "Der Anbieter hat Ihre Kontaktdaten. Bald gibt es einen Termin zum Anschauen.": _l(
        "Der Anbieter hat die Kontaktdaten der Person. Bald gibt es einen Termin zum Anschauen."
    ),
    "Sie haben einen Termin zum Anschauen": _l("Die Person hat einen Termin zum Anschauen"),
    "Sehen Sie sich alles in Ruhe an. Danach fragen wir Sie, wie es war.": _l(
        "Die Person sieht sich alles in Ruhe an. Danach fragen wir sie, wie es war."
    ),
    "Zum Beispiel einen Umbau, Unterlagen oder die Kaution. Wir melden uns bei Ihnen.": _l(
        "Zum Beispiel einen Umbau, Unterlagen oder die Kaution. Wir melden uns."
    ),
    "Das Angebot ist für Sie reserviert": _l("Das Angebot ist für die Person reserviert"),
    "Sie haben einen Vertrag": _l("Die Person hat einen Vertrag"),
    "Herzlichen Glückwunsch. Jetzt geht es um Förderung, Umbau und Einzug.": _l(
        "Jetzt geht es um Förderung, Umbau und Einzug."
    ),
    "Die Wohnung wird für Sie vorbereitet": _l("Die Wohnung wird für die Person vorbereitet"),
    "Sie sind eingezogen": _l("Die Person ist eingezogen"),
    "Nach drei und nach zwölf Monaten fragen wir Sie, wie es Ihnen geht.": _l(
        "Nach drei und nach zwölf Monaten fragen wir die Person, wie es ihr geht."
    ),
    "Wir wünschen Ihnen alles Gute.": _l("Wir wünschen der Person alles Gute."),
    "Sie haben abgelehnt": _l("Die Person hat abgelehnt"),
    "Wir sprechen mit dem Anbieter und melden uns bei Ihnen.": _l("Wir sprechen mit dem Anbieter und melden uns."),
    "Möchten Sie doch noch antworten? Sagen Sie uns Bescheid.": _l(
        "Möchte die Person doch noch antworten? Sagen Sie uns Bescheid."
    ),
    "Sie wohnen dort nicht mehr": _l("Die Person wohnt dort nicht mehr"),
    "Wir sprechen mit Ihnen. Wenn Sie möchten, suchen wir weiter.": _l(
        "Wir sprechen mit der Person. Wenn sie möchte, suchen wir weiter."
    ),
    # The page of a proposal
    "Unsere Vorschläge": _l("Unsere Vorschläge für die Person"),
    "Im Moment ist das Angebot für jemand anderen reserviert. Wird es wieder frei, schreiben wir Ihnen.": _l(
        "Im Moment ist das Angebot für jemand anderen reserviert. Wird es wieder frei, schreiben wir."
    ),
    "Seit %(day)s darf der Anbieter wissen, was Ihre Wohnung können muss.": _l(
        "Seit %(day)s darf der Anbieter wissen, was die Wohnung der Person können muss."
    ),
    "Seit %(day)s darf der Anbieter Ihren Namen und Ihre Kontaktdaten kennen.": _l(
        "Seit %(day)s darf der Anbieter Namen und Kontaktdaten der Person kennen."
    ),
    "Ihr Grund: %(reason)s": _l("Der Grund der Person: %(reason)s"),
    "Warum wir Ihnen das vorschlagen": _l("Warum wir der Person das vorschlagen"),
    "Das sollten Sie wissen": _l("Das sollte die Person wissen"),
    "Dürfen wir Ihre Kontaktdaten weitergeben?": _l("Dürfen wir die Kontaktdaten der Person weitergeben?"),
    "Erst wenn Sie Ja sagen, fragen wir den Anbieter. Er erfährt nur, was Ihre Wohnung können muss, und nicht, wer Sie "
    "sind.": _l(
        "Erst wenn die Person Ja sagt, fragen wir den Anbieter. Er erfährt nur, was ihre Wohnung können muss, und "
        "nicht, wer sie ist."
    ),
    "Erst wenn Sie Ja sagen, erfährt der Anbieter, wer Sie sind und wie er Sie erreicht.": _l(
        "Erst wenn die Person Ja sagt, erfährt der Anbieter, wer sie ist und wie er sie erreicht."
    ),
    "Ihre Antwort": _l("Die Antwort der Person"),
    "Möchten Sie etwas anderes antworten?": _l("Möchte die Person etwas anderes antworten?"),
    "Sie entscheiden. Wenn Sie ablehnen, haben Sie keine Nachteile.": _l(
        "Die Person entscheidet. Wenn sie ablehnt, hat sie keine Nachteile."
    ),
    "Sie entscheiden. Wenn Sie ablehnen, haben Sie keine Nachteile. Ihren Namen erfährt durch Ihre Antwort "
    "niemand.": _l(
        "Die Person entscheidet. Wenn sie ablehnt, hat sie keine Nachteile. Ihren Namen erfährt durch die Antwort "
        "niemand."
    ),
    "Zu Ihrem ganzen Gesuch führt der Link aus der Eingangsbestätigung.": _l(
        "Zum ganzen Gesuch der Person führt der Link aus der Eingangsbestätigung."
    ),
    "Lieber am Telefon? Rufen Sie an: %(number)s. Ihre Nummer ist %(receipt)s.": _l(
        "Lieber am Telefon? Rufen Sie an: %(number)s. Das Gesuch hat die Nummer %(receipt)s."
    ),
    # The answers
    "Das interessiert mich": _l("Das interessiert die Person"),
    "Das passt nicht": _l("Das passt der Person nicht"),
    "Fragen Sie mich später noch einmal": _l("Fragen Sie die Person später noch einmal"),
    "Ich brauche Hilfe": _l("Die Person braucht Hilfe"),
    "Ja, geben Sie meine Kontaktdaten weiter": _l("Ja, geben Sie die Kontaktdaten der Person weiter"),
    "Schade, dass es nicht passt. Ihr Grund hilft uns, Besseres zu finden. Nachteile haben Sie keine.": _l(
        "Schade, dass es nicht passt. Der Grund hilft uns, Besseres zu finden. Nachteile hat die Person keine."
    ),
    "Eine Beraterin oder ein Berater meldet sich bei Ihnen. Sie können danach immer noch antworten.": _l(
        "Eine Beraterin oder ein Berater meldet sich. Eine Antwort ist danach immer noch möglich."
    ),
    "Wir kümmern uns um den nächsten Schritt und melden uns bei Ihnen. Ihren Namen erfährt noch niemand.": _l(
        "Wir kümmern uns um den nächsten Schritt und melden uns wieder. Den Namen der Person erfährt noch niemand."
    ),
    "Wir legen den Vorschlag zur Seite. Ist das Angebot dann noch frei, fragen wir Sie wieder.": _l(
        "Wir legen den Vorschlag zur Seite. Ist das Angebot dann noch frei, fragen wir die Person wieder."
    ),
    "Nur dieser Anbieter bekommt Ihren Namen und Ihre Kontaktdaten. Dann können Sie einen Termin zum Anschauen "
    "ausmachen.": _l(
        "Nur dieser Anbieter bekommt Namen und Kontaktdaten der Person. Dann kann sie einen Termin zum Anschauen "
        "ausmachen."
    ),
    "Der Anbieter erfährt nur, was Ihre Wohnung können muss. Er erfährt nicht Ihren Namen, Ihr Alter, Ihr Einkommen "
    "und nichts über Ihre Gesundheit.": _l(
        "Der Anbieter erfährt nur, was die Wohnung der Person können muss. Er erfährt nicht ihren Namen, ihr Alter, "
        "ihr Einkommen und nichts über ihre Gesundheit."
    ),
    "Wann sollen wir Sie noch einmal fragen?": _l("Wann sollen wir die Person noch einmal fragen?"),
    "Bitte wählen Sie, wann wir Sie noch einmal fragen sollen.": _l(
        "Bitte wählen Sie, wann wir die Person noch einmal fragen sollen."
    ),
    "Sie können das Feld auch leer lassen. Dann melden wir uns bei Ihnen.": _l(
        "Sie können das Feld auch leer lassen. Dann melden wir uns."
    ),
    "Ohne Ihre Einwilligung dürfen wir dem Anbieter nichts sagen.": _l(
        "Ohne die Einwilligung der Person dürfen wir dem Anbieter nichts sagen."
    ),
    # Whether somebody still seeks
    "Suchen Sie noch?": _l("Sucht die Person noch?"),
    "Ihr Gesuch %(number)s liegt seit dem %(day)s bei uns. Wenn Sie noch suchen, behalten wir es.": _l(
        "Das Gesuch %(number)s liegt seit dem %(day)s bei uns. Wenn die Person noch sucht, behalten wir es."
    ),
    "Ja, ich suche noch": _l("Ja, die Person sucht noch"),
    "Sie suchen nicht mehr?": _l("Die Person sucht nicht mehr?"),
    "Dann löschen wir Ihr Gesuch sofort und für immer. Wenn Sie nicht antworten, sperren wir es erst und löschen es "
    "später.": _l(
        "Dann löschen wir das Gesuch sofort und für immer. Wenn niemand antwortet, sperren wir es erst und löschen es "
        "später."
    ),
    "Ihr Gesuch ist gelöscht. Alles Gute!": _l("Das Gesuch ist gelöscht. Alles Gute!"),
    "Danke! Wir suchen weiter für Sie.": _l("Danke! Wir suchen weiter für die Person."),
}
