"""The themes by which facts are grouped on forms, sheets and figures, in the order shown."""

THEMES = {
    "access": "Der Weg in die Wohnung",
    "rooms": "Räume und Türen",
    "bathroom": "Bad",
    "size": "Größe, Balkon und Garten",
    "senses": "Sehen, Hören, Orientierung, Sicherheit",
    "place": "Lage, Baujahr und Energie",
    "money": "Kosten und Mietvertrag",
    "services": "Unterstützung im Haus",
    "living": "Zusammen wohnen",
    "household": "Ihr Haushalt",
    "sites": "Haus oder Grundstück",
}
