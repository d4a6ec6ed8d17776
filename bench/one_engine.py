"""All measures on the database of the environment: ``python -m bench`` starts this twice.

The environment decides what Django works on, so each engine gets a process of its own.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import django
from django.db import connection

django.setup()

from bench import measures, neighbours  # noqa: E402 (they need Django to stand)
from bench.house import FULL, QUICK, House, MeasuredDesk, leave_nothing_running  # noqa: E402
from bench.measures import screens  # noqa: E402
from bench.results import Result, broken, number  # noqa: E402

OPEN_FILES = 16_384  # a thousand browsers, on both ends


def main() -> None:
    order = json.loads(sys.argv[1])
    leave_nothing_running()
    _allow_many_connections()
    results: list[Result] = []
    with _open_house(quick=order["quick"]) as house:
        before = neighbours.spent()
        for measured in _measured(house, order["measures"]):
            notes = filter(None, (measured.note, neighbours.remark(before)))
            result, before = replace(measured, note="; ".join(notes)), neighbours.spent()
            results.append(result)
            told = f"{result.measure}: {number(result.value)} {result.unit} {result.note}"
            print(f"  {told}", flush=True)
    report = {"database": _database(), "results": [result.as_json() for result in results]}
    Path(order["report"]).write_text(json.dumps(report))


def _measured(house: House, wanted: list[str]) -> Iterator[Result]:
    if wanted == ["growth"]:
        yield from screens.alone(house)
        return
    for name, measure in measures.ALL.items():
        if name in wanted:
            yield from _guarded(name, measure(house), house)


def _guarded(name: str, results: Iterator[Result], house: House) -> Iterator[Result]:
    """One measure that breaks does not cost the others their hour."""
    try:
        yield from results
    except Exception as trouble:
        traceback.print_exc()
        yield broken(name, trouble)
        house.desk.restart()


@contextmanager
def _open_house(*, quick: bool) -> Iterator[House]:
    desk = MeasuredDesk(Path(os.environ["VAR_DIR"]))
    try:
        desk.start("web", "worker")
        yield House(desk, QUICK if quick else FULL)
    finally:
        connection.close()
        desk.stop()


def _allow_many_connections() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _database() -> str:
    with connection.cursor() as cursor:
        version = "version()" if connection.vendor == "postgresql" else "sqlite_version()"
        cursor.execute(f"SELECT {version}")
        return f"{connection.display_name} {cursor.fetchone()[0]}"


if __name__ == "__main__":
    main()
