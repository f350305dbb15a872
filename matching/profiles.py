"""Needs profiles: presets a person chooses instead of naming twenty measures, and then changes.

Each is data: which criterion, which value, how important. The values follow DIN 18040-2 as read in public sources,
level R (unrestricted with a wheelchair) for wheelchairs, level B (accessible) otherwise.

What a person physically cannot do without is a must: to get in, through every door and into the lift, to turn, to reach
the WC, and whoever lifts or washes them beside the bed. A must that the norm sets more generously than a body or a
wheelchair (70 cm wide, 120 cm long) needs has a `tolerance` down to that. A must of a lift asks nothing where there is
none to take. What an aid brings into any home (a flashing bell, a stove guard, a bath stool), what only makes it
easier, and what the neighbourhood has are wishes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from matching.catalogue import HOMES, CatalogueError, Market
from matching.criteria import access, bathroom, location, money, rooms, senses, size
from matching.facts import Fact, FactError
from matching.requests import Importance


@dataclass(frozen=True)
class Preset:
    """One requirement a profile fills in; `explanation` says in plain German what it is good for, `tolerance` how much
    less will still do, in the unit of the fact."""

    fact: Fact
    wanted: Any
    importance: Importance
    weight: int = 1
    explanation: str = ""
    tolerance: float = 0.0

    @property
    def key(self) -> str:
        """The key of the criterion that judges the fact."""
        return self.fact.key


@dataclass(frozen=True)
class NeedsProfile:
    """A named set of presets."""

    key: str
    label: str
    explanation: str
    requirements: tuple[Preset, ...]


def _must(fact: Fact, wanted: Any, explanation: str, tolerance: float = 0.0) -> Preset:
    return Preset(fact, wanted, "must", explanation=explanation, tolerance=tolerance)


def _wish(weight: int) -> Callable[[Fact, Any, str], Preset]:
    return lambda fact, wanted, explanation: Preset(fact, wanted, "wish", weight, explanation)


_useful, _important, _essential = _wish(1), _wish(2), _wish(3)

_WHEELCHAIR_MUSTS = (
    _must(access.STEP_FREE, True, "Damit der Weg in die Wohnung ohne Stufen ist."),
    _must(access.ENTRANCE_DOOR_CLEAR_WIDTH, 90, "Damit der Rollstuhl durch Haus- und Wohnungstür passt."),
    _must(rooms.INNER_DOOR_CLEAR_WIDTH, 90, "Damit der Rollstuhl durch jede Tür passt."),
    _must(rooms.BATHROOM_DOOR_CLEAR_WIDTH, 90, "Damit der Rollstuhl ins Bad passt."),
    _must(rooms.THRESHOLD_HEIGHT, 2, "Damit keine Schwelle im Weg ist."),
    _must(bathroom.SHOWER_LEVEL, True, "Damit der Weg unter die Dusche ohne Absatz ist."),
    _must(rooms.TURNING_SPACE, 150, "Damit der Rollstuhl in jedem Raum wenden kann.", 30),
    _must(bathroom.BATHROOM_TURNING_SPACE, 150, "Damit der Rollstuhl im Bad wenden kann.", 30),
    _must(bathroom.WC_SIDE_SPACE, 90, "Damit der Rollstuhl neben das WC passt.", 20),
    _must(rooms.CORRIDOR_WIDTH, 120, "Damit der Rollstuhl im Flur gut vorankommt.", 30),
    _must(access.LIFT_CABIN_DEPTH, 140, "Damit der Rollstuhl in den Aufzug passt.", 20),
    _must(access.LIFT_CABIN_WIDTH, 110, "Damit der Rollstuhl in den Aufzug passt.", 20),
    _must(access.LIFT_DOOR_CLEAR_WIDTH, 90, "Damit die Aufzugstür breit genug ist.", 10),
)
_WHEELCHAIR_WISHES = (
    _important(rooms.BED_SIDE_SPACE, 150, "Damit der Rollstuhl neben dem Bett wenden kann."),
    _important(bathroom.BASIN_UNDERRIDEABLE, True, "Damit das Waschbecken im Sitzen gut zu erreichen ist."),
    _important(access.RAMP_SLOPE, 6, "Damit eine Rampe aus eigener Kraft zu schaffen ist."),
    _useful(bathroom.WC_SEAT_HEIGHT, [46, 48], "Damit Sitz und Rollstuhl gleich hoch sind."),
    _useful(rooms.CONTROLS_REACHABLE, True, "Damit Schalter und Griffe im Sitzen zu erreichen sind."),
    _useful(rooms.WINDOW_HANDLES_REACHABLE, True, "Damit die Fenster im Sitzen zu öffnen sind."),
    _useful(rooms.KITCHEN_UNDERRIDEABLE, True, "Damit das Kochen im Sitzen geht."),
    _useful(size.BALCONY_LEVEL, True, "Damit der Weg auf den Balkon ohne Hilfe zu schaffen ist."),
    _useful(access.PARKING_ACCESSIBLE, True, "Damit am Auto genug Platz zum Ein- und Aussteigen ist."),
)

PROFILES = (
    NeedsProfile(
        "wheelchair",
        "Ich nutze einen Rollstuhl",
        "Für Menschen, die in der Wohnung und draußen mit dem Rollstuhl unterwegs sind.",
        (*_WHEELCHAIR_MUSTS, *_WHEELCHAIR_WISHES),
    ),
    NeedsProfile(
        "power_wheelchair",
        "Ich nutze einen Elektrorollstuhl",
        "Wie beim Rollstuhl; dazu ein Platz zum Laden und Türen, die sich leicht öffnen.",
        (
            *_WHEELCHAIR_MUSTS,
            _essential(access.SCOOTER_SPACE, True, "Damit der Rollstuhl trocken steht und laden kann."),
            _important(access.ENTRANCE_DOOR_POWERED, True, "Damit die Haustür ohne Hilfe aufgeht."),
            *_WHEELCHAIR_WISHES,
        ),
    ),
    NeedsProfile(
        "walker",
        "Ich gehe mit dem Rollator",
        "Für Menschen, die mit einem Rollator oder einer anderen Gehhilfe auf Rädern gehen.",
        (
            _must(access.STEP_FREE, True, "Damit niemand den Rollator tragen muss."),
            _must(rooms.INNER_DOOR_CLEAR_WIDTH, 80, "Damit der Rollator durch jede Tür passt."),
            _must(rooms.THRESHOLD_HEIGHT, 2, "Damit der Rollator nirgends hängen bleibt."),
            _essential(bathroom.SHOWER_LEVEL, True, "Damit das Duschen sicher ist."),
            _must(rooms.BATHROOM_DOOR_CLEAR_WIDTH, 80, "Damit der Rollator ins Bad passt.", 10),
            _must(access.ENTRANCE_DOOR_CLEAR_WIDTH, 90, "Damit der Rollator gut durch die Haustür passt.", 20),
            _must(access.LIFT_DOOR_CLEAR_WIDTH, 90, "Damit die Aufzugstür breit genug ist.", 20),
            _important(rooms.CORRIDOR_WIDTH, 120, "Damit im Flur Platz zum Umdrehen ist."),
            _important(bathroom.BATHROOM_TURNING_SPACE, 120, "Damit der Rollator mit ins Bad passt."),
            _important(access.SCOOTER_SPACE, True, "Damit der Rollator im Haus einen Platz hat."),
            _important(bathroom.GRAB_BARS, True, "Damit im Bad etwas zum Festhalten da ist."),
            _important(location.STOP_DISTANCE, 300, "Damit der Weg zur Haltestelle kurz ist."),
            _useful(rooms.TURNING_SPACE, 120, "Damit in den Räumen Platz zum Umdrehen ist."),
            _useful(access.RAMP_SLOPE, 6, "Damit eine Rampe nicht zu steil ist."),
            _useful(location.SHOP_DISTANCE, 500, "Damit das Einkaufen ohne Hilfe geht."),
        ),
    ),
    NeedsProfile(
        "walking_limited",
        "Treppen und lange Wege fallen mir schwer",
        "Für Menschen, die einzelne Stufen schaffen, aber keine Treppe.",
        (
            _must(access.STEPS_TO_FLAT, 3, "Damit keine Treppe im Weg ist."),
            _essential(access.HAS_LIFT, True, "Damit auch der Weg mit Einkäufen nach oben leicht ist."),
            _essential(access.HANDRAILS_BOTH_SIDES, True, "Damit auf jeder Seite etwas zum Festhalten ist."),
            _important(bathroom.SHOWER_LEVEL, True, "Damit das Duschen ohne hohen Schritt geht."),
            _important(bathroom.GRAB_BARS, True, "Damit im Bad etwas zum Festhalten da ist."),
            _important(rooms.THRESHOLD_HEIGHT, 2, "Damit niemand stolpert."),
            _important(location.STOP_DISTANCE, 300, "Damit der Weg zur Haltestelle kurz ist."),
            _important(location.SHOP_DISTANCE, 500, "Damit der Weg zum Einkaufen kurz ist."),
            _useful(bathroom.WC_SEAT_HEIGHT, [46, 50], "Damit das Aufstehen leichter ist."),
            _useful(location.DOCTOR_DISTANCE, 1000, "Damit der Weg zur Praxis kurz ist."),
            _useful(senses.EMERGENCY_CALL, True, "Damit jederzeit Hilfe gerufen werden kann."),
        ),
    ),
    NeedsProfile(
        "low_vision_blind",
        "Ich sehe wenig oder nichts",
        "Für blinde Menschen und Menschen mit wenig Sehvermögen.",
        (
            _essential(senses.CONTRAST_MARKING, True, "Damit Stufen, Türen und Schalter gut zu erkennen sind."),
            _essential(senses.TACTILE_LABELS, True, "Damit Klingel, Aufzug und Etage zu ertasten sind."),
            _essential(location.STOP_DISTANCE, 300, "Damit Bus und Bahn ohne Hilfe zu erreichen sind."),
            _important(access.HANDRAILS_BOTH_SIDES, True, "Damit der Handlauf durch das Haus führt."),
            _important(senses.SIMPLE_LAYOUT, True, "Damit das Zurechtfinden leicht ist."),
            _important(rooms.THRESHOLD_HEIGHT, 2, "Damit keine Kante überrascht."),
            _important(location.SHOP_DISTANCE, 500, "Damit das Einkaufen ohne Hilfe geht."),
            _useful(senses.STOVE_SHUTOFF, True, "Damit der Herd sicher aus ist."),
            _useful(senses.QUIET_LOCATION, True, "Damit der Weg nach dem Gehör zu finden ist."),
        ),
    ),
    NeedsProfile(
        "hard_of_hearing_deaf",
        "Ich höre wenig oder nichts",
        "Für gehörlose Menschen und Menschen mit wenig Hörvermögen.",
        (
            _essential(senses.VISUAL_DOORBELL, True, "Damit zu sehen ist, wenn es klingelt."),
            _essential(senses.ALARM_VISUAL, True, "Damit ein Alarm zu sehen oder zu spüren ist."),
            _essential(senses.VIDEO_INTERCOM, True, "Damit zu sehen ist, wer vor der Tür steht."),
            _important(senses.QUIET_LOCATION, True, "Damit Gespräche besser zu verstehen sind."),
            _useful(senses.SIMPLE_LAYOUT, True, "Damit Türen und Räume gut zu sehen sind."),
        ),
    ),
    NeedsProfile(
        "dementia",
        "Leben mit Demenz",
        "Für Menschen mit Demenz und alle, die mit ihnen leben.",
        (
            _essential(senses.SIMPLE_LAYOUT, True, "Damit der Weg zum WC leicht zu finden ist."),
            _essential(senses.STOVE_SHUTOFF, True, "Damit der Herd von selbst ausgeht."),
            _important(senses.QUIET_LOCATION, True, "Damit die Umgebung ruhig und vertraut ist."),
            _important(senses.CONTRAST_MARKING, True, "Damit Türen und Schalter gut zu erkennen sind."),
            _important(rooms.THRESHOLD_HEIGHT, 2, "Damit niemand stolpert."),
            _important(bathroom.SHOWER_LEVEL, True, "Damit Hilfe beim Duschen leicht möglich ist."),
            _important(rooms.BATHROOM_DOOR_OPENS_OUTWARD, True, "Damit Hilfe immer ins Bad kommt."),
            _useful(senses.EMERGENCY_CALL, True, "Damit schnell Hilfe gerufen werden kann."),
            _useful(money.NIGHT_ASSISTANCE, True, "Damit auch in der Nacht jemand da ist."),
            _useful(money.COMMUNITY_ROOM, True, "Damit Begegnung im Haus möglich ist."),
        ),
    ),
    NeedsProfile(
        "small_child_disability",
        "Unser Kind hat eine Behinderung",
        "Für Familien mit einem Kind, das einen Reha-Buggy, einen Rollstuhl oder viel Hilfe braucht.",
        (
            _must(access.STEP_FREE, True, "Damit niemand Kind und Buggy tragen muss."),
            _must(rooms.INNER_DOOR_CLEAR_WIDTH, 80, "Damit Buggy und Hilfsmittel durch jede Tür passen.", 10),
            _must(access.LIFT_DOOR_CLEAR_WIDTH, 90, "Damit die Aufzugstür breit genug ist.", 20),
            _essential(access.SCOOTER_SPACE, True, "Damit Buggy oder Rollstuhl im Haus einen Platz haben."),
            _must(rooms.BATHROOM_DOOR_CLEAR_WIDTH, 80, "Damit Hilfsmittel ins Bad passen.", 10),
            _important(bathroom.BATHROOM_TURNING_SPACE, 120, "Damit im Bad Platz zum Helfen ist."),
            _important(bathroom.SHOWER_LEVEL, True, "Damit das Duschen auch später leicht geht."),
            _important(rooms.TURNING_SPACE, 120, "Damit Hilfsmittel im Kinderzimmer Platz haben."),
            _useful(bathroom.HAS_BATHTUB, True, "Damit das Kind baden kann."),
            _useful(size.GARDEN, True, "Damit das Kind am Haus spielen kann."),
            _useful(location.DOCTOR_DISTANCE, 1000, "Damit der Weg zur Praxis kurz ist."),
        ),
    ),
    NeedsProfile(
        "short_stature",
        "Ich bin kleinwüchsig",
        "Für Menschen, die alles etwas tiefer brauchen.",
        (
            _must(rooms.CONTROLS_REACHABLE, True, "Damit Schalter und Griffe zu erreichen sind."),
            _essential(rooms.WINDOW_HANDLES_REACHABLE, True, "Damit die Fenster ohne Hilfe zu öffnen sind."),
            _important(access.HAS_LIFT, True, "Damit nicht viele hohe Stufen zu steigen sind."),
            _important(bathroom.WC_SEAT_HEIGHT, [30, 42], "Damit die Füße auf dem Boden stehen."),
            _important(bathroom.BASIN_UNDERRIDEABLE, True, "Damit das Waschbecken tief genug hängt."),
            _important(rooms.KITCHEN_UNDERRIDEABLE, True, "Damit die Küche auch im Sitzen zu nutzen ist."),
            _useful(access.ENTRANCE_DOOR_POWERED, True, "Damit die Haustür leicht aufgeht."),
            _useful(access.HANDRAILS_BOTH_SIDES, True, "Damit auf der Treppe etwas zum Festhalten ist."),
        ),
    ),
    NeedsProfile(
        "care_at_home",
        "Pflege zu Hause",
        "Für Menschen, die zu Hause gepflegt werden, und alle, die sie pflegen.",
        (
            _must(access.STEP_FREE, True, "Damit Wege nach draußen ohne Tragen möglich sind."),
            _must(rooms.BED_SIDE_SPACE, 120, "Damit am Bett Platz zum Helfen ist.", 30),
            _essential(bathroom.SHOWER_LEVEL, True, "Damit Hilfe beim Duschen leicht möglich ist."),
            _important(bathroom.BATHROOM_TURNING_SPACE, 120, "Damit zwei Personen im Bad Platz haben."),
            _important(rooms.BATHROOM_DOOR_OPENS_OUTWARD, True, "Damit Hilfe immer ins Bad kommt."),
            _must(rooms.INNER_DOOR_CLEAR_WIDTH, 80, "Damit Pflegebett und Duschstuhl durch die Türen passen.", 10),
            _important(rooms.THRESHOLD_HEIGHT, 2, "Damit Pflegebett und Duschstuhl rollen können."),
            _important(senses.EMERGENCY_CALL, True, "Damit schnell Hilfe gerufen werden kann."),
            _useful(bathroom.GRAB_BARS, True, "Damit im Bad etwas zum Festhalten da ist."),
            _useful(money.CARE_ON_SITE, True, "Damit Pflege im Haus erreichbar ist."),
            _useful(money.NIGHT_ASSISTANCE, True, "Damit auch in der Nacht jemand da ist."),
        ),
    ),
)


def profiles_of(market: Market) -> tuple[NeedsProfile, ...]:
    """The profiles that requests of a market may begin with: people's needs of a home, none for sites."""
    return PROFILES if market is HOMES else ()


def _refuse_unreadable(profile: NeedsProfile) -> None:
    for preset in profile.requirements:
        try:
            HOMES.criterion(preset.key).read_wanted(preset.wanted)
        except (KeyError, FactError) as fault:
            raise CatalogueError(f"profile {profile.key}: {preset.key} cannot want {preset.wanted!r}") from fault


for _profile in PROFILES:
    _refuse_unreadable(_profile)
