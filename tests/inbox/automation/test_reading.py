"""inbox.automation: what may stand in a rule, and what is refused"""

from __future__ import annotations

from typing import Any

import pytest

from inbox.automation.acts import Do, is_complete, read_acts
from inbox.automation.conditions import read_conditions
from inbox.automation.reading import Refused, Why
from inbox.automation.triggers import read_when

CODE = "0b0c2f6e-3f7b-4c5e-9c39-0d2f8a0f6a11"


@pytest.mark.parametrize(
    "when",
    [
        {"trigger": "received"},
        {"trigger": "waiting", "minutes": 30},
        {"trigger": "labelled", "label": CODE},
        {"trigger": "labelled", "label": ""},
    ],
)
def test_a_trigger_is_read_and_written_back(when: dict[str, Any]) -> None:
    assert read_when(when).as_json() == when


@pytest.mark.parametrize(
    ("when", "place", "why"),
    [
        (None, "when", Why.NOT_AN_OBJECT),
        ([], "when", Why.NOT_AN_OBJECT),
        ({}, "when.trigger", Why.MISSING),
        ({"trigger": "explode"}, "when.trigger", Why.UNKNOWN_WORD),
        ({"trigger": True}, "when.trigger", Why.UNKNOWN_WORD),
        ({"trigger": ["received"]}, "when.trigger", Why.UNKNOWN_WORD),
        ({"trigger": "waiting"}, "when.minutes", Why.MISSING),
        ({"trigger": "waiting", "minutes": 0}, "when.minutes", Why.OUT_OF_RANGE),
        ({"trigger": "waiting", "minutes": 10**30}, "when.minutes", Why.OUT_OF_RANGE),
        ({"trigger": "waiting", "minutes": "5"}, "when.minutes", Why.NOT_A_NUMBER),
        ({"trigger": "waiting", "minutes": True}, "when.minutes", Why.NOT_A_NUMBER),
        ({"trigger": "received", "minutes": 5}, "when.minutes", Why.UNKNOWN_FIELD),
        ({"trigger": "labelled", "label": "'; DROP"}, "when.label", Why.NOT_A_CODE),
    ],
)
def test_a_trigger_that_makes_no_sense_is_refused(when: object, place: str, why: Why) -> None:
    with pytest.raises(Refused) as refused:
        read_when(when)

    assert (refused.value.place, refused.value.why) == (place, why)


def test_all_conditions_are_read_and_written_back() -> None:
    rows = [
        {"test": "words", "words": ["Rechnung*", "invoice"]},
        {"test": "label", "words": [CODE], "not": True},
        {"test": "language", "words": ["de"]},
        {"test": "hours", "not": True},
        {"test": "number", "words": [CODE]},
        {"test": "field", "key": "customer_kind", "words": ["VIP"]},
        {"test": "first"},
        {"test": "window", "minutes": 60},
    ]

    assert [condition.as_json() for condition in read_conditions(rows)] == rows


@pytest.mark.parametrize(
    ("rows", "place", "why"),
    [
        ({}, "if", Why.NOT_A_LIST),
        ([{"test": "first"}] * 21, "if", Why.TOO_MANY),
        (["first"], "if.0", Why.NOT_AN_OBJECT),
        ([{"test": "eval"}], "if.0.test", Why.UNKNOWN_WORD),
        ([{"test": "words"}], "if.0.words", Why.MISSING),
        ([{"test": "words", "words": []}], "if.0.words", Why.MISSING),
        ([{"test": "words", "words": "a"}], "if.0.words", Why.NOT_A_LIST),
        ([{"test": "words", "words": [7]}], "if.0.words", Why.NOT_A_TEXT),
        ([{"test": "words", "words": [" \x00"]}], "if.0.words", Why.MISSING),
        ([{"test": "words", "words": ["*?!"]}], "if.0.words", Why.MISSING),
        ([{"test": "words", "words": ["a" * 81]}], "if.0.words", Why.TOO_LONG),
        ([{"test": "words", "words": ["a"] * 51}], "if.0.words", Why.TOO_MANY),
        ([{"test": "first", "words": ["a"]}], "if.0.words", Why.UNKNOWN_FIELD),
        ([{"test": "first", "not": "no"}], "if.0.not", Why.NOT_YES_OR_NO),
        ([{"test": "window", "minutes": 9999}], "if.0.minutes", Why.OUT_OF_RANGE),
        ([{"test": "field", "words": ["x"]}], "if.0.key", Why.MISSING),
        ([{"test": "label", "words": ["urgent"]}], "if.0.words", Why.NOT_A_CODE),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(rows: object, place: str, why: Why) -> None:
    with pytest.raises(Refused) as refused:
        read_conditions(rows)

    assert (refused.value.place, refused.value.why) == (place, why)


def test_acts_are_read_in_the_order_in_which_they_are_done() -> None:
    rows = [
        {"do": "close", "minutes": 60},
        {"do": "reply", "code": CODE},
        {"do": "assign", "who": "team", "code": CODE},
        {"do": "notify", "who": "agent", "code": CODE},
        {"do": "note", "text": "Look at this"},
        {"do": "priority", "level": 1},
        {"do": "label", "code": CODE},
    ]

    acts = read_acts(rows)

    assert [act.do for act in acts] == [
        *(Do.LABEL, Do.PRIORITY, Do.NOTE, Do.NOTIFY, Do.ASSIGN, Do.REPLY, Do.CLOSE)
    ]
    assert [act.as_json() for act in acts] == rows[::-1]


@pytest.mark.parametrize(
    ("rows", "place", "why"),
    [
        ("close", "then", Why.NOT_A_LIST),
        ([], "then", Why.NOTHING_TO_DO),
        ([{"do": "note", "text": "a"}] * 13, "then", Why.TOO_MANY),
        ([{"do": "delete"}], "then.0.do", Why.UNKNOWN_WORD),
        ([{"do": "label", "code": ""}], "then.0.code", Why.NOT_A_CODE),
        ([{"do": "label", "code": None}], "then.0.code", Why.NOT_A_CODE),
        ([{"do": "assign", "who": "all", "code": CODE}], "then.0.who", Why.UNKNOWN_WORD),
        ([{"do": "priority", "level": 3}], "then.0.level", Why.OUT_OF_RANGE),
        ([{"do": "note", "text": "   "}], "then.0.text", Why.MISSING),
        ([{"do": "note", "text": "a" * 1001}], "then.0.text", Why.TOO_LONG),
        ([{"do": "snooze", "minutes": 1.5}], "then.0.minutes", Why.NOT_A_NUMBER),
        ([{"do": "close", "minutes": 0, "now": True}], "then.0.now", Why.UNKNOWN_FIELD),
        ([{"do": "label", "code": CODE}] * 2, "then.1", Why.TWICE),
        ([{"do": "close", "minutes": 0}] * 2, "then.1", Why.TWICE),
        ([{"do": "close", "minutes": 9}], "then.0.minutes", Why.CONTRADICTION),
        (
            [{"do": "close", "minutes": 0}, {"do": "snooze", "minutes": 5}],
            "then",
            Why.CONTRADICTION,
        ),
    ],
)
def test_acts_that_make_no_sense_are_refused(rows: object, place: str, why: Why) -> None:
    with pytest.raises(Refused) as refused:
        read_acts(rows)

    assert (refused.value.place, refused.value.why) == (place, why)


def test_a_rule_whose_message_is_not_chosen_yet_is_not_complete() -> None:
    assert not is_complete(read_acts([{"do": "reply", "code": ""}]))
    assert is_complete(read_acts([{"do": "reply", "code": CODE}, {"do": "note", "text": "x"}]))
