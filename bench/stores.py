"""Seeded databases: made when needed, kept when asked, copied so that each run starts fresh."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import postgres
from tests.services import find_redis, redis

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "bench" / "seeded"
SEEDING = ("loading", "seeder", "cases", "chatter", "texts", "words", "searchable")
Environment = dict[str, str]


@dataclass(frozen=True, slots=True)
class Size:
    conversations: int
    messages: int

    def __str__(self) -> str:
        return f"{self.conversations}-{self.messages}"


@contextmanager
def house(engine: str, size: Size, *, keep: bool) -> Iterator[Environment]:
    """A folder with a seeded database and the servers it needs; yields their environment."""
    with tempfile.TemporaryDirectory(prefix="supportdesk-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o711)  # PostgreSQL runs as somebody else
        kept = KEPT / f"{engine}-{size}-{_fingerprint()}"
        if kept.exists():
            _copy(kept, folder)
        else:
            _seed(engine, size, folder)
            if keep:
                _forget(f"{engine}-{size}-*")
                _copy(folder, kept)
        yield stack.enter_context(_serving(engine, folder))


def _seed(engine: str, size: Size, folder: Path) -> None:
    with ExitStack() as stack:
        environment = os.environ | stack.enter_context(_serving(engine, folder))
        print(f"Seeding {engine} with {size.messages:,} messages ...", flush=True)
        started = time.monotonic()
        _run(["manage.py", "migrate", "--verbosity", "0"], environment)
        _run(["manage.py", "collectstatic", "--noinput", "--verbosity", "0"], environment)
        numbers = [str(size.conversations), "--messages", str(size.messages)]
        _run(["-m", "bench.seeder", "--conversations", *numbers], environment)
        print(f"... took {time.monotonic() - started:.0f} s", flush=True)


@contextmanager
def _serving(engine: str, folder: Path) -> Iterator[Environment]:
    environment = {
        "DJANGO_SETTINGS_MODULE": "supportdesk.settings",
        "VAR_DIR": str(folder / "desk"),
        "DATABASE_URL": f"sqlite:///{folder}/desk/desk.sqlite3",
        "REDIS_URL": "",
        "CELERY_BROKER_URL": "filesystem://",
    }
    if engine == "sqlite":
        (folder / "desk").mkdir(exist_ok=True)
        yield environment
        return
    program = find_redis()
    if program is None:
        raise SystemExit("There is no Redis here: apt-get install redis-server")
    with postgres.cluster(folder / "postgres") as url, redis(program) as redis_url:
        environment["DATABASE_URL"] = url
        environment["REDIS_URL"] = f"{redis_url}/0"
        environment["CELERY_BROKER_URL"] = f"{redis_url}/1"
        yield environment


def _run(command: list[str], environment: Environment) -> None:
    subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True)


def _copy(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", "--reflink=auto", f"{source}/.", str(target)], check=True)


def _fingerprint() -> str:
    """Changes with the tables and with what the seeder makes of them."""
    files = [ROOT / "bench" / f"{name}.py" for name in SEEDING]
    for app in ("inbox", "consent"):
        files += sorted((ROOT / app / "migrations").glob("*.py"))
    files += sorted((ROOT / "inbox" / "search").glob("*.py"))
    content = b"".join(file.read_bytes() for file in files)
    return hashlib.sha256(content).hexdigest()[:10]


def _forget(pattern: str) -> None:
    """Seeded databases of an earlier fingerprint are of no use any more."""
    for folder in KEPT.glob(pattern):
        shutil.rmtree(folder)
