"""Ways of living together behind one door."""

from flask_babel import lazy_gettext as _l

from wohnberatung.initiatives.ways_of_living import WayOfLiving

CLUSTER = WayOfLiving(
    "clusterwohnung",
    _l("Clusterwohnung"),
    _l(
        "Mehrere kleine Einheiten mit eigenem Bad liegen um eine große Küche und ein Wohnzimmer für alle. Jeder hat "
        "seine Tür und ist doch nicht allein."
    ),
    _l("Für Menschen, die viel Gemeinschaft wollen und trotzdem eine eigene Tür und ein eigenes Bad."),
    (
        _l("Jede Einheit hat ein eigenes Bad, manche auch eine Teeküche."),
        _l("Die ganze Wohnung ist groß: 150 bis 800 Quadratmeter."),
    ),
    _l("Zu klären ist, wie Sie die Kosten der gemeinsamen Räume unter sich teilen."),
    _l(
        "Einzelne Einheiten sind keine vollständigen Wohnungen. Deshalb passt die Förderung für Sozialwohnungen oft "
        "nicht: Klären Sie das, bevor Sie planen."
    ),
    (
        _l("Wer putzt, wer kauft ein, und wie laut darf es in der Küche werden?"),
        _l("Sind die Bäder und der Weg zur Küche für einen Rollstuhl breit genug?"),
    ),
    _l("Beispiele beschreibt der Newsletter von „Zukunft Bau“."),
    _l("Wie sich ein Wohnberechtigungsschein mit einer Clusterwohnung verträgt."),
    ("zukunftbau.de",),
    forms=("cluster_flat",),
)
CARE_SHARE = WayOfLiving(
    "pflege-wg",
    _l("Ambulant betreute Pflege-Wohngemeinschaft"),
    _l(
        "Drei bis zwölf Menschen teilen eine Wohnung, jeder hat sein Zimmer. Eine Person, die alle gemeinsam "
        "beauftragen, organisiert den Alltag, und ein Pflegedienst kommt ins Haus."
    ),
    _l("Für Menschen, die Pflege brauchen und nicht allein und nicht im Heim wohnen möchten."),
    (
        _l("Mindestens drei der Menschen haben einen Pflegegrad."),
        _l("Alle beauftragen die Person für den Alltag gemeinsam. Den Pflegedienst wählt jeder frei."),
        _l("Die Gruppe trägt die Wohngemeinschaft selbst, oder ein Anbieter tut es."),
    ),
    _l(
        "Zur Miete kommen die Pflege und die Person für den Alltag. Die Pflegekasse zahlt einen Zuschlag und "
        "hilft beim Start. Beträge und Bedingungen stehen unten, mit Quelle und Tag."
    ),
    _l(
        "In Sachsen gilt das SächsWTG. Eine neue Wohngemeinschaft wird geprüft und zugeordnet. Fragen Sie, bevor Sie "
        "Verträge unterschreiben."
    ),
    (
        _l("Können Sie den Pflegedienst wirklich frei wählen, oder hängt er am Mietvertrag?"),
        _l("Wer spricht für Menschen, die nicht für sich selbst entscheiden können?"),
    ),
    _l("Pflege-Wohngemeinschaften, die sich bei uns vorstellen, stehen unten."),
    _l("Welches Amt prüft, und die Höhe der Pauschale für neue gemeinschaftliche Wohnformen."),
    ("singen.seniorenwegweiser.eu", "bpa.de", "pv-quick.de", "bundesgesundheitsministerium.de"),
    forms=("care_flat_share",),
    programs=("sgb11_38a", "sgb11_45e", "sgb11_40_4", "sgb11_45h", "saechswtg"),
)
HOMESHARE = WayOfLiving(
    "wohnen-fuer-hilfe",
    _l("Wohnen für Hilfe"),
    _l(
        "Jemand hat ein Zimmer frei, jemand anderes zieht ein und hilft im Alltag, statt Miete zu zahlen. Als "
        "Faustregel gilt: eine Stunde Hilfe im Monat für jeden Quadratmeter."
    ),
    _l("Für Menschen mit Platz, die Hilfe im Alltag möchten, und für Menschen ab 18 Jahren, die ein Zimmer suchen."),
    (
        _l("Wer hilft, bezahlt Strom, Wasser und Heizung mit."),
        _l("Pflege und medizinische Hilfe gehören nicht dazu."),
        _l("Vorher lernt man sich kennen, oft gibt es einen Monat zur Probe."),
    ),
    _l("Statt Miete wird geholfen. Auch ein Teil Geld und ein Teil Hilfe ist möglich."),
    _l("Schreiben Sie auf, was vereinbart ist. Wer selbst zur Miete wohnt, fragt vorher den Vermieter."),
    (
        _l("Was soll getan werden, und was auf keinen Fall? Sprechen Sie über Rauchen, Tiere, Küche und Besuch."),
        _l("Wie endet es, wenn es nicht passt?"),
    ),
    _l("Studierendenwerke in vielen Städten vermitteln Wohnen für Hilfe."),
    _l("Fragen zu Steuer und Mindestlohn sind zu prüfen. Fragen Sie uns, bevor Sie etwas unterschreiben."),
    ("studentenwerke.de", "askstudents.de", "goodnews-for-you.de", "wohnlotsen-flensburg.de"),
    forms=("homeshare",),
)
IN_FLATS = (CLUSTER, CARE_SHARE, HOMESHARE)
