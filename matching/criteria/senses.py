"""Seeing, hearing, orientation, safety: whatever is signalled should reach at least two senses."""

from functools import partial

from matching.criteria.adaptations import CARE_AIDS, CARE_FUND, FLAT_WORKS, HOME_ADAPTATION, PARTICIPATION, SIGNALS
from matching.criteria.wording import AFFIRMED, DENIED, PRESENT
from matching.facts import Flag, Hint
from matching.kinds import Adaptation, IsTrue

_TWO_SENSES = "DIN 18040-2: Zwei-Sinne-Prinzip."
_MARKING_FUNDS = (CARE_FUND, HOME_ADAPTATION, PARTICIPATION)

_feature = partial(Flag, theme="senses", claim_only=True)

VISUAL_DOORBELL = _feature(
    key="visual_doorbell",
    label="Lichtklingel",
    hint="Die Klingel ist auch als Lichtzeichen in den Räumen zu sehen.",
    question="Zeigt die Türklingel ein Lichtzeichen in den Räumen?",
    aliases=("lichtklingel", "lichtsignal klingel", "lichtsignalanlage"),
    hints=(
        Hint(rf"{DENIED}(?:lichtklingel|lichtsignalanlage)", False),
        Hint(rf"\b{AFFIRMED}(?:lichtklingel|lichtsignalanlage|blitzklingel)\b{PRESENT}", True),
    ),
    source="DIN 18040-2",
)
VIDEO_INTERCOM = _feature(
    key="video_intercom",
    label="Gegensprechanlage mit Bild",
    hint="Man sieht auf einem Bildschirm, wer vor der Tür steht.",
    question="Gibt es eine Gegensprechanlage mit Bildschirm?",
    aliases=(
        "videogegensprechanlage",
        "video-gegensprechanlage",
        "videosprechanlage",
        "gegensprechanlage mit video",
    ),
    hints=(
        Hint(rf"{DENIED}video-?(?:gegen)?sprechanlage", False),
        Hint(rf"\b{AFFIRMED}video-?(?:gegen|tür)?sprechanlage\b{PRESENT}", True),
        Hint(r"\b(?:gegen|tür)?sprechanlage\s+mit\s+(?:video|bild|kamera)", True),
    ),
    source="DIN 18040-2",
)
ALARM_VISUAL = _feature(
    key="alarm_visual",
    label="Rauchmelder mit Licht oder Vibration",
    hint="Der Alarm ist zu sehen oder zu spüren, nicht nur zu hören.",
    question="Warnen die Rauchmelder auch mit Licht oder Vibration?",
    aliases=("rauchmelder optisch", "rauchmelder mit blitz", "blitzrauchmelder", "rauchmelder licht"),
    hints=(
        Hint(rf"{DENIED}(?:blitz|licht)-?rauch(?:warn)?melder", False),
        Hint(rf"\b{AFFIRMED}(?:(?:optische[nr]?\s+|blitz-?|licht-?)rauch(?:warn)?melder)", True),
        Hint(r"\brauch(?:warn)?melder\s+mit\s+(?:blitz|licht|vibration)", True),
    ),
    source="DIN 18040-2",
)
CONTRAST_MARKING = _feature(
    key="contrast_marking",
    label="Kontraste an Stufen, Türen und Schaltern",
    hint="Kanten, Türen und Schalter heben sich deutlich hell gegen dunkel ab.",
    question="Sind Stufenkanten, Türen und Schalter deutlich hell-dunkel abgesetzt?",
    aliases=("kontraste", "kontrastmarkierung", "stufenmarkierung", "kontrastreiche gestaltung"),
    hints=(
        Hint(rf"{DENIED}(?:kontrast|stufen)markierung", False),
        Hint(
            rf"\b{AFFIRMED}(?:kontrastreich\w*|(?:kontrast|stufen)markierung\w*|markierte[rn]?\s+stufen)\b",
            True,
        ),
    ),
    source="DIN 18040-2",
)
TACTILE_LABELS = _feature(
    key="tactile_labels",
    label="Tastbare Beschriftung",
    hint="Klingel, Aufzug, Briefkasten oder Etage sind zu ertasten, in Braille oder erhabener Schrift.",
    question="Sind Klingel, Aufzugsknöpfe und Etagen zu ertasten?",
    aliases=("tastbare beschriftung", "taktile beschriftung", "brailleschrift", "braille"),
    hints=(
        Hint(rf"{DENIED}(?:tastbar|taktil|braille)", False),
        Hint(rf"\b{AFFIRMED}(?:tastbare|taktile)[nrs]?\s+(?:beschriftung|knöpfe|tasten|hinweis)", True),
        Hint(rf"\b{AFFIRMED}braille", True),
    ),
    source="DIN 18040-2",
)
STOVE_SHUTOFF = _feature(
    key="stove_shutoff",
    label="Herd schaltet sich selbst ab",
    hint="Eine Herdsicherung oder Zeitschaltung stellt den Herd von selbst aus.",
    question="Schaltet sich der Herd von selbst ab?",
    aliases=("herdabschaltung", "herdsicherung", "herdwächter"),
    hints=(
        Hint(rf"{DENIED}herd(?:abschalt|sicherung|wächter)", False),
        Hint(rf"\b{AFFIRMED}(?:herdabschalt|herdsicherung|herdwächter)\w*\b{PRESENT}", True),
    ),
)
EMERGENCY_CALL = _feature(
    key="emergency_call",
    label="Hausnotruf",
    hint="Ein Notruf aus der Wohnung ist eingebaut oder vorbereitet.",
    question="Gibt es in der Wohnung einen Notruf?",
    aliases=("hausnotruf", "notruf", "notrufanlage", "notrufsystem"),
    hints=(
        Hint(rf"{DENIED}(?:haus)?notruf", False),
        Hint(rf"\b{AFFIRMED}(?:hausnotruf|notrufanlage|notrufsystem)\w*\b{PRESENT}", True),
    ),
)
QUIET_LOCATION = _feature(
    key="quiet_location",
    label="Ruhige Lage",
    hint="Wenig Verkehr und wenig Lärm im Haus; ein Gespräch bei offenem Fenster ist gut möglich.",
    question="Ist es in der Wohnung ruhig, auch bei offenem Fenster?",
    aliases=("ruhige lage", "ruhig gelegen", "ruhig"),
    hints=(
        Hint(r"\bnicht\s+(?:\w+\s+)?ruhig|\bkeine\s+ruhige|\ban\s+einer\s+hauptverkehrsstraße", False),
        Hint(r"\bruhige[rn]?,?\s+(?:und\s+)?(?:\w+\s+)?(?:wohn|seiten)?(?:lage|straße|gegend|umgebung)\b", True),
        Hint(r"\bruhig\s+(?:gelegen|und\s+grün)", True),
    ),
)
SIMPLE_LAYOUT = _feature(
    key="simple_layout",
    label="Übersichtlicher Grundriss",
    hint="Die Räume gehen von einem Flur ab; der Weg zum WC ist leicht zu finden.",
    question="Ist die Wohnung übersichtlich, und findet man den Weg zum WC leicht?",
    aliases=("übersichtlicher grundriss", "einfacher grundriss"),
    hints=(
        Hint(r"\b(?:unübersichtlich|verwinkelt)e?[nrs]?\b", False),
        Hint(r"\b(?:übersichtliche[rn]?|klare[rn]?|einfache[rn]?)\s+grundriss\b", True),
    ),
)

_BELL = Adaptation("visual_doorbell", "Lichtklingel anbringen", (150, 800), funding=SIGNALS)
_INTERCOM = Adaptation("video_intercom", "Gegensprechanlage mit Bild einbauen", (300, 1500), funding=FLAT_WORKS)
_ALARM = Adaptation("alarm_visual", "Rauchmelder mit Licht oder Vibration anbringen", (100, 600), funding=SIGNALS)
_CONTRAST = Adaptation("contrast_marking", "Kanten, Türen und Schalter markieren", (50, 800), funding=_MARKING_FUNDS)
_TACTILE = Adaptation("tactile_labels", "Tastbare Beschriftung anbringen", (50, 500), funding=_MARKING_FUNDS)
_STOVE = Adaptation("stove_shutoff", "Herdabschaltung einbauen", (200, 600), funding=(CARE_FUND, HOME_ADAPTATION))
_CALL = Adaptation("emergency_call", "Hausnotruf anschließen", (0, 300), funding=(CARE_AIDS,))

FACTS = (
    VISUAL_DOORBELL,
    VIDEO_INTERCOM,
    ALARM_VISUAL,
    CONTRAST_MARKING,
    TACTILE_LABELS,
    STOVE_SHUTOFF,
    EMERGENCY_CALL,
    QUIET_LOCATION,
    SIMPLE_LAYOUT,
)
CRITERIA = (
    IsTrue(VISUAL_DOORBELL, prior=0.03, adaptations=(_BELL,), norm=_TWO_SENSES),
    IsTrue(VIDEO_INTERCOM, prior=0.1, adaptations=(_INTERCOM,), norm=_TWO_SENSES),
    IsTrue(ALARM_VISUAL, prior=0.03, adaptations=(_ALARM,), norm=_TWO_SENSES),
    IsTrue(
        CONTRAST_MARKING,
        prior=0.1,
        adaptations=(_CONTRAST,),
        norm="DIN 18040-2: Leuchtdichtekontrast mindestens 0,4.",
    ),
    IsTrue(TACTILE_LABELS, prior=0.05, adaptations=(_TACTILE,), norm=_TWO_SENSES),
    IsTrue(STOVE_SHUTOFF, prior=0.05, adaptations=(_STOVE,)),
    IsTrue(EMERGENCY_CALL, prior=0.1, adaptations=(_CALL,)),
    IsTrue(QUIET_LOCATION, prior=0.5),
    IsTrue(SIMPLE_LAYOUT, prior=0.5),
)
