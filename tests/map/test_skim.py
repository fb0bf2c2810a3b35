"""A very long text: what promises to show a part is read closely, the rest is passed over."""

import pytest

from pipeline.map import FOLDER
from pipeline.map_encoder import PLAIN, WINDOW, plain_windows, windows
from pipeline.map_skim import ROOM, Skim, read_skim, words_of

SKIM = Skim({"learnt": 2.0, "visit": -1.0}, length=0.1, cue=0.5)
WORK = "The visit was on Monday and the next one is in ten days."
LEARNT = "I learnt to wait for an answer before I ask again."


def test_a_usual_text_is_read_whole():
    assert SKIM.choose([WORK] * 40, [0] * 40) == list(range(40))


def test_of_a_very_long_text_what_promises_most_is_read_in_its_order():
    sentences = [LEARNT, *[WORK] * 100, LEARNT]
    chosen = SKIM.choose(sentences, [0] * len(sentences))
    assert {0, 101} <= set(chosen)
    assert chosen == sorted(chosen)
    assert ROOM - 20 < sum(len(words_of(sentences[row])) for row in chosen) <= ROOM


def test_of_sentences_that_are_all_too_long_one_is_read():
    endless = f"{LEARNT[:-1]} {'/'.join(['and'] * ROOM)}."
    assert SKIM.choose([endless], [0]) == [0]
    assert SKIM.choose([WORK.replace(" ", "/") * 200, endless], [0, 0]) == [1]


@pytest.mark.parametrize(
    ("one", "other"),
    [((LEARNT, 0), (WORK, 0)), ((WORK, 2), (WORK, 1)), (("It was on Monday.", 0), ("Noted.", 0))],
)
def test_words_cues_and_length_promise_something(one, other):
    assert SKIM.promise(*one) > SKIM.promise(*other)


def test_what_was_learnt_from_the_labelled_texts_prefers_learning_to_work():
    skim = read_skim(FOLDER)
    learnt = "Because of what she told me I now ask every parent what they want to learn, and I wait."
    work = "The referral was sent to the duty team and the next visit is booked for the afternoon."
    assert skim.promise(learnt, 0) > skim.promise(work, 0)


@pytest.mark.parametrize("lengths", [[10] * 20, [100] * 9, [WINDOW, 5], [PLAIN + 10, 1, 300]])
@pytest.mark.parametrize("divide", [windows, plain_windows])
def test_every_sentence_stands_in_one_window(lengths, divide):
    pieces = [[1000 + number] * length for number, length in enumerate(lengths)]
    found = {
        number: set(window.ids[start:end]) for window in divide(pieces) for number, start, end in window.rows
    }
    assert found == {number: {1000 + number} for number in range(len(pieces))}
    assert sum(len(window.rows) for window in divide(pieces)) == len(pieces)


def test_a_longer_text_is_read_without_the_sentences_around():
    pieces = [[1] * 50] * 12
    assert sum(len(w.ids) - 2 for w in plain_windows(pieces)) == 600
    assert sum(len(w.ids) - 2 for w in windows(pieces)) > 600
