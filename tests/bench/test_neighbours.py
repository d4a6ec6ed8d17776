"""bench.neighbours"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import neighbours
from bench.neighbours import Spent, remark, spent


@pytest.fixture
def stat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "stat"
    monkeypatch.setattr(neighbours, "STAT", path)
    return path


def test_idle_time_is_nobodys(stat: Path) -> None:
    stat.write_text("cpu  100 0 20 5000 300 0 5 75 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n")

    assert spent() == Spent(total=200, stolen=75)


@pytest.mark.parametrize(
    ("stolen", "expected"),
    [(4, ""), (50, "50% of the time taken by other guests")],
    ids=["next to nothing", "half"],
)
def test_what_others_took_is_said_when_it_is_worth_it(
    stat: Path, stolen: int, expected: str
) -> None:
    stat.write_text(f"cpu  {200 - stolen} 0 0 0 0 0 0 {stolen} 0 0\n")

    assert remark(Spent(total=100, stolen=0)) == expected


def test_a_machine_that_does_not_say_has_no_remarks(stat: Path) -> None:
    assert remark(spent()) == ""
