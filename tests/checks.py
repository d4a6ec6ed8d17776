"""Everything but the tests: ``python -m tests.checks`` (``make check``)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
# A made-up production, in which Django's own checks must find nothing.
DEPLOYED = {
    "SECRET_KEY": "made-up-for-the-check-" + "x7" * 30,
    "ENCRYPTION_KEYS": "made-up-for-the-check-" + "k4" * 20,
    "ALLOWED_HOSTS": "desk.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://desk.example.org",
    "PUBLIC_URL": "https://desk.example.org",
    "DATABASE_URL": "postgres://desk@127.0.0.1/desk",
    "REDIS_URL": "redis://127.0.0.1/0",
    "CELERY_BROKER_URL": "redis://127.0.0.1/1",
    "EMAIL_URL": "smtp+tls://desk@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "Supportdesk <desk@example.org>",
    "TRUSTED_PROXIES": "1",
}


def main() -> int:
    templates = [str(path) for path in sorted(Path("templates").rglob("*.html"))]
    checks: dict[str, tuple[list[str], dict[str, str]]] = {
        "format": ([f"{BIN}/ruff", "format", "--check", "."], {}),
        "lint": ([f"{BIN}/ruff", "check", "."], {}),
        "types": ([f"{BIN}/mypy", "."], {}),
        "doors between the rooms": ([f"{BIN}/lint-imports", "--no-cache"], {}),
        "templates": (
            [f"{BIN}/djade", "--check", "--target-version", "5.2", *templates],
            {},
        ),
        "migrations": ([*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
        "deployment": (
            [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
            DEPLOYED,
        ),
        "translations": ([sys.executable, "-m", "tests.translations"], {}),
    }
    with tempfile.TemporaryDirectory(prefix="supportdesk-checks-") as folder:
        failed = [
            name
            for name, (command, extra) in checks.items()
            if not _passes(name, command, extra | {"VAR_DIR": folder})
        ]
    print(f"{len(checks) - len(failed)} passed, {len(failed)} failed")  # noqa: T201
    return 1 if failed else 0


def _passes(name: str, command: list[str], extra: dict[str, str]) -> bool:
    done = subprocess.run(
        command, env=os.environ | extra, capture_output=True, text=True, check=False
    )
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name}", flush=True)  # noqa: T201
    if done.returncode != 0:
        print(done.stdout[-12000:] + done.stderr[-12000:], flush=True)  # noqa: T201
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
