"""Who is named in a note: ``@Jana Meier`` in its words, and beside them the id that is meant.

Pure. A note keeps its words as they were typed, so that they are found and read everywhere, and
in ``content`` ``{"mentions": [{"agent": 5, "name": "Jana Meier"}, {"team": 2, "name": …}]}``.
The name shown is the one of now; the one kept says which words to replace.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

MOST = 20  # in one note


class Named(NamedTuple):
    """An agent or a team, as it is called in the words of a note."""

    kind: str  # "agent" or "team"
    pk: int
    name: str


def named_in(content: object) -> list[Named]:
    """Those a note names; nothing where content is of another shape."""
    found = content.get("mentions") if isinstance(content, dict) else None
    return [named for each in (found if isinstance(found, list) else []) for named in _of(each)]


def as_content(named: Iterable[Named]) -> dict[str, Any]:
    mentions = [{kind: pk, "name": name} for kind, pk, name in named]
    return {"mentions": mentions} if mentions else {}


def those_said(body: str, named: Iterable[Named]) -> list[Named]:
    """Those whose names stand in the words: who was picked and deleted again is not meant."""
    all_ = list(dict.fromkeys(named))
    if not all_:
        return []
    said = {match[1] for match in _pattern(all_).finditer(body)}
    return [each for each in all_ if each.name in said]


def pieces(body: str, named: Iterable[Named]) -> Iterator[str | Named]:
    """The words in order, with who is meant in the place of each name.

    Two of the same name are meant in the order they were picked.
    """
    meant: defaultdict[str, list[Named]] = defaultdict(list)
    for each in named:
        meant[each.name].append(each)
    at = 0
    if meant:
        for match in _pattern([each for same in meant.values() for each in same]).finditer(
            body
        ):
            yield body[at : match.start()]
            same = meant[match[1]]
            yield same.pop(0) if len(same) > 1 else same[0]
            at = match.end()
    yield body[at:]


def names_now(named: Iterable[Named], now: Mapping[tuple[str, int], str]) -> list[Named]:
    """The same under the names of now, where they are known."""
    return [each._replace(name=now.get((each.kind, each.pk), each.name)) for each in named]


def _pattern(named: Iterable[Named]) -> re.Pattern[str]:
    """Longer names first: "@Jana Meier" is not "@Jana"."""
    names = sorted({each.name for each in named}, key=len, reverse=True)
    return re.compile(rf"@({'|'.join(map(re.escape, names))})(?!\w)")


def _of(each: object) -> Iterator[Named]:
    if not isinstance(each, dict) or not isinstance(name := each.get("name"), str) or not name:
        return
    for kind in ("agent", "team"):
        pk = each.get(kind)
        if isinstance(pk, int) and not isinstance(pk, bool):
            yield Named(kind, pk, name)
            return
