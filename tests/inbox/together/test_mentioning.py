"""inbox.mentioning: names in words"""

from __future__ import annotations

import time

from inbox.mentioning import Named, as_content, named_in, pieces, those_said

ANNA, JANA, JANA_MEIER = (
    Named("agent", pk, name) for pk, name in enumerate(("Anna", "Jana", "Jana Meier"))
)


def test_the_longer_name_is_meant() -> None:
    assert list(pieces("a @Jana Meier, b", [JANA, JANA_MEIER])) == ["a ", JANA_MEIER, ", b"]


def test_the_beginning_of_a_word_is_no_name() -> None:
    assert those_said("@Janas @jana Jana a@Annas", [JANA, ANNA]) == []


def test_two_of_the_same_name_are_meant_in_their_order() -> None:
    other = Named("agent", 9, "Jana")

    found = [p for p in pieces("@Jana @Jana @Jana", [JANA, other]) if isinstance(p, Named)]

    assert found == [JANA, other, other]


def test_names_of_any_signs_are_only_names() -> None:
    odd = Named("team", 1, "A.*(B)+[\\")

    assert those_said("@A.*(B)+[\\!", [odd]) == [odd]
    assert those_said("@AxxB", [odd]) == []


def test_what_is_kept_is_read_again() -> None:
    assert named_in(as_content([ANNA, JANA])) == [ANNA, JANA]
    assert as_content([]) == {}


def test_a_wall_of_signs_takes_no_time() -> None:
    names = [Named("agent", n, "a" * n) for n in range(1, 80)]
    began = time.monotonic()

    list(pieces("@" * 10_000 + "@a" * 10_000, names))

    assert time.monotonic() - began < 1
