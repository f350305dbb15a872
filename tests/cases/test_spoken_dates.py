"""One line says when and what: German days as people type them on the telephone, each with the day that is right."""

from datetime import date, time

import pytest

from wohnberatung.cases.repeats import Every
from wohnberatung.cases.spoken_dates import NotUnderstood, read_line

EARLY_SUNDAY = date(2026, 11, 22)
SUNDAY = date(2026, 11, 29)
MONDAY = date(2026, 11, 30)
WEDNESDAY = date(2026, 12, 2)


def _day(text: str, year: int = 2026) -> date:
    day, month = text.rstrip(".").split(".")
    return date(year, int(month), int(day))


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
        ("heute noch Brief", EARLY_SUNDAY, "noch Brief"),
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
    (said,) = read_line(line, EARLY_SUNDAY)
    assert (said.day, said.text, said.at, said.sure) == (day, text, None, True)


# What advisors typed; each wrote a wrong day, time or text down once.
@pytest.mark.parametrize(
    ("today", "line", "day", "at", "text"),
    [
        (SUNDAY, "Schreiben vom 12.11. beantworten bis Dienstag", "1.12.", None, "Schreiben vom 12.11. beantworten"),
        (SUNDAY, "wie am 24.11. besprochen am 8.12. anrufen", "8.12.", None, "wie am 24.11. besprochen anrufen"),
        (SUNDAY, "Fr. Traumann Dienstag zurückrufen wegen Bad", "1.12.", None, "Fr. Traumann zurückrufen wegen Bad"),
        (SUNDAY, "so früh wie möglich am Mittwoch anrufen", "2.12.", None, "so früh wie möglich anrufen"),
        (SUNDAY, "Frau Do Dienstag anrufen", "1.12.", None, "Frau Do anrufen"),
        (SUNDAY, "Hr. So am Mittwoch anrufen", "2.12.", None, "Hr. So anrufen"),
        (SUNDAY, "übernächste Woche Dienstag anrufen", "8.12.", None, "anrufen"),
        (SUNDAY, "Donnerstag in 14 Tagen anrufen", "17.12.", None, "anrufen"),
        (SUNDAY, "Mittwoch in zwei Wochen Hausbesuch", "16.12.", None, "Hausbesuch"),
        (SUNDAY, "morgen in einer Woche anrufen", "7.12.", None, "anrufen"),
        (SUNDAY, "Ende nächster Woche anrufen", "4.12.", None, "anrufen"),
        (SUNDAY, "Dienstag zwischen 9 und 10 Uhr", "1.12.", time(9), "zwischen 9 und 10 Uhr"),
        (SUNDAY, "am 3.12. um 9 Uhr 30 anrufen", "3.12.", time(9, 30), "anrufen"),
        (SUNDAY, "Dienstag nach 16 Uhr", "1.12.", time(16), "nach 16 Uhr"),
        (SUNDAY, "Dienstag dreiviertel drei Hausbesuch", "1.12.", time(14, 45), "Hausbesuch"),
        (SUNDAY, "Pflegegrad 3.1. anrufen Dienstag", "1.12.", None, "Pflegegrad 3.1. anrufen"),
        (MONDAY, "nächste Woche Donnerstag anrufen", "10.12.", None, "anrufen"),
        (MONDAY, "Donnerstag nächster Woche anrufen", "10.12.", None, "anrufen"),
        (MONDAY, "Antrag vom 3.11., nachfragen am 8.12.", "8.12.", None, "Antrag vom 3.11., nachfragen"),
        # counted from a day that is named
        (SUNDAY, "3 Tage vor dem 15.12. anrufen", "12.12.", None, "anrufen"),
        (SUNDAY, "eine Woche nach dem 1.12. nachfragen", "8.12.", None, "nachfragen"),
        (SUNDAY, "Antrag zwei Wochen vor 31.12. stellen", "17.12.", None, "Antrag stellen"),
        # their siblings: names that look like days
        (SUNDAY, "Frau Montag am Dienstag anrufen", "1.12.", None, "Frau Montag anrufen"),
        (SUNDAY, "Herrn Freitag Do zurückrufen", "3.12.", None, "Herrn Freitag zurückrufen"),
        (SUNDAY, "Frau Dr. Mai am 9.12. anrufen", "9.12.", None, "Frau Dr. Mai anrufen"),
        (SUNDAY, "Fam. Sonntag: Bescheid bis Fr.", "4.12.", None, "Fam. Sonntag: Bescheid"),
        (SUNDAY, "So bald wie möglich, Mi anrufen", "2.12.", None, "So bald wie möglich, anrufen"),
        (SUNDAY, "Frau Morgen übermorgen anrufen", "1.12.", None, "Frau Morgen anrufen"),
        (SUNDAY, "Fr 9 Uhr Rückruf", "4.12.", time(9), "Rückruf"),
        # days with their date, short and written otherwise
        (SUNDAY, "Dienstag, 8.12. Bescheid", "8.12.", None, "Bescheid"),
        (SUNDAY, "am Dienstag, dem 8.12., anrufen", "8.12.", None, "anrufen"),
        (SUNDAY, "8.12. (Dienstag) anrufen", "8.12.", None, "anrufen"),
        (SUNDAY, "am 8.12 anrufen", "8.12.", None, "anrufen"),
        (SUNDAY, "2026-12-08 anrufen", "8.12.", None, "anrufen"),
        (SUNDAY, "8. Dez. anrufen", "8.12.", None, "anrufen"),
        (SUNDAY, "bis zum 15. nachreichen", "15.12.", None, "nachreichen"),
        (SUNDAY, "spätestens am 10.12. Frist", "10.12.", None, "Frist"),
        # weeks and parts of them
        (SUNDAY, "Anfang nächster Woche melden", "30.11.", None, "melden"),
        (MONDAY, "Mitte nächster Woche melden", "9.12.", None, "melden"),
        (MONDAY, "Ende der Woche Rückruf", "4.12.", None, "Rückruf"),
        (MONDAY, "Freitag dieser Woche Rückruf", "4.12.", None, "Rückruf"),
        (MONDAY, "übernächste Woche anrufen", "14.12.", None, "anrufen"),
        (MONDAY, "heute in 14 Tagen", "14.12.", None, ""),
        (MONDAY, "in der nächsten Woche am Freitag", "11.12.", None, ""),
        (MONDAY, "KW 50 Dienstag Begehung", "8.12.", None, "Begehung"),
        (MONDAY, "Ende des Monats", "30.11.", None, ""),
        (MONDAY, "bis Ende nächsten Monats", "31.12.", None, ""),
        (MONDAY, "in vierzehn Tagen", "14.12.", None, ""),
        (MONDAY, "in ca. 2 Wochen nachfragen", "14.12.", None, "nachfragen"),
        (MONDAY, "kommenden Freitag", "4.12.", None, ""),
        # times of day
        (SUNDAY, "Dienstag viertel drei Hausbesuch", "1.12.", time(14, 15), "Hausbesuch"),
        (SUNDAY, "Dienstag um halb neun", "1.12.", time(8, 30), ""),
        (SUNDAY, "Dienstag Viertel nach drei", "1.12.", time(15, 15), ""),
        (SUNDAY, "Dienstag fünf vor halb drei", "1.12.", time(14, 25), ""),
        (SUNDAY, "Dienstag um drei anrufen", "1.12.", time(15), "anrufen"),
        (SUNDAY, "Di 9.30 anrufen", "1.12.", time(9, 30), "anrufen"),
        (SUNDAY, "Dienstag 7 Uhr abends anrufen", "1.12.", time(19), "anrufen"),
        (SUNDAY, "Dienstag 9-10 Uhr Begehung", "1.12.", time(9), "9-10 Uhr Begehung"),
        (SUNDAY, "Dienstag zwischen 9 und 10 anrufen", "1.12.", time(9), "zwischen 9 und 10 anrufen"),
        (SUNDAY, "Dienstag gegen zwei Uhr", "1.12.", time(14), "gegen zwei Uhr"),
        (SUNDAY, "Dienstag bis 12 Uhr zurückrufen", "1.12.", None, "bis 12 Uhr zurückrufen"),
        (SUNDAY, "Dienstag morgen anrufen", "1.12.", None, "morgen anrufen"),
        # numbers that are no days and no times
        (SUNDAY, "Dienstag 8.45 € nachfordern", "1.12.", None, "8.45 € nachfordern"),
        (SUNDAY, "Dienstag wegen 3. Termin anrufen", "1.12.", None, "wegen 3. Termin anrufen"),
        (SUNDAY, "Mi Miete um 20 € kürzen", "2.12.", None, "Miete um 20 € kürzen"),
        (SUNDAY, "letzte Woche Dienstag da, am Freitag anrufen", "4.12.", None, "letzte Woche Dienstag da, anrufen"),
    ],
)
def test_a_line_is_read_in_the_one_way_that_is_meant(
    today: date, line: str, day: str, at: time | None, text: str
) -> None:
    (said,) = read_line(line, today)
    assert (said.day, said.at, said.text, said.sure) == (_day(day), at, text, True)


@pytest.mark.parametrize(
    ("line", "first", "every", "text"),
    [
        ("alle 2 Wochen Dienstag anrufen", "1.12.", "alle 2 Wochen", "anrufen"),
        ("Dienstag alle zwei Wochen anrufen", "1.12.", "alle 2 Wochen", "anrufen"),
        ("jeden Donnerstag nachfragen", "3.12.", "wöchentlich", "nachfragen"),
        ("jeden zweiten Freitag 9 Uhr anrufen", "4.12.", "alle 2 Wochen", "anrufen"),
        ("jede Woche am Mittwoch", "2.12.", "wöchentlich", ""),
        ("alle 14 Tage nachfragen", "14.12.", "alle 14 Tage", "nachfragen"),
        ("14-täglich Freitag Bericht", "4.12.", "alle 2 Wochen", "Bericht"),
        ("monatlich Stand erfragen", "30.12.", "monatlich", "Stand erfragen"),
        ("jeden Tag Tabletten ansprechen", "1.12.", "täglich", "Tabletten ansprechen"),
    ],
)
def test_what_comes_again_is_no_single_day(line: str, first: str, every: str, text: str) -> None:
    (said,) = read_line(line, MONDAY)
    assert said.every is not None
    assert (said.day, said.every.words, said.text, said.sure) == (_day(first), every, text, True)


def test_a_day_beside_what_comes_again_may_be_its_first_or_the_only_one() -> None:
    once, again = read_line("ab 5.1. alle 2 Wochen anrufen", MONDAY)
    assert (once.day, once.every, once.text) == (date(2027, 1, 5), None, "alle 2 Wochen anrufen")
    assert (again.day, again.every, again.text) == (date(2027, 1, 5), Every(2, "woche"), "anrufen")
    assert once.key != again.key


@pytest.mark.parametrize(
    ("every", "due", "today", "following"),
    [
        (Every(2, "woche"), date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 15)),
        (Every(2, "woche"), date(2026, 12, 1), date(2027, 1, 4), date(2027, 1, 12)),
        (Every(1, "monat"), date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)),
        (Every(1, "jahr"), date(2028, 2, 29), date(2028, 3, 1), date(2029, 2, 28)),
        (Every(1, "tag"), date(2026, 12, 24), date(2026, 12, 1), date(2026, 12, 25)),
    ],
)
def test_the_next_of_what_comes_again_is_still_to_come(every: Every, due: date, today: date, following: date) -> None:
    assert every.next_after(due, today) == following
    assert Every.read(every.key) == every


@pytest.mark.parametrize(
    ("line", "at", "until", "text"),
    [
        ("am 5.1. um 14 Uhr Hausbesuch", time(14), None, "Hausbesuch"),
        ("Hausbesuch Dienstag 9:30", time(9, 30), None, "Hausbesuch"),
        ("morgen 14.30 Uhr Büro", time(14, 30), None, "Büro"),
        ("morgen 10 Uhr", time(10), None, ""),
        ("morgen von 9 bis 10 Uhr", time(9), time(10), "von 9 bis 10 Uhr"),
        ("morgen zwischen 14:15 und 15 Uhr Büro", time(14, 15), time(15), "zwischen 14:15 und 15 Uhr Büro"),
    ],
)
def test_a_time_makes_it_an_appointment(line: str, at: time, until: time | None, text: str) -> None:
    (said,) = read_line(line, SUNDAY)
    assert (said.at, said.until, said.text) == (at, until, text)


@pytest.mark.parametrize(
    ("today", "line", "days"),
    [
        (WEDNESDAY, "nächsten Freitag anrufen", ["4.12.", "11.12."]),
        (SUNDAY, "Dienstag 3.12. anrufen", ["3.12.", "1.12."]),
        (SUNDAY, "Dienstag oder Mittwoch anrufen", ["1.12.", "2.12."]),
        (SUNDAY, "in 2 bis 3 Wochen nachfragen", ["13.12.", "20.12."]),
        (SUNDAY, "in zwei Wochen am Mittwoch", ["9.12.", "16.12."]),
        (SUNDAY, "am 8.12. anrufen, Bescheid kommt am 15.12.", ["8.12.", "15.12."]),
        (WEDNESDAY, "übernächsten Freitag", ["11.12.", "18.12."]),
    ],
)
def test_every_reading_is_offered_where_there_are_two(today: date, line: str, days: list[str]) -> None:
    assert [said.day for said in read_line(line, today)] == [_day(day) for day in days]


@pytest.mark.parametrize(
    ("line", "day", "text"),
    [
        ("Mo–Do erreichbar, am Dienstag anrufen", "1.12.", "Mo–Do erreichbar, anrufen"),
        ("Mo-Fr 9-12 Uhr erreichbar, am 8.12. anrufen", "8.12.", "Mo-Fr 9-12 Uhr erreichbar, anrufen"),
        ("erreichbar Mo bis Do, Rückruf am 9.12.", "9.12.", "erreichbar Mo bis Do, Rückruf"),
        ("werktags ab 9 Uhr zu erreichen, Freitag anrufen", "4.12.", "werktags ab 9 Uhr zu erreichen, anrufen"),
        ("bis 15.12. nicht erreichbar, am 16.12. anrufen", "16.12.", "bis 15.12. nicht erreichbar, anrufen"),
        ("Frau X nicht erreichbar Mittwoch anrufen", "2.12.", "Frau X nicht erreichbar anrufen"),
        ("Dienstag nicht erreichbar, Mittwoch anrufen", "2.12.", "Dienstag nicht erreichbar, anrufen"),
        ("von Montag bis Mittwoch in Kur, Do anrufen", "3.12.", "von Montag bis Mittwoch in Kur, anrufen"),
        ("ab Do anrufen", "3.12.", "anrufen"),
        ("Dienstag erreichbar", "1.12.", "erreichbar"),
        ("Dienstag bis 24 Uhr abgeben", "1.12.", "bis 24 Uhr abgeben"),
    ],
)
def test_when_somebody_can_be_reached_is_no_day_and_leaves_no_time(line: str, day: str, text: str) -> None:
    (said,) = read_line(line, MONDAY)
    assert (said.day, said.at, said.text, said.sure) == (_day(day), None, text, True)


@pytest.mark.parametrize(
    "line", ["12.12. 24 Uhr Frist", "am 12.12. um 24:00 Frist", "12.12. 24.00 Uhr Frist", "Frist 12.12. um Mitternacht"]
)
def test_the_end_of_a_day_is_the_beginning_of_the_next_if_a_person_says_so(line: str) -> None:
    (said,) = read_line(line, MONDAY)
    assert (said.day, said.at, said.text, said.sure) == (date(2026, 12, 13), time(0), "Frist", False)


def test_each_reading_leaves_what_the_other_would_take() -> None:
    first, second = read_line("am 8.12. anrufen, Bescheid kommt am 15.12.", SUNDAY)
    assert first.text == "anrufen, Bescheid kommt am 15.12."
    assert second.text == "am 8.12. anrufen, Bescheid kommt"
    assert [said.at for said in read_line("Dienstag 9 Uhr oder 11 Uhr", SUNDAY)] == [time(9), time(11)]


@pytest.mark.parametrize(
    ("today", "line", "day"),
    [
        (SUNDAY, "am 12.11. anrufen", date(2027, 11, 12)),
        (SUNDAY, "im November melden", date(2027, 11, 1)),
        (SUNDAY, "Ende der Woche Rückruf", date(2026, 12, 4)),
    ],
)
def test_a_day_that_is_over_is_rolled_on_only_if_a_person_says_so(today: date, line: str, day: date) -> None:
    (said,) = read_line(line, today)
    assert (said.day, said.sure) == (day, False)


def test_months_end_where_the_calendar_ends_them() -> None:
    assert read_line("in 1 Monat", date(2027, 1, 31))[0].day == date(2027, 2, 28)
    assert read_line("in einem Monat", date(2026, 12, 31))[0].day == date(2027, 1, 31)
    assert read_line("am 31. anrufen", date(2027, 2, 1))[0].day == date(2027, 3, 31)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "anrufen wegen Bad",
        "irgendwann",
        "am 31.2.",
        "am 5.13.",
        "am 1.1.2020",
        "morgen 25 Uhr",
        "Moritz anrufen",
        "Fr. Traumann zurückrufen",
        "Frau Do anrufen",
        "Schreiben vom 12.11. beantworten",
        "Montag dieser Woche",
        "letzten Dienstag besprochen",
        "wie am 24.11. besprochen",
        "Mo-Fr erreichbar",
        "Mo–Do",
        "werktags erreichbar",
        "ab Mo erreichbar",
        "bis Fr. erreichbar",
        "Di/Do erreichbar",
        "dienstags und donnerstags erreichbar",
    ],
)
def test_what_names_no_day_to_come_is_not_understood(line: str) -> None:
    with pytest.raises(NotUnderstood):
        read_line(line, SUNDAY)


@pytest.mark.parametrize(
    ("line", "day", "text"),
    [
        ("Frist 4 Wochen ab 20.11.", date(2026, 12, 18), "Frist"),
        ("2 Wochen nach dem 20.11. fragen", date(2026, 12, 4), "fragen"),
        ("Klage innerhalb von 2 Monaten ab dem 20.11.", date(2027, 1, 20), "Klage"),
        ("2 Wochen nach dem 5.1. fragen", date(2027, 1, 19), "fragen"),
        ("1 Monat nach dem 20.11.2026", date(2026, 12, 20), ""),
        ("am ersten Montag im Januar anrufen", date(2027, 1, 4), "anrufen"),
        ("am letzten Donnerstag im Dezember", date(2026, 12, 31), ""),
        ("2. Dienstag im März 2027", date(2027, 3, 9), ""),
        ("am Samstag in acht Tagen anrufen", date(2026, 12, 12), "anrufen"),
        ("Mittwoch 18.11. besprochen, Freitag anrufen", date(2026, 12, 4), "Mittwoch 18.11. besprochen, anrufen"),
    ],
)
def test_a_limit_counts_from_the_day_that_was_and_a_weekday_of_a_month_is_that_one(
    line: str, day: date, text: str
) -> None:
    (said,) = read_line(line, MONDAY)
    assert (said.day, said.text, said.sure) == (day, text, True)


@pytest.mark.parametrize(
    ("line", "over"),
    [
        ("Freitag 20.11. anrufen", date(2026, 11, 20)),
        ("Mittwoch, 18. November nachfragen", date(2026, 11, 18)),
        ("20.11. (Freitag) anrufen", date(2026, 11, 20)),
    ],
)
def test_a_weekday_never_hides_that_its_date_is_over(line: str, over: date) -> None:
    with pytest.raises(NotUnderstood) as told:
        read_line(line, MONDAY)
    assert told.value.over == over


def test_a_date_that_is_over_beside_another_weekday_is_asked_about() -> None:
    assert [(said.day, said.sure) for said in read_line("Dienstag 18.11. anrufen", MONDAY)] == [
        (date(2027, 11, 18), False),
        (date(2026, 12, 1), False),
    ]


@pytest.mark.parametrize(
    ("line", "day", "every"),
    [
        ("alle 2 Wochen dienstags nachfragen", date(2026, 12, 1), Every(2, "woche")),
        ("donnerstags alle 3 Wochen nachfragen", date(2026, 12, 3), Every(3, "woche")),
        ("wöchentlich freitags nachfragen", date(2026, 12, 4), Every(1, "woche")),
    ],
)
def test_what_comes_again_comes_on_the_weekday_beside_it(line: str, day: date, every: Every) -> None:
    (said,) = read_line(line, MONDAY)
    assert (said.day, said.every, said.text) == (day, every, "nachfragen")
