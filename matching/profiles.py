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
    _must(access.STEP_FREE, True, "Damit Sie ohne Stufen in die Wohnung kommen."),
    _must(access.ENTRANCE_DOOR_CLEAR_WIDTH, 90, "Damit Sie durch Haus- und Wohnungstür kommen."),
    _must(rooms.INNER_DOOR_CLEAR_WIDTH, 90, "Damit Sie mit dem Rollstuhl durch jede Tür kommen."),
    _must(rooms.BATHROOM_DOOR_CLEAR_WIDTH, 90, "Damit Sie ins Bad kommen."),
    _must(rooms.THRESHOLD_HEIGHT, 2, "Damit keine Schwelle im Weg ist."),
    _must(bathroom.SHOWER_LEVEL, True, "Damit Sie unter die Dusche rollen können."),
    _must(rooms.TURNING_SPACE, 150, "Damit Sie sich in jedem Raum drehen können.", 30),
    _must(bathroom.BATHROOM_TURNING_SPACE, 150, "Damit Sie sich im Bad drehen können.", 30),
    _must(bathroom.WC_SIDE_SPACE, 90, "Damit Sie vom Rollstuhl auf das WC wechseln können.", 20),
    _must(rooms.CORRIDOR_WIDTH, 120, "Damit Sie im Flur gut vorankommen.", 30),
    _must(access.LIFT_CABIN_DEPTH, 140, "Damit der Rollstuhl in den Aufzug passt.", 20),
    _must(access.LIFT_CABIN_WIDTH, 110, "Damit der Rollstuhl in den Aufzug passt.", 20),
    _must(access.LIFT_DOOR_CLEAR_WIDTH, 90, "Damit Sie durch die Aufzugstür kommen.", 10),
)
_WHEELCHAIR_WISHES = (
    _important(rooms.BED_SIDE_SPACE, 150, "Damit Sie neben dem Bett wenden können."),
    _important(bathroom.BASIN_UNDERRIDEABLE, True, "Damit Sie im Sitzen an das Waschbecken kommen."),
    _important(access.RAMP_SLOPE, 6, "Damit Sie eine Rampe aus eigener Kraft schaffen."),
    _useful(bathroom.WC_SEAT_HEIGHT, [46, 48], "Damit Sitz und Rollstuhl gleich hoch sind."),
    _useful(rooms.CONTROLS_REACHABLE, True, "Damit Sie Schalter und Griffe im Sitzen erreichen."),
    _useful(rooms.WINDOW_HANDLES_REACHABLE, True, "Damit Sie im Sitzen lüften können."),
    _useful(rooms.KITCHEN_UNDERRIDEABLE, True, "Damit Sie im Sitzen kochen können."),
    _useful(size.BALCONY_LEVEL, True, "Damit Sie ohne Hilfe auf den Balkon kommen."),
    _useful(access.PARKING_ACCESSIBLE, True, "Damit Sie am Auto genug Platz zum Ein- und Aussteigen haben."),
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
            _important(access.ENTRANCE_DOOR_POWERED, True, "Damit Sie die Haustür allein öffnen können."),
            *_WHEELCHAIR_WISHES,
        ),
    ),
    NeedsProfile(
        "walker",
        "Ich gehe mit dem Rollator",
        "Für Menschen, die mit einem Rollator oder einer anderen Gehhilfe auf Rädern gehen.",
        (
            _must(access.STEP_FREE, True, "Damit Sie den Rollator nicht tragen müssen."),
            _must(rooms.INNER_DOOR_CLEAR_WIDTH, 80, "Damit der Rollator durch jede Tür passt."),
            _must(rooms.THRESHOLD_HEIGHT, 2, "Damit der Rollator nirgends hängen bleibt."),
            _essential(bathroom.SHOWER_LEVEL, True, "Damit Sie sicher duschen können."),
            _must(rooms.BATHROOM_DOOR_CLEAR_WIDTH, 80, "Damit der Rollator ins Bad passt.", 10),
            _must(access.ENTRANCE_DOOR_CLEAR_WIDTH, 90, "Damit Sie gut durch die Haustür kommen.", 20),
            _must(access.LIFT_DOOR_CLEAR_WIDTH, 90, "Damit Sie durch die Aufzugstür kommen.", 20),
            _important(rooms.CORRIDOR_WIDTH, 120, "Damit Sie im Flur umdrehen können."),
            _important(bathroom.BATHROOM_TURNING_SPACE, 120, "Damit der Rollator im Bad neben Ihnen steht."),
            _important(access.SCOOTER_SPACE, True, "Damit der Rollator im Haus einen Platz hat."),
            _important(bathroom.GRAB_BARS, True, "Damit Sie sich im Bad festhalten können."),
            _important(location.STOP_DISTANCE, 300, "Damit der Weg zur Haltestelle kurz ist."),
            _useful(rooms.TURNING_SPACE, 120, "Damit Sie sich in den Räumen drehen können."),
            _useful(access.RAMP_SLOPE, 6, "Damit eine Rampe nicht zu steil ist."),
            _useful(location.SHOP_DISTANCE, 500, "Damit Sie selbst einkaufen können."),
        ),
    ),
    NeedsProfile(
        "walking_limited",
        "Treppen und lange Wege fallen mir schwer",
        "Für Menschen, die einzelne Stufen schaffen, aber keine Treppe.",
        (
            _must(access.STEPS_TO_FLAT, 3, "Damit Sie keine Treppe steigen müssen."),
            _essential(access.HAS_LIFT, True, "Damit Sie auch mit Einkäufen gut nach oben kommen."),
            _essential(access.HANDRAILS_BOTH_SIDES, True, "Damit Sie sich auf jeder Seite festhalten können."),
            _important(bathroom.SHOWER_LEVEL, True, "Damit Sie ohne hohen Schritt duschen können."),
            _important(bathroom.GRAB_BARS, True, "Damit Sie sich im Bad festhalten können."),
            _important(rooms.THRESHOLD_HEIGHT, 2, "Damit Sie nicht stolpern."),
            _important(location.STOP_DISTANCE, 300, "Damit der Weg zur Haltestelle kurz ist."),
            _important(location.SHOP_DISTANCE, 500, "Damit der Weg zum Einkaufen kurz ist."),
            _useful(bathroom.WC_SEAT_HEIGHT, [46, 50], "Damit Sie leichter aufstehen können."),
            _useful(location.DOCTOR_DISTANCE, 1000, "Damit der Weg zur Praxis kurz ist."),
            _useful(senses.EMERGENCY_CALL, True, "Damit Sie jederzeit Hilfe rufen können."),
        ),
    ),
    NeedsProfile(
        "low_vision_blind",
        "Ich sehe wenig oder nichts",
        "Für blinde Menschen und Menschen mit wenig Sehvermögen.",
        (
            _essential(senses.CONTRAST_MARKING, True, "Damit Sie Stufen, Türen und Schalter erkennen."),
            _essential(senses.TACTILE_LABELS, True, "Damit Sie Klingel, Aufzug und Etage ertasten können."),
            _essential(location.STOP_DISTANCE, 300, "Damit Sie mit Bus und Bahn selbstständig unterwegs sind."),
            _important(access.HANDRAILS_BOTH_SIDES, True, "Damit der Handlauf Sie durch das Haus führt."),
            _important(senses.SIMPLE_LAYOUT, True, "Damit Sie sich schnell zurechtfinden."),
            _important(rooms.THRESHOLD_HEIGHT, 2, "Damit keine Kante überrascht."),
            _important(location.SHOP_DISTANCE, 500, "Damit Sie selbst einkaufen können."),
            _useful(senses.STOVE_SHUTOFF, True, "Damit der Herd sicher aus ist."),
            _useful(senses.QUIET_LOCATION, True, "Damit Sie sich nach dem Gehör orientieren können."),
        ),
    ),
    NeedsProfile(
        "hard_of_hearing_deaf",
        "Ich höre wenig oder nichts",
        "Für gehörlose Menschen und Menschen mit wenig Hörvermögen.",
        (
            _essential(senses.VISUAL_DOORBELL, True, "Damit Sie sehen, wenn es klingelt."),
            _essential(senses.ALARM_VISUAL, True, "Damit Sie einen Alarm sehen oder spüren."),
            _essential(senses.VIDEO_INTERCOM, True, "Damit Sie sehen, wer vor der Tür steht."),
            _important(senses.QUIET_LOCATION, True, "Damit Sie Gespräche besser verstehen."),
            _useful(senses.SIMPLE_LAYOUT, True, "Damit Sie Türen und Räume im Blick haben."),
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
            _must(access.STEP_FREE, True, "Damit Sie Kind und Buggy nicht tragen müssen."),
            _must(rooms.INNER_DOOR_CLEAR_WIDTH, 80, "Damit Buggy und Hilfsmittel durch jede Tür passen.", 10),
            _must(access.LIFT_DOOR_CLEAR_WIDTH, 90, "Damit Sie durch die Aufzugstür kommen.", 20),
            _essential(access.SCOOTER_SPACE, True, "Damit Buggy oder Rollstuhl im Haus einen Platz haben."),
            _must(rooms.BATHROOM_DOOR_CLEAR_WIDTH, 80, "Damit Sie mit Hilfsmitteln ins Bad kommen.", 10),
            _important(bathroom.BATHROOM_TURNING_SPACE, 120, "Damit im Bad Platz zum Helfen ist."),
            _important(bathroom.SHOWER_LEVEL, True, "Damit das Duschen auch später leicht geht."),
            _important(rooms.TURNING_SPACE, 120, "Damit Hilfsmittel im Kinderzimmer Platz haben."),
            _useful(bathroom.HAS_BATHTUB, True, "Damit Ihr Kind baden kann."),
            _useful(size.GARDEN, True, "Damit Ihr Kind am Haus spielen kann."),
            _useful(location.DOCTOR_DISTANCE, 1000, "Damit der Weg zur Praxis kurz ist."),
        ),
    ),
    NeedsProfile(
        "short_stature",
        "Ich bin kleinwüchsig",
        "Für Menschen, die alles etwas tiefer brauchen.",
        (
            _must(rooms.CONTROLS_REACHABLE, True, "Damit Sie Schalter und Griffe erreichen."),
            _essential(rooms.WINDOW_HANDLES_REACHABLE, True, "Damit Sie die Fenster selbst öffnen können."),
            _important(access.HAS_LIFT, True, "Damit Sie nicht viele hohe Stufen steigen müssen."),
            _important(bathroom.WC_SEAT_HEIGHT, [30, 42], "Damit Ihre Füße auf dem Boden stehen."),
            _important(bathroom.BASIN_UNDERRIDEABLE, True, "Damit das Waschbecken tief genug hängt."),
            _important(rooms.KITCHEN_UNDERRIDEABLE, True, "Damit Sie die Küche auch im Sitzen nutzen können."),
            _useful(access.ENTRANCE_DOOR_POWERED, True, "Damit Sie die Haustür leicht öffnen können."),
            _useful(access.HANDRAILS_BOTH_SIDES, True, "Damit Sie auf der Treppe Halt finden."),
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
            _useful(bathroom.GRAB_BARS, True, "Damit Sie sich im Bad festhalten können."),
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
