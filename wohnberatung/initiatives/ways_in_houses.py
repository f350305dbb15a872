"""Ways of living together in whole houses and quarters."""

from flask_babel import lazy_gettext as _l

from wohnberatung.initiatives.ways_of_living import WayOfLiving

BIELEFELD = WayOfLiving(
    "bielefelder-modell",
    _l("Bielefelder Modell"),
    _l(
        "Barrierefreie und bezahlbare Wohnungen liegen in einem ganz normalen Quartier. Dazu gehören ein Wohncafé für "
        "alle und ein Dienst, der Tag und Nacht erreichbar ist."
    ),
    _l(
        "Für Menschen, die selbstständig wohnen möchten und Hilfe in der Nähe brauchen, jetzt oder später. "
        "Das Wohncafé ist für alle im Quartier."
    ),
    (
        _l("Ein Vermieter und ein Pflegedienst arbeiten fest zusammen."),
        _l("Der Dienst hat einen Stützpunkt im Quartier und darf für vier bis sechs Wohnungen sagen, wer einzieht."),
        _l("Wer dort wohnt, wählt den Dienst frei."),
    ),
    _l("Eine Pauschale für Betreuung gibt es nicht. Was Miete und Hilfe kosten, sagen Vermieter und Dienst."),
    _l(
        "Vermieter und Dienst vereinbaren, für welche Wohnungen der Dienst Menschen vorschlägt. Hat die Stadt"
        " dort eigene Rechte, ist für jedes Haus zu klären, wie beides zusammenpasst."
    ),
    (
        _l("Wer bezahlt das Wohncafé und die Bereitschaft in der Nacht auf Dauer?"),
        _l("Sind wirklich alle Wohnungen barrierefrei, oder nur einige?"),
    ),
    _l("Bielefeld. In Dresden war das Modell 2019 ein Vorbild für Sorgende Nachbarschaften."),
    _l("Wie viele Wohnungen ein Stützpunkt braucht, damit er sich trägt."),
    ("bgw-bielefeld.de", "dpv-bw.de"),
    programs=("sgb11_40_4", "housing_benefit"),
)
QUARTER_HOUSE = WayOfLiving(
    "quartiershaus",
    _l("Quartiershaus"),
    _l(
        "Ein Haus im Stadtteil verbindet Wohnungen mit Räumen für alle und mit Diensten. So wird es ein Mittelpunkt "
        "der Nachbarschaft."
    ),
    _l("Für Menschen, die dort wohnen, und für alle aus der Nachbarschaft, die Räume oder Hilfe suchen."),
    (
        _l("Es gibt Wohnungen, gemeinsame Räume und Dienste unter einem Dach."),
        _l("Jemand ist für die offenen Räume verantwortlich."),
    ),
    _l("Zu klären ist vor allem, wer die Räume für alle bezahlt: Miete, Möbel, Strom und einen Menschen vor Ort."),
    _l("Wohnungen, Treff und Dienste haben verschiedene Regeln und Verträge. Lassen Sie sich früh beraten."),
    (
        _l("Ist der Treff ohne Stufen erreichbar, und gibt es ein WC für alle?"),
        _l("Wer macht auf, wenn die ersten Ehrenamtlichen nicht mehr können?"),
    ),
    _l("Bremen hat Quartiershäuser, die in Dresden als Vorbild genannt werden."),
    _l("Das meiste zu dieser Wohnform ist allgemeines Wissen und noch nicht an Quellen geprüft."),
    (),
)
COOPERATIVE = WayOfLiving(
    "genossenschaft",
    _l("Genossenschaft"),
    _l("Das Haus gehört allen Mitgliedern gemeinsam. Wer Anteile zeichnet, darf dauerhaft dort wohnen."),
    _l("Für Gruppen, die selbst bestimmen und sicher wohnen möchten, ohne eine Wohnung zu kaufen."),
    (
        _l("Sie werden Mitglied und kaufen Anteile."),
        _l("Ihre Gruppe gründet eine Genossenschaft, oder Sie fragen eine, die es schon gibt."),
    ),
    _l(
        "Sie bezahlen einmal die Anteile und dann das Wohnen im Monat. Wie hoch beides ist, sagt jede "
        "Genossenschaft selbst."
    ),
    _l("Mitglieder haben ein Recht, auf Dauer in ihrer Wohnung zu bleiben. Genaueres steht in der Satzung."),
    (
        _l("Können auch Menschen mit wenig Geld die Anteile bezahlen, zum Beispiel in Raten?"),
        _l("Wer entscheidet, wer einzieht: Ihre Gruppe oder die Genossenschaft?"),
    ),
    _l("In Dresden gibt es große, alte Genossenschaften und junge, in denen Gruppen zusammen wohnen."),
    _l("Welche Genossenschaften in Dresden zurzeit mit Gruppen bauen."),
    ("mitbauzentrale-muenchen.de",),
    forms=("cooperative_house",),
)
SYNDICATE = WayOfLiving(
    "mietshaeuser-syndikat",
    _l("Mietshäuser Syndikat"),
    _l(
        "Das Haus gehört einer Gesellschaft aus zwei Partnern: dem Verein der Menschen, die dort wohnen, und "
        "dem Syndikat. Das Syndikat kann einen Verkauf verhindern."
    ),
    _l("Für Gruppen, die ein Haus selbst verwalten wollen und kein eigenes Geld haben."),
    (
        _l("Sie gründen einen Hausverein. Mit dem Syndikat zusammen gründet er eine GmbH, die das Haus kauft."),
        _l("Alle im Haus entscheiden gemeinsam und verwalten sich selbst."),
    ),
    _l("Eigenes Geld ist nicht nötig. Viele Menschen leihen dem Haus Geld: Das heißt Direktkredit."),
    _l("Das Syndikat hat ein Veto: Gegen seinen Willen kann das Haus nicht verkauft werden."),
    (
        _l("Wer wirbt um das geliehene Geld, und was ist, wenn viele es auf einmal zurückhaben möchten?"),
        _l("Reicht die Kraft der Gruppe, das Haus selbst zu verwalten?"),
    ),
    _l("In Dresden gehört das Syndikat zum Netzwerk Neues Wohnen in Dresden (NWID)."),
    _l("Welche Regeln zurzeit gelten, wenn Menschen einem Haus Geld leihen. Fragen Sie vorher nach."),
    ("tiny-houses.de", "pfaffenstrasse.de", "nwid.de"),
    forms=("syndicate_house",),
)
GENERATIONS = WayOfLiving(
    "mehrgenerationenwohnen",
    _l("Mehrgenerationenwohnen"),
    _l(
        "Junge und alte Menschen wohnen mit Absicht im selben Haus. Jeder Haushalt hat seine Wohnung, und alle helfen "
        "einander."
    ),
    _l("Für Familien, Paare und Menschen allein, die Nachbarschaft wollen und etwas geben können."),
    (
        _l("Die Gruppe organisiert sich selbst, und alle haben gleich viel zu sagen."),
        _l("Die Gruppe wählt selbst, wer dazukommt. Eine Vermittlung durch uns schlägt nur vor."),
        _l("Es gibt eigene Wohnungen und einen Raum für alle."),
    ),
    _l("Das hängt von der Rechtsform ab: Miete, Anteile oder Kauf. Klären Sie früh, wer den Raum für alle bezahlt."),
    _l("Die Rechtsform wählt die Gruppe. Welche passt, klären Sie mit rechtlicher Beratung."),
    (
        _l("Was passiert, wenn jemand viel Hilfe braucht? Helfen heißt nicht pflegen."),
        _l("Bleibt die Mischung, wenn Kinder groß werden und Menschen ausziehen?"),
    ),
    _l("In Dresden ist die junge Genossenschaft „null bis hundert“ ein Beispiel."),
    _l("Welche Förderung es für Gemeinschaftsräume gibt."),
    ("gemeinschaftliches-wohnen.de", "saechsische.de"),
    forms=("multi_generation", "housing_project"),
)
IN_HOUSES = (BIELEFELD, QUARTER_HOUSE, GENERATIONS, COOPERATIVE, SYNDICATE)
