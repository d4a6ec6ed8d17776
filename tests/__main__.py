"""All tests, on everything this machine has: ``python -m tests`` (``make test``).

First the embedded desk (SQLite, a broker of files), then PostgreSQL and Redis of our own,
then real processes and a real browser on both. What could not be run is said in the last
lines; with REQUIRE_ALL=1 that is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests import services

PRODUCTION = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL")
UNIT = ["-m", "not browser and not processes", "-n", "2", "--dist", "worksteal"]
WHOLE = ["-m", "browser or processes"]
# These rooms know no database, so one run is enough.
WITHOUT_DATABASE = ["--ignore", "tests/simulator", "--ignore", "tests/whatsapp"]
# pytest's exit code when nothing was selected, which is no failure of a part.
NOTHING_SELECTED = 5


def main() -> int:
    missing: list[str] = []
    results: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="supportdesk-tests-") as folder:
        embedded = _environment(folder)
        results["embedded: SQLite"] = _pytest(UNIT, embedded)
        results["embedded: processes and browser"] = _pytest(WHOLE, embedded)
        with _servers(missing) as urls:
            if urls:
                production = embedded | urls
                results["PostgreSQL and Redis"] = _pytest(
                    [*UNIT, *WITHOUT_DATABASE], production
                )
                results["PostgreSQL and Redis: processes and browser"] = _pytest(
                    WHOLE, production
                )
    if not services.find_chromium():
        missing.append("the browser tests: chromium is not installed")
    return _report(results, missing)


def _environment(folder: str) -> dict[str, str]:
    """The caller's, less what would point the tests at a real desk."""
    kept = {name: value for name, value in os.environ.items() if name not in PRODUCTION}
    return kept | {"VAR_DIR": folder, "PYTHONUNBUFFERED": "1"}


@contextmanager
def _servers(missing: list[str]) -> Iterator[dict[str, str]]:
    programs, redis = services.find_postgres(), services.find_redis()
    if programs is None:
        missing.append("PostgreSQL 15 or later is not installed")
    if redis is None:
        missing.append("Redis is not installed")
    with ExitStack() as stack:
        if programs is None or redis is None:
            yield {}
            return
        # What is lost in a crash of the machine does not matter to a test.
        database = stack.enter_context(services.postgres(programs, "fsync=off"))
        server = stack.enter_context(services.redis(redis))
        yield {
            "DATABASE_URL": database.url,
            "REDIS_URL": f"{server}/0",
            "CELERY_BROKER_URL": f"{server}/1",
        }


def _pytest(arguments: list[str], environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "-q", *arguments, *sys.argv[1:]]
    code = subprocess.run(command, env=environment, check=False).returncode
    return 0 if code == NOTHING_SELECTED else code


def _report(results: dict[str, int], missing: list[str]) -> int:
    for name, code in results.items():
        print(f"{'passed' if code == 0 else 'FAILED'}: {name}")  # noqa: T201
    for what in missing:
        print(f"not run: {what}")  # noqa: T201
    failed = any(results.values()) or (bool(missing) and os.environ.get("REQUIRE_ALL") == "1")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
