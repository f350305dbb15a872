"""People who do not exist and whose names say so; telephone numbers reserved for films, addresses for examples."""

from dataclasses import dataclass

from seed_data.making.chance import Chance

# The Federal Network Agency keeps these ranges free for films: 030 23125-000 to -999, 0171 39200-00 to -99.
SURNAMES = (
    "Musterfrau", "Mustermann", "Musterlein", "Musterkamp", "Mustering", "Mustermühle", "Musterbach", "Musterow",
    "Beispiel", "Beispielmann", "Beispielke", "Beispielberg", "Beispiellos", "Beispielhuber", "Beispielsky",
    "Probemüller", "Probenius", "Probehöfer", "Testreich", "Testerow", "Platzhalter", "Niemandsland",
    "Erfundenstein", "Erdichter", "Fantasius", "Fantasienski", "Wolkenkuckuck", "Märchenthal", "Sagenhaft",
    "Luftschloss", "Scheinbar", "Vielleicht", "Dingsbums", "Sowieso", "Irgendwer", "Namenlos",
)  # fmt: skip
OLDER = (
    "Adelheid", "Brigitte", "Christa", "Dieter", "Edeltraud", "Gerda", "Günter", "Hannelore", "Heinz", "Helga",
    "Horst", "Ingrid", "Irmgard", "Jürgen", "Karla", "Lothar", "Manfred", "Monika", "Renate", "Rosemarie",
    "Siegfried", "Ursula", "Waltraud", "Werner", "Wolfgang",
)  # fmt: skip
YOUNGER = (
    "Alexandra", "Amira", "Anton", "Bastian", "Carolin", "Daria", "Emil", "Fatima", "Felix", "Florentine", "Hanna",
    "Jakob", "Jana", "Jonas", "Katja", "Lena", "Linh", "Lukas", "Malte", "Marek", "Nadja", "Nils", "Oskar", "Paula",
    "Rico", "Samira", "Sandro", "Stefanie", "Tom", "Yvonne",
)  # fmt: skip
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", " ": "."})


@dataclass(frozen=True)
class Person:
    """An invented person."""

    name: str
    email: str
    phone: str


def person(chance: Chance, older: bool = False) -> Person:
    """Somebody with a name, an address that leads nowhere and a number nobody has."""
    name = f"{chance.choice(OLDER if older else YOUNGER)} {chance.choice(SURNAMES)}"
    landline, mobile = f"030 23125{chance.randrange(1000):03}", f"0171 39200{chance.randrange(100):02}"
    return Person(name, f"{name.lower().translate(_PLAIN)}@post.example", landline if older else mobile)
