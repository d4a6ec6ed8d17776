"""inbox.view_trees"""

from __future__ import annotations

import json
from typing import Any

import pytest

from inbox.view_trees import MOST_CONDITIONS, BadTree, Group, read, statuses, with_label_merged


def one(field: str, op: str, *values: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": list(values)}


OPEN = one("status", "is", "open")
GOOD = [
    OPEN,
    one("status", "is_not", "closed", "snoozed"),
    one("labels", "any", 1, 2),
    one("labels", "all", 1),
    one("labels", "none", 9),
    *(one("assignee", "is", who) for who in ("me", "nobody", "somebody", "agent:7", "team:3")),
    one("number", "is_not", 4),
    one("priority", "is", -1, 2),
    one("waiting", "longer_than", 60),
    one("unread", "is", "no"),
    one("language", "is", "de", "pt_BR"),
    one("window", "ends_within", 24),
]


@pytest.mark.parametrize("condition", GOOD, ids=json.dumps)
def test_what_is_read_is_written_as_it_was(condition: dict[str, Any]) -> None:
    for tree in ({"all": [condition]}, {"any": [OPEN, {"all": [condition, OPEN]}]}):
        assert read(json.loads(json.dumps(tree))).written() == tree


ODD: list[Any] = [None, 1, "x", [], {}, {"all": []}, [OPEN]]


@pytest.mark.parametrize(
    "raw",
    [
        *(None, 5, "all", [], {}, {"all": []}, {"all": None}, {"all": {}}, {"not": [OPEN]}),
        {"all": [OPEN], "any": [OPEN]},
        *({"all": [part]} for part in ODD),
        {"all": [OPEN | {"more": 1}]},
        {"all": [{"field": "status", "op": "is"}]},
    ],
    ids=repr,
)
def test_what_is_no_filter_is_refused(raw: Any) -> None:
    with pytest.raises(BadTree):
        read(raw)


@pytest.mark.parametrize(
    "condition",
    [
        one("password", "is", "x"),
        one("contact__phone", "is", "x"),
        one("__class__", "is", "x"),
        {"field": ["status"], "op": "is", "value": ["open"]},
        {"field": {"a": 1}, "op": "is", "value": ["open"]},
        one("status", "contains", "open"),
        {"field": "status", "op": ["is"], "value": ["open"]},
        {"field": "status", "op": "is", "value": "open"},
        {"field": "status", "op": "is", "value": {"open": 1}},
        one("status", "is"),
        one("status", "is", "deleted"),
        one("status", "is", ["open"]),
        one("status", "is", None),
        *(one("labels", "any", value) for value in (True, 1.0, "1", 0, -1, 2**60, None, [1])),
        one("labels", "any", *range(1, 60)),
        *(
            one("assignee", "is", who)
            for who in ("", "you", "agent:", "agent:-1", "agent:0", "agent:1\n", "agent:٣",
                        "agent:" + "9" * 40, 7, None)
        ),
        one("assignee", "is", "me", "nobody"),
        one("priority", "is", 3),
        one("priority", "is", True),
        *(one("waiting", "longer_than", minutes) for minutes in (0, 10**9, "60", 1.5, True)),
        one("waiting", "longer_than", 5, 6),
        one("window", "ends_within", 25),
        one("unread", "is", True),
        *(one("language", "is", word) for word in ("", "d", "DE'", "de\n", "x" * 99, "de;")),
    ],
    ids=repr,
)  # fmt: skip
def test_what_no_condition_is_is_refused_in_a_sentence(condition: dict[str, Any]) -> None:
    with pytest.raises(BadTree) as caught:
        read({"all": [condition]})
    assert str(caught.value.sentence).endswith(".")


def nested(levels: int) -> dict[str, Any]:
    tree: dict[str, Any] = OPEN
    for _ in range(levels):
        tree = {"all": [tree]}
    return tree


def test_groups_are_two_deep_and_no_deeper() -> None:
    assert read(nested(2)).written() == nested(2)
    for levels in (3, 4, 500):
        with pytest.raises(BadTree, match="deeply"):
            read(nested(levels))


def test_there_are_not_too_many_conditions() -> None:
    half = {"all": [OPEN] * (MOST_CONDITIONS // 2)}
    assert len(list(read({"any": [half, half]}).conditions())) == MOST_CONDITIONS
    for many in ({"any": [half, half, OPEN]}, {"all": [OPEN] * 100_000}):
        with pytest.raises(BadTree, match="many"):
            read(many)


def test_what_nothing_can_fit_is_refused() -> None:
    with pytest.raises(BadTree, match="two states"):
        read({"all": [OPEN, one("status", "is", "closed")]})


@pytest.mark.parametrize(
    ("tree", "possible"),
    [
        ({"all": [OPEN, one("unread", "is", "yes")]}, ("open",)),
        ({"any": [OPEN, one("unread", "is", "yes")]}, ("open", "snoozed", "closed")),
        ({"any": [OPEN, one("status", "is", "closed")]}, ("open", "closed")),
        ({"all": [one("status", "is_not", "closed")]}, ("open", "snoozed")),
        ({"all": [{"any": [OPEN, one("status", "is", "snoozed")]},
                  one("status", "is_not", "open")]}, ("snoozed",)),
    ],
)  # fmt: skip
def test_which_states_can_fit_at_all(tree: Any, possible: tuple[str, ...]) -> None:
    assert statuses(read(tree)) == possible


def test_a_label_is_put_in_the_place_of_another() -> None:
    tree = read({"all": [one("labels", "any", 1, 2), one("number", "is", 1)]})

    changed: Group = with_label_merged(tree, 1, 2)

    assert changed.written() == {"all": [one("labels", "any", 2), one("number", "is", 1)]}
