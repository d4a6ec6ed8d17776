"""inbox.routing.rules: who gets the next conversation, and why"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from inbox.routing.rules import Candidate, Case, Choice, Mode, Reason, Round, Spoken, choose

THEN = datetime(2026, 11, 3, 9, tzinfo=UTC)
ANNA, JANA, TOBI = 3, 5, 8
FREE = Case()


def candidates(**loads: int) -> list[Candidate]:
    """With room for ten each; Tobi is in team 2, the others in team 1."""
    people = {"anna": (ANNA, 1), "jana": (JANA, 1), "tobi": (TOBI, 2)}
    return [
        Candidate(agent=people[name][0], team=people[name][1], load=load, limit=10)
        for name, load in loads.items()
    ]


def chosen(choice: Choice | None) -> tuple[int, Reason] | None:
    return (choice.agent, choice.reason) if choice else None


@pytest.mark.parametrize(
    ("mode", "last_turn", "expected"),
    [
        (Mode.OFF, None, None),
        (Mode.ROUND_ROBIN, None, (ANNA, Reason.NEXT_IN_TURN)),
        (Mode.ROUND_ROBIN, ANNA, (JANA, Reason.NEXT_IN_TURN)),
        (Mode.ROUND_ROBIN, JANA, (TOBI, Reason.NEXT_IN_TURN)),
        (Mode.ROUND_ROBIN, TOBI, (ANNA, Reason.NEXT_IN_TURN)),
        (Mode.ROUND_ROBIN, 4, (JANA, Reason.NEXT_IN_TURN)),
        (Mode.ROUND_ROBIN, 99, (ANNA, Reason.NEXT_IN_TURN)),
        (Mode.LEAST_BUSY, None, (JANA, Reason.LEAST_BUSY)),
        (Mode.LEAST_BUSY, JANA, (TOBI, Reason.LEAST_BUSY)),
        (Mode.LEAST_BUSY, TOBI, (JANA, Reason.LEAST_BUSY)),
    ],
    ids=[
        "off: nobody",
        "the first begins",
        "then the second",
        "then the third",
        "then the first again",
        "whose turn it was is not there",
        "and was the last of all",
        "fewest; of two, the first",
        "fewest; of two, whose turn it was not",
        "and round again",
    ],
)
def test_the_mode_decides(
    mode: Mode, last_turn: int | None, expected: tuple[int, Reason] | None
) -> None:
    people = candidates(anna=4, jana=2, tobi=2)

    assert chosen(choose(FREE, people, Round(mode, last_turn=last_turn))) == expected


@pytest.mark.parametrize(
    ("case", "loads", "expected"),
    [
        (Case(), {"anna": 10, "jana": 11}, None),
        (Case(), {"anna": 10, "jana": 9}, (JANA, Reason.LEAST_BUSY)),
        (Case(), {}, None),
        (Case(team=2), {"anna": 0, "tobi": 7}, (TOBI, Reason.LEAST_BUSY)),
        (Case(team=2), {"anna": 0, "tobi": 10}, None),
        (Case(team=3), {"anna": 0, "tobi": 0}, None),
        (Case(given_back_by=ANNA), {"anna": 0, "jana": 5}, (JANA, Reason.LEAST_BUSY)),
        (Case(given_back_by=ANNA), {"anna": 0}, None),
        (Case(spoken=Spoken(ANNA, THEN)), {"anna": 9, "jana": 0}, (ANNA, Reason.LAST_AGENT)),
        (Case(spoken=Spoken(ANNA, THEN)), {"anna": 10, "jana": 0}, (JANA, Reason.LEAST_BUSY)),
        (Case(spoken=Spoken(TOBI, THEN)), {"jana": 0}, (JANA, Reason.LEAST_BUSY)),
        (
            Case(team=2, spoken=Spoken(ANNA, THEN)),
            {"anna": 0, "tobi": 3},
            (TOBI, Reason.LEAST_BUSY),
        ),
        (
            Case(given_back_by=ANNA, spoken=Spoken(ANNA, THEN)),
            {"anna": 0, "jana": 3},
            (JANA, Reason.LEAST_BUSY),
        ),
    ],
    ids=[
        "nobody has room",
        "room for one more",
        "nobody is here",
        "its team",
        "its team has no room",
        "nobody of its team",
        "not to whoever gave it back",
        "whoever gave it back is alone",
        "who spoke with them last",
        "who has no room",
        "who is not here",
        "who is of another team",
        "who gave it back",
    ],
)
def test_who_fits(
    case: Case, loads: dict[str, int], expected: tuple[int, Reason] | None
) -> None:
    assert chosen(choose(case, candidates(**loads), Round(Mode.LEAST_BUSY))) == expected


def test_who_spoke_last_does_not_count_where_the_number_does_not_want_it() -> None:
    case = Case(spoken=Spoken(TOBI, THEN))
    round_ = Round(Mode.ROUND_ROBIN, last_agent_first=False)

    found = choose(case, candidates(anna=0, tobi=0), round_)

    assert chosen(found) == (ANNA, Reason.NEXT_IN_TURN)


def test_off_means_off_also_for_who_spoke_last() -> None:
    case = Case(spoken=Spoken(ANNA, THEN))

    assert choose(case, candidates(anna=0), Round(Mode.OFF)) is None


def test_the_choice_says_what_the_line_needs() -> None:
    people = candidates(anna=4, jana=2)

    busy = choose(FREE, people, Round(Mode.LEAST_BUSY))
    known = choose(Case(spoken=Spoken(ANNA, THEN)), people, Round(Mode.LEAST_BUSY))

    assert busy == Choice(JANA, Reason.LEAST_BUSY, load=2)
    assert known == Choice(ANNA, Reason.LAST_AGENT, load=4, spoke_at=THEN)


def test_a_limit_of_none_at_all_gets_nothing() -> None:
    nobody = [Candidate(agent=ANNA, team=None, load=0, limit=0)]

    assert choose(FREE, nobody, Round(Mode.ROUND_ROBIN)) is None
