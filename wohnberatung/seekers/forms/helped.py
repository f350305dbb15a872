"""The request form as it speaks to somebody who fills it in for somebody else: what stands instead of what.

Somebody who helps is asked about the person, and says what the person agrees to. The table is asked whenever a page
of the form is put into words (`translations.say_instead`), so that no field and no template has two wordings.
"""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words
from wohnberatung.seekers.forms.helped_acquainted import HELPED_ACQUAINTED
from wohnberatung.seekers.forms.helped_afterwards import HELPED_AFTERWARDS
from wohnberatung.seekers.forms.helped_proposals import HELPED_PROPOSALS
from wohnberatung.seekers.forms.helped_sentences import HELPED_SENTENCES
from wohnberatung.seekers.forms.journey import Journey
from wohnberatung.translations import say_instead

HELPED: dict[str, Words] = {
    # How somebody gets about, and what the home must do
    "Wie kommen Sie im Alltag zurecht?": _l("Wie kommt die Person im Alltag zurecht?"),
    "Was trifft auf Sie oder jemanden in Ihrem Haushalt zu?": _l(
        "Was trifft auf die Person oder jemanden in ihrem Haushalt zu?"
    ),
    "Ich bin kleinwüchsig": _l("Die Person ist kleinwüchsig"),
    "Ich gehe mit dem Rollator": _l("Die Person geht mit dem Rollator"),
    "Ich höre wenig oder nichts": _l("Die Person hört wenig oder nichts"),
    "Ich nutze einen Elektrorollstuhl": _l("Die Person nutzt einen Elektrorollstuhl"),
    "Ich nutze einen Rollstuhl": _l("Die Person nutzt einen Rollstuhl"),
    "Ich sehe wenig oder nichts": _l("Die Person sieht wenig oder nichts"),
    "Unser Kind hat eine Behinderung": _l("Ein Kind der Person hat eine Behinderung"),
    "Treppen und lange Wege fallen mir schwer": _l("Treppen und lange Wege fallen der Person schwer"),
    "Daraus leiten wir ab, was Ihre Wohnung können muss. Auf der nächsten Seite sehen Sie alles und können es "
    "ändern.": _l(
        "Daraus leiten wir ab, was die Wohnung der Person können muss. "
        "Auf der nächsten Seite sehen Sie alles und können es ändern."
    ),
    "Was Ihre Wohnung dafür können muss": _l("Was die Wohnung der Person dafür können muss"),
    "Das haben wir für Sie eingestellt. Ändern Sie nur, was für Sie nicht stimmt. Je mehr sein muss, desto weniger "
    "Wohnungen passen.": _l(
        "Das haben wir für die Person eingestellt. Ändern Sie nur, was für sie nicht stimmt. Je mehr sein muss, desto "
        "weniger Wohnungen passen."
    ),
    "So viel können Sie selbst für Umbauten zahlen, zum Beispiel für breitere Türen. Danach fragt kein Anbieter.": _l(
        "So viel kann die Person selbst für Umbauten zahlen, zum Beispiel für breitere Türen. Danach fragt kein "
        "Anbieter."
    ),
    "So bleiben rollstuhlgerechte Wohnungen für Menschen frei, die sie brauchen.": _l(
        "So bleiben rollstuhlgerechte Wohnungen für alle frei, die sie brauchen."
    ),
    "Wie wichtig ist Ihnen das?": _l("Wie wichtig ist das der Person?"),
    "Nur, wenn Ihnen etwas davon wichtig ist.": _l("Nur, wenn der Person etwas davon wichtig ist."),
    # The home, the place, the money, living together
    "Wie soll Ihre Wohnung sein?": _l("Wie soll die Wohnung der Person sein?"),
    "Was Sie nicht wissen oder was Ihnen egal ist, lassen Sie einfach stehen.": _l(
        "Was Sie nicht wissen oder was der Person egal ist, lassen Sie einfach stehen."
    ),
    "Wo möchten Sie wohnen?": _l("Wo möchte die Person wohnen?"),
    "Ist Ihnen der Ort egal? Dann gehen Sie einfach weiter. Wir suchen dann in ganz Dresden.": _l(
        "Ist der Person der Ort egal? Dann gehen Sie einfach weiter. Wir suchen dann in ganz Dresden."
    ),
    "Wie viel Miete können Sie im Monat zahlen?": _l("Wie viel Miete kann die Person im Monat zahlen?"),
    "Sie müssen uns nicht sagen, wie viel Sie verdienen. Was Sie nicht wissen, lassen Sie offen: Wir klären es mit "
    "Ihnen.": _l(
        "Sie müssen uns nicht sagen, wie viel die Person verdient. Was Sie nicht wissen, lassen Sie offen: Wir klären "
        "es später."
    ),
    "Möchten Sie mit anderen zusammen wohnen?": _l("Möchte die Person mit anderen zusammen wohnen?"),
    "Wenn Sie mit anderen wohnen möchten": _l("Wenn die Person mit anderen wohnen möchte"),
    "Es gibt Häuser, in denen man sich hilft, zusammen isst oder einen Garten teilt. Wenn Sie lieber für sich wohnen, "
    "kreuzen Sie nur das an.": _l(
        "Es gibt Häuser, in denen man sich hilft, zusammen isst oder einen Garten teilt. Wenn die Person lieber für "
        "sich wohnt, kreuzen Sie nur das an."
    ),
    "Welche Wohnformen kommen für Sie infrage?": _l("Welche Wohnformen kommen für die Person infrage?"),
    "Kreuzen Sie alles an, was Sie sich vorstellen können. Ohne Kreuz ist alles offen.": _l(
        "Kreuzen Sie alles an, was sich die Person vorstellen kann. Ohne Kreuz ist alles offen."
    ),
    "Was ist Ihnen beim Zusammenwohnen wichtig?": _l("Was ist der Person beim Zusammenwohnen wichtig?"),
    "So viel Zeit möchten Sie für Treffen und Aufgaben im Haus geben.": _l(
        "So viel Zeit möchte die Person für Treffen und Aufgaben im Haus geben."
    ),
    "So viel Zeit möchten Sie im Haushalt oder im Alltag helfen.": _l(
        "So viel Zeit möchte die Person im Haushalt oder im Alltag helfen."
    ),
    "eigenes Geld": _l("die Person selbst"),
    "Für Anteile einer Genossenschaft oder die Einlage eines Projekts, auch als Darlehen.": _l(
        "So viel hat die Person für Anteile einer Genossenschaft oder die Einlage eines Projekts, auch als Darlehen."
    ),
    "Danach darf nur fragen, wer selbst dort wohnt.": _l("Danach darf nur fragen, wer selbst in dem Haus wohnt."),
    "Nur für ambulant betreute Wohngemeinschaften: Ein Pflegegrad liegt vor.": _l(
        "Nur für ambulant betreute Wohngemeinschaften: Die Person hat einen Pflegegrad."
    ),
    "Wann möchten Sie einziehen?": _l("Wann möchte die Person einziehen?"),
    "Wann möchten Sie spätestens einziehen?": _l("Wann möchte die Person spätestens einziehen?"),
    "Zum Beispiel: Warum Sie umziehen, was Ihnen Sorgen macht. Bitte keine Diagnosen und nichts über andere Menschen, "
    "das sie nicht selbst sagen würden.": _l(
        "Zum Beispiel: Warum die Person umzieht, was ihr Sorgen macht. Bitte keine Diagnosen und nichts, das sie nicht "
        "selbst sagen würde."
    ),
    # How to reach them, and what they agree to
    "Wie erreichen wir Sie?": _l("Wie erreichen wir die Person und Sie?"),
    "So, wie wir Sie ansprechen sollen. Sie können auch ohne Namen fragen.": _l(
        "So, wie wir die Person ansprechen sollen. Es geht auch ohne Namen."
    ),
    "Wie sollen wir Ihnen antworten?": _l("Wie sollen wir der Person antworten?"),
    "Bitte wählen Sie, wie wir Ihnen antworten sollen.": _l("Bitte wählen Sie, wie wir der Person antworten sollen."),
    "Gar nicht: Ich sehe selbst über meinen Link nach": _l("Gar nicht: Die Person sieht selbst über den Link nach"),
    "Was dürfen wir mit Ihren Angaben tun?": _l("Was dürfen wir mit den Angaben der Person tun?"),
    "Sie entscheiden über jeden Punkt einzeln. Jede Einwilligung können Sie jederzeit zurücknehmen, zum Beispiel mit "
    "einem Anruf.": _l(
        "Die Person entscheidet über jeden Punkt einzeln. Jede Einwilligung kann sie jederzeit zurücknehmen, zum "
        "Beispiel mit einem Anruf."
    ),
    "Ich willige ein, dass mich die Wohnberatung zu meinem Gesuch berät.": _l(
        "Die Person willigt ein, dass sie die Wohnberatung zu ihrem Gesuch berät."
    ),
    "Ich willige ein, dass die Wohnberatung meine Angaben mit Wohnungsangeboten vergleicht.": _l(
        "Die Person willigt ein, dass die Wohnberatung ihre Angaben mit Wohnungsangeboten vergleicht."
    ),
    "Ich willige ein, dass die Wohnberatung meine Angaben zu Gesundheit und Behinderung speichert und für Beratung und "
    "Wohnungssuche nutzt.": _l(
        "Die Person willigt ein, dass die Wohnberatung ihre Angaben zu Gesundheit und Behinderung speichert und für "
        "Beratung und Wohnungssuche nutzt."
    ),
    "Ich willige ein, dass die Wohnberatung einem Anbieter sagt, was meine Wohnung können muss, wenn ich dem im "
    "einzelnen Fall zugestimmt habe.": _l(
        "Die Person willigt ein, dass die Wohnberatung einem Anbieter sagt, was ihre Wohnung können muss, wenn sie dem "
        "im einzelnen Fall zugestimmt hat."
    ),
    "Ich willige ein, dass die Wohnberatung meine Kontaktdaten speichert und mich darüber anspricht.": _l(
        "Die Person willigt ein, dass die Wohnberatung ihre Kontaktdaten speichert und sie darüber anspricht."
    ),
    "Ein Programm sortiert die Angebote nach Ihren Wünschen. Was wir Ihnen vorschlagen, entscheidet ein Mensch.": _l(
        "Ein Programm sortiert die Angebote nach den Wünschen der Person. Was wir vorschlagen, entscheidet ein Mensch."
    ),
    "Freiwillig. Vor jeder Weitergabe fragen wir Sie noch einmal und zeigen Ihnen, was der Anbieter erfährt.": _l(
        "Freiwillig. Vor jeder Weitergabe fragen wir die Person noch einmal und zeigen ihr, was der Anbieter erfährt."
    ),
    "Nur zu diesem Gesuch. Sie bekommen keine Werbung.": _l("Nur zu diesem Gesuch. Die Person bekommt keine Werbung."),
    # Looking through it, and the receipt
    "Bitte sehen Sie Ihre Angaben noch einmal durch. Sie können alles ändern.": _l(
        "Bitte sehen Sie die Angaben zu der Person noch einmal durch. Sie können alles ändern."
    ),
    "Mit dem Absenden bekommt die Wohnberatung Ihr Gesuch. Es kostet nichts und verpflichtet Sie zu nichts.": _l(
        "Mit dem Absenden bekommt die Wohnberatung das Gesuch. Es kostet nichts und verpflichtet die Person zu nichts."
    ),
    "Ihr Gesuch ist angekommen": _l("Das Gesuch der Person ist angekommen"),
    "Ihre Nummer": _l("Die Nummer des Gesuchs"),
    "Ihr Link": _l("Der Link zum Gesuch"),
    "Damit sehen Sie jederzeit, wie es um Ihr Gesuch steht:": _l(
        "Damit sehen die Person und Sie jederzeit, wie es um das Gesuch steht. Geben Sie ihr den Link:"
    ),
    "Wer den Link kennt, kann Ihr Gesuch sehen. Bewahren Sie dieses Blatt gut auf.": _l(
        "Wer den Link kennt, kann das Gesuch sehen. Bewahren Sie dieses Blatt gut auf."
    ),
    "Sehen Sie über Ihren Link nach, ob etwas passt. Sie entscheiden, ob Sie es ansehen möchten.": _l(
        "Sehen Sie über den Link nach, ob etwas passt. Die Person entscheidet, ob sie es ansehen möchte."
    ),
    "Eine Beraterin oder ein Berater liest Ihr Gesuch.": _l("Eine Beraterin oder ein Berater liest das Gesuch."),
    "Passt etwas, melden wir uns bei Ihnen.": _l("Passt etwas, melden wir uns."),
    "Passt etwas, melden wir uns bei Ihnen. Sie entscheiden, ob Sie es ansehen möchten.": _l(
        "Passt etwas, melden wir uns. Die Person entscheidet, ob sie es ansehen möchte."
    ),
    "Sie entscheiden, ob Sie es ansehen möchten.": _l("Die Person entscheidet, ob sie es ansehen möchte."),
    "Was Sie suchen": _l("Was die Person sucht"),
    "Ihr Haushalt": _l("Der Haushalt der Person"),
    "Wie wir Sie erreichen": _l("Wie wir die Person und Sie erreichen"),
    "Worin Sie eingewilligt haben": _l("Worin die Person eingewilligt hat"),
}


def speak_to(journey: Journey | None) -> None:
    """For the rest of this answer: to the helper where there is one."""
    if journey is not None and journey.has_helper:
        speak_to_helper()


def speak_to_helper() -> None:
    """The same where a stored request tells that somebody has helped."""
    say_instead(HELPED | HELPED_AFTERWARDS | HELPED_PROPOSALS | HELPED_ACQUAINTED | HELPED_SENTENCES)


def speak_to_reader(contact: Mapping[str, object]) -> None:
    """For the rest of this answer: to the helper where a stored contact names one."""
    if contact.get("helper"):
        speak_to_helper()
