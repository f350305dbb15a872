"""The themes by which facts are grouped on forms, sheets and figures, in the order in which they are shown."""

THEMES = {
    "access": "Der Weg in die Wohnung",
    "rooms": "Räume und Türen",
    "bathroom": "Bad",
    "senses": "Sehen, Hören, Orientierung, Sicherheit",
    "place": "Lage und Energie",
    "money": "Kosten und Mietvertrag",
    "services": "Unterstützung im Haus",
    "living": "Zusammen wohnen",
    "household": "Ihr Haushalt",
    "sites": "Haus oder Grundstück",
}
