"""One line says when and what: German days as people type them on the telephone."""

from datetime import date, time

import pytest

from wohnberatung.cases.spoken_dates import NotUnderstood, read_follow_up

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("line", "day", "text"),
    [
        ("in 3 Wochen anrufen wegen Bad", date(2026, 12, 13), "anrufen wegen Bad"),
        ("Anrufen in drei Wochen wegen Bad", date(2026, 12, 13), "Anrufen wegen Bad"),
        ("in einer Woche", date(2026, 11, 29), ""),
        ("in 14 Tagen nachfragen", date(2026, 12, 6), "nachfragen"),
        ("in einem Monat Pflegegrad erfragen", date(2026, 12, 22), "Pflegegrad erfragen"),
        ("in einem halben Jahr fragen, ob es gut ist", date(2027, 5, 22), "fragen, ob es gut ist"),
        ("in 1 Jahr", date(2027, 11, 22), ""),
        ("am 5.1. Tochter anrufen", date(2027, 1, 5), "Tochter anrufen"),
        ("24.12. absagen", date(2026, 12, 24), "absagen"),
        ("05.01.27 Vermieter", date(2027, 1, 5), "Vermieter"),
        ("bis zum 5.1.2028 Gutachten", date(2028, 1, 5), "Gutachten"),
        ("am 5. Januar anrufen", date(2027, 1, 5), "anrufen"),
        ("3. März 2027: Bescheid?", date(2027, 3, 3), "Bescheid?"),
        ("Bescheid prüfen Mitte Januar", date(2027, 1, 15), "Bescheid prüfen"),
        ("Ende Februar nachhaken", date(2027, 2, 28), "nachhaken"),
        ("Ende der Woche Rückruf", date(2026, 11, 27), "Rückruf"),
        ("heute noch Brief", SUNDAY, "noch Brief"),
        ("morgen Frau Rat anrufen", date(2026, 11, 23), "Frau Rat anrufen"),
        ("übermorgen", date(2026, 11, 24), ""),
        ("nächsten Montag anrufen", date(2026, 11, 23), "anrufen"),
        ("am Sonntag", date(2026, 11, 29), ""),
        ("Do Fotos ansehen", date(2026, 11, 26), "Fotos ansehen"),
        ("Montag in einer Woche", date(2026, 11, 30), ""),
        ("nächste Woche melden", date(2026, 11, 23), "melden"),
        ("nächsten Monat", date(2026, 12, 1), ""),
        ("29.2. Schaltjahr", date(2028, 2, 29), "Schaltjahr"),
    ],
)
def test_the_day_is_taken_out_and_the_rest_is_what_to_do(line: str, day: date, text: str) -> None:
    said = read_follow_up(line, SUNDAY)
    assert (said.day, said.text, said.at) == (day, text, None)


@pytest.mark.parametrize(
    ("line", "at", "text"),
    [
        ("am 5.1. um 14 Uhr Hausbesuch", time(14), "Hausbesuch"),
        ("Hausbesuch Dienstag 9:30", time(9, 30), "Hausbesuch"),
        ("morgen 14.30 Uhr Büro", time(14, 30), "Büro"),
        ("morgen 10 Uhr", time(10), ""),
    ],
)
def test_a_time_makes_it_an_appointment(line: str, at: time, text: str) -> None:
    said = read_follow_up(line, SUNDAY)
    assert (said.at, said.text) == (at, text)


def test_months_end_where_the_calendar_ends_them() -> None:
    assert read_follow_up("in 1 Monat", date(2027, 1, 31)).day == date(2027, 2, 28)
    assert read_follow_up("in einem Monat", date(2026, 12, 31)).day == date(2027, 1, 31)


@pytest.mark.parametrize(
    "line",
    ["", "anrufen wegen Bad", "irgendwann", "am 31.2.", "am 5.13.", "am 1.1.2020", "morgen 25 Uhr", "Moritz anrufen"],
)
def test_what_names_no_day_to_come_is_not_understood(line: str) -> None:
    with pytest.raises(NotUnderstood):
        read_follow_up(line, SUNDAY)
