"""Likeness of short German texts: what people call similar, and what not."""

import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.german_features import concepts_of, features
from matching.text_similarity import TextIndex

SIMILAR = [
    ("Garten und gemeinsames Kochen", "wir kochen zusammen, großer Garten"),
    ("Gemeinschaftsgarten", "ein Garten für alle"),
    ("Dachgarten", "Garten auf dem Dach"),
    ("Wir brauchen einen Aufzug", "Haus mit Lift"),
    ("nah an der Tram", "Straßenbahn vor der Tür"),
    ("Familie mit zwei Kindern", "Kinder willkommen, viele Familien im Haus"),
    ("Ich suche Ruhe", "ruhiges Haus, abends ist es still"),
    ("Musik machen und singen", "Hausmusik und ein Chor"),
    ("Fahrräder reparieren in der Werkstatt", "Fahrradwerkstatt im Hof"),
    ("Mehrgenerationenhaus, Jung und Alt", "hier wohnen Alte und Junge"),
    ("gemeinsam essen am großen Tisch", "wir essen jeden Abend zusammen"),
    ("Kinderfreundliches Haus mit Spielplatz", "Für Familien mit Kindern"),
    ("Kochabende in der Gemeinschaftsküche", "Einmal in der Woche wird zusammen gekocht"),
    ("Nachbarschaftshilfe", "Wir unterstützen unsere Nachbarn"),
    ("Imkerei und Bienenstöcke", "Auf der Wiese steht ein Bienenstock"),
    ("Keine Haustiere", "ohne Tiere"),
    ("nette Nachbarn", "gute Nachbarschaft"),
    ("Nachbarinnen und Nachbarn", "Nachbarschaft im Viertel"),
    ("Gärtnerinnen gesucht", "ein Garten für alle"),
    ("Imkerinnen", "ein Imker im Haus"),
    ("rauchfreies Haus", "ich rauche nicht"),
    ("Nichtraucher", "Rauchen ist nicht erlaubt"),
    ("autofrei leben", "Wir haben kein Auto"),
    ("Hunde und Katzen sind nicht erlaubt", "keine Tiere"),
    ("Wir rauchen nicht in der Wohnung", "rauchfrei"),
    ("Ga\u0308rten und Hu\u0308hner", "Gärten und Hühner"),
    ("Nachbar*innen kochen", "Kochen mit der Nachbarschaft"),
]
UNRELATED = [
    ("Garten und gemeinsames Kochen", "Ruhiges Haus für Berufstätige, keine Feste"),
    ("Ich suche Ruhe", "Wir feiern gern große Feste und machen Musik"),
    ("Kinder willkommen", "Werkstatt und Fahrräder"),
    ("Ökologisch bauen", "Nachts ist eine Pflegekraft im Haus"),
    ("Ich spiele Klavier", "Wir teilen Auto und Waschmaschine"),
    ("Wir entscheiden im Konsens", "Hochbeete und Tomaten"),
    ("Straßenbahn vor der Tür", "Wir singen im Chor"),
    ("Ich arbeite im Büro", "Imkerei und Bienenstöcke"),
    ("Ein Hund lebt schon hier", "Keine Hunde"),
    ("Wir haben viele Interessen", "Wir essen vegan"),
    ("autofrei", "wir haben ein Auto"),
    ("hundefrei", "Hunde"),
    ("hundefreies Haus", "Ich habe einen Hund"),
    ("ich rauche nicht", "Rauchen erlaubt"),
    ("Nichtraucherhaus", "Ich rauche"),
    ("Rauchen ist verboten", "Raucher willkommen"),
    ("keine lauten Feste", "Wir feiern gern Feste"),
    ("Haustiere nicht erlaubt", "Wir haben zwei Katzen"),
    ("ohne Kinder", "Kinder willkommen"),
    ("kinderlos", "Familien mit Kindern"),
    ("Kinderwagen", "Stellplatz, Garage"),
    ("Bollerwagen", "Stellplatz für das Auto"),
    ("Ich kann nicht mit Hunden leben", "Ein Hund wohnt hier"),
]
WORDS = ["Garten", "kochen", "Ruhe", "kein", "Hund", "Zimmer", "und", "Wendeltreppe", "Lift", "", "!", "Äpfel"]
texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


def likeness(one, other):
    return float(TextIndex([other]).likeness(one)[0])


@pytest.mark.parametrize(("one", "other"), SIMILAR)
def test_clearly_similar_texts_reach_three_fifths_either_way(one, other):
    assert likeness(one, other) >= 0.6
    assert likeness(other, one) >= 0.6


@pytest.mark.parametrize(("one", "other"), UNRELATED)
def test_unrelated_texts_stay_below_a_seventh(one, other):
    assert likeness(one, other) <= 0.15
    assert likeness(other, one) <= 0.15


def test_pairs_keep_their_likeness_among_many_other_texts():
    others = [text for pair in SIMILAR + UNRELATED for text in pair]
    index = TextIndex(others)
    for one, other in SIMILAR:
        assert index.likeness(one)[others.index(other)] >= 0.6
    for one, other in UNRELATED:
        assert index.likeness(one)[others.index(other)] <= 0.15


@pytest.mark.parametrize(
    ("one", "other"),
    [("Straßenbahn", "Strassenbahn"), ("Gärten", "Gaerten"), ("GROSSKÜCHE", "Großküche"), ("Hündin", "Huendin")],
)
def test_spellings_of_umlauts_are_one_word(one, other):
    assert likeness(one, other) == pytest.approx(1)


@pytest.mark.parametrize(
    ("word", "concepts"),
    [
        ("gemeinschaftsgarten", {"gemeinsam", "garten"}),
        ("küchentisch", {"kochen", "essen"}),
        ("treppenlift", {"aufzug"}),
        ("kindergarten", {"kinder"}),
        ("interessen", set()),
        ("vergessen", {"demenz"}),
        ("quartier", {"nachbarschaft"}),
        ("automatisch", set()),
    ],
)
def test_compounds_fall_into_their_parts_and_others_do_not(word, concepts):
    assert concepts_of(word) == concepts


def test_a_longer_text_that_speaks_of_it_among_much_else_is_still_similar():
    long = (
        "Wir wollen in eigenen Wohnungen leben und doch nicht allein sein. Im Mittelpunkt stehen ein Garten, eine "
        "Werkstatt und eine große Küche, in der wir freitags zusammen kochen. Wir entscheiden im Konsens."
    )
    full, half = likeness("Garten und gemeinsames Kochen", long), likeness("Garten und ein Pferdestall", long)
    assert full >= 0.6
    assert full > half > likeness("Tauchen und Segeln", long)


@pytest.mark.parametrize("empty", ["", "  ", "und wir oder", "1234 !?"])
def test_a_text_that_says_nothing_is_unknown(empty):
    assert np.isnan(likeness(empty, "Garten"))
    assert np.isnan(likeness("Garten", empty))
    assert np.isnan(TextIndex([empty, empty]).all_likenesses()).all()
    assert features(empty) == {}


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=5), texts)
def test_likeness_is_symmetric_bounded_and_one_for_equal_texts(corpus, asked):
    index = TextIndex(corpus)
    matrix = index.all_likenesses()
    assert np.array_equal(np.nan_to_num(matrix, nan=-1), np.nan_to_num(matrix.T, nan=-1))
    known = matrix[~np.isnan(matrix)]
    assert ((known >= 0) & (known <= 1)).all()
    for row, text in enumerate(corpus):
        assert matrix[row, row] == pytest.approx(1) or not features(text)
        assert index.likeness(text) == pytest.approx(matrix[row], nan_ok=True)
        assert index.likeness_to(row, [asked])[0] == pytest.approx(index.likeness(asked)[row], nan_ok=True)
    rows = np.arange(len(corpus))[::-1]
    assert index.likeness(asked, rows) == pytest.approx(index.likeness(asked)[rows], nan_ok=True)


def test_the_order_of_texts_and_the_run_change_nothing():
    corpus = [text for pair in SIMILAR for text in pair]
    forward, backward = TextIndex(corpus).likeness("Garten"), TextIndex(corpus[::-1]).likeness("Garten")
    assert forward == pytest.approx(backward[::-1], nan_ok=True)
    program = (
        "from matching.german_features import features;"
        " print(list(features('Wendeltreppe im Gemeinschaftsgarten').items()))"
    )
    run = [
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert run[0] == run[1] != ""


def test_five_thousand_texts_are_indexed_in_seconds():
    generator = np.random.default_rng(0)
    words = [word for pair in SIMILAR + UNRELATED for text in pair for word in text.split()]
    many = [" ".join(generator.choice(words, 40)) for _ in range(5_000)]
    start = time.process_time()
    TextIndex(many).likeness("Garten und gemeinsames Kochen")
    assert time.process_time() - start < 8
