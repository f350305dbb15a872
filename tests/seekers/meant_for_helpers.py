"""What the request form says with "you" where somebody fills it in for somebody else: each sentence was read, and means
the helper, or anybody (English). A new one is read and put here, or said another way (seekers/forms/helped.py).
"""

MEANT_FOR_HELPERS = {
    "de": """
Was Sie nicht wissen oder nicht sagen möchten, lassen Sie offen.
Für wen füllen Sie das Formular aus?
Nach Ihren Antworten bis hierher
Auf der nächsten Seite sehen Sie alles und können es ändern.
Kreuzen Sie alles an, was passt.
Trifft nichts zu, gehen Sie einfach weiter.
Ändern Sie nur, was für sie nicht stimmt.
Was schön wäre, können Sie aufklappen.
Was Sie nicht wissen oder was der Person egal ist, lassen Sie einfach stehen.
Lassen Sie leer, was offen ist.
Dann gehen Sie einfach weiter.
Sie müssen uns nicht sagen, wie viel die Person verdient.
Was Sie nicht wissen, lassen Sie offen: Wir klären es später.
Wenn Sie es nicht wissen, lassen Sie das Feld leer.
Wenn die Person lieber für sich wohnt, kreuzen Sie nur das an.
Kreuzen Sie alles an, was sich die Person vorstellen kann.
Dann schreiben Sie hier seine Nummer.
Sie steht auf der Seite des Angebots.
Wie erreichen wir die Person und Sie?
Zuerst die Person, die eine Wohnung sucht, danach Sie selbst.
Sie helfen beim Ausfüllen
Ihr Name
Wer sind Sie?
Ihre Telefonnummer
Ihre E-Mail-Adresse
So schützen wir Ihre Angaben
Bitte sehen Sie die Angaben zu der Person noch einmal durch.
Sie können alles ändern.
Nennen Sie uns diese Nummer, wenn Sie anrufen.
Damit sehen die Person und Sie jederzeit, wie es um das Gesuch steht.
Geben Sie ihr den Link:
Bitte heben Sie den Link auf
Drucken Sie diese Seite, oder legen Sie ein Lesezeichen an.
Das haben Sie erklärt
""",
    "leicht": """
Sie wissen etwas nicht?
Oder Sie möchten etwas nicht sagen?
Dann lassen Sie es offen.
Für wen füllen Sie das Formular aus?
Nach Ihren Antworten bis hierher
Sagen Sie uns: Was passt zu der Person?
Sie können dort alles ändern.
Kreuzen Sie alles an, was passt.
Dann gehen Sie einfach weiter.
Sie nutzt sie für die Beratung und für die Wohnungs-Suche.
Dann ändern Sie es.
Wünsche können Sie aufklappen.
Messen Sie innen von Wand zu Wand, an der engsten Stelle.
Messen Sie innen von der Tür bis zur Wand hinten.
Dann schreiben Sie 0.
Messen Sie an der engsten Stelle: von Wand zu Wand.
Messen Sie die kürzere Seite.
Sie sind fest an WC, Dusche oder Wanne.
Wissen Sie es nicht?
Dann lassen Sie das Feld leer.
Sie müssen nicht sagen: So viel verdient die Person.
Ziehen Sie aus?
Dann bekommen Sie das Geld zurück.
Schreiben Sie: So viel Geld ist da.
Schreiben Sie die ganze Summe.
Dann schreiben Sie: unbefristet.
Sie essen zusammen.
Dann kreuzen Sie nur das an.
Kreuzen Sie alles an, was die Person möchte.
Schreiben Sie mit eigenen Worten.
Wir vergleichen Ihren Text mit den Texten von Wohn-Projekten.
Sie müssen es nicht sagen.
Schreiben Sie die Nummer hier auf.
Schreiben Sie bitte keine Krankheiten.
Wie erreichen wir die Person und Sie?
Danach Sie selbst.
Sie helfen beim Ausfüllen
Ihr Name
Wer sind Sie?
Ihre Telefon-Nummer
Ihre E-Mail-Adresse
Sie kann ein Ja später zurücknehmen.
Sie darf sich bei ihr melden.
Bitte sehen Sie alle Angaben zu der Person noch einmal an.
Sie können alles ändern.
Wenn Sie abschicken, bekommt die Wohn-Beratung die Suche.
Wenn Sie anrufen: Sagen Sie diese Nummer.
Klicken Sie auf den Link.
Dann sehen Sie, was mit der Suche ist.
Geben Sie der Person den Link.
Bitte heben Sie den Link auf
Drucken Sie diese Seite.
Das haben Sie gesagt
""",
    "en": """
Leave open what you do not know or do not want to say.
For whom do you fill in the form?
Going by your answers so far
On the next page you see everything and can change it.
What you must have is shown here.
You can unfold what would be nice to have.
Only steps you cannot avoid.
The clear passage with the door fully open, at the narrowest door you need.
The highest edge you have to cross between rooms.
You can get your knees under the basin while seated; top edge 80 cm at most.
A garden of your own or one that the house shares.
If you do not know something or the person does not mind, just leave it as it is.
You do not have to tell us how much the person earns.
Leave open what you do not know: we will sort it out later.
If you do not know, leave the field empty.
You cannot give notice before that.
Homeshare means: you live at low cost and help in the household in return.
In the shared rooms or in your own room.
In your own words, for example: cooking together, a quiet house, children, a garden.
A bathroom for your own household only.
Area of your own
The rooms that only your own household uses.
You find it on the page of the offer.
How do we reach the person and you?
You are helping to fill this in
Your name
First the person who is looking for a home, then yourself.
Who are you?
Your telephone number
Your e-mail address
How we protect what you tell us
You can change everything.
When you send it, the advice centre receives the housing request.
Give this number when you call.
Who are you filling in this form for?
If you tick nothing, everything is possible.
You can leave it empty.
With it, the person and you can always see how the housing request stands.
You declared
""",
}

# The same of the pages behind the links of a request, where it was sent.
MEANT_BEHIND_LINKS = {
    "de": """
Sehen Sie sich den Vorschlag mit der Person an, und sagen Sie uns, was sie davon hält.
Ihren Namen erfährt durch die Antwort niemand.
Fragen Sie die Person später noch einmal
Sie können das Feld auch leer lassen.
Danach können Sie uns sagen, was gemessen wurde.
Möchten Sie uns mehr dazu sagen?
Bitte tragen Sie ein, was gemessen wurde
Tragen Sie nur ein, was Sie wissen.
Wenn Sie es nicht wissen
Ja, geben Sie die Kontaktdaten der Person weiter
Sie entscheidet.
Schlagen Sie bis zu drei Termine vor.
Kreuzen Sie das an, wenn die Zahlen
Sagen Sie den Termin ab, so früh Sie können.
Sie brauchen keinen Grund.
An wen schreiben Sie?
Die Person oder Sie
Hier sehen Sie, welche Wohnungen an einem Tag zu der Person gepasst haben.
Sie können jeden Tag seit dem
Dann ändern Sie die Angaben, oder fragen Sie uns.
Füllen Sie nur aus, was anders war.
Damit helfen Sie auch anderen, die suchen.
""",
    "leicht": """
Schauen Sie den Vorschlag mit der Person an.
Sagen Sie uns, was die Person davon hält.
Sie kann Nein sagen.
Sie kann ihr Ja auch zurücknehmen.
Sie darf ihm auch sagen, wie er die Person erreicht.
Fragen Sie die Person später wieder
Sie können das Feld auch leer lassen.
Danach können Sie mit der Person die Suche ändern.
Das können Sie uns danach sagen.
Möchten Sie uns mehr sagen?
Sagen Sie uns den Grund.
Ja, sagen Sie dem Anbieter, wie er die Person erreicht
Schreiben Sie
Dann schreiben Sie 0.
Dann lassen Sie das Feld leer.
Messen Sie
Sie müssen hier nichts schreiben.
Wann haben Sie Zeit?
Sie können bis zu 3 Dateien schicken.
Fragen Sie nach einer Wohnung?
Dann sagen Sie den Termin ab.
Dann kreuzen Sie das an.
Machen Sie das so früh wie möglich.
Sie müssen keinen Grund sagen.
Dann schreiben Sie es hier.
Danach können Sie einen neuen Termin machen.
Haben Sie mit einem Zoll-Stock oder Maß-Band gemessen?
Sagen Sie den Termin ab.
An wen schreiben Sie?
Die Person oder Sie
Hier sehen Sie: Welche Wohnungen haben zu der Person gepasst?
Sie können jeden Tag seit dem
Dann ändern Sie die Angaben.
Oder fragen Sie uns.
""",
    "en": """
Thank you
Afterwards you can tell us what was measured.
Would you like to tell us more about it?
You can leave this empty.
Enter only what you know.
Only steps you cannot avoid.
Cancel as early as you can.
To whom are you writing?
The person or you
Here you see which homes suited the person on a day.
You can look at any day since
""",
}
