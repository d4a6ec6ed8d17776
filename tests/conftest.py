"""Fixtures that every test may use. Nothing here reaches outside this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, sync_playwright
from pytest_django import Settings

from inbox import events, nudges
from inbox.models import Agent
from tests import factories, services

if django_settings.REDIS_URL:
    # Workers run side by side on one Redis: a database for each.
    _worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    _url = f"{django_settings.REDIS_URL.rpartition('/')[0]}/{10 + _worker}"
    django_settings.REDIS_URL = django_settings.CACHES["default"]["LOCATION"] = _url


@pytest.fixture(autouse=True)
def _own_rooms(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Media and broker in a folder of the test's own; plain static names; an empty cache."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def nudged(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What was handed to Celery: ("carry", channel id), …; nothing is run."""
    calls: list[tuple[Any, ...]] = []

    def remember(task: Any, *args: Any) -> None:
        calls.append((task.name.rpartition(".")[2], *args))

    monkeypatch.setattr(nudges, "now", remember)
    return calls


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[events.HintBody]:
    """The hints that were published."""
    hints: list[events.HintBody] = []
    monkeypatch.setattr(events, "publish", lambda *bodies: hints.extend(bodies))
    return hints


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, one for all: Playwright cannot be started twice in a process."""
    program = services.find_chromium()
    if program is None:
        pytest.skip("chromium is not installed")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def agent(db: None) -> Agent:
    return factories.make_agent("Anna Keller")


@pytest.fixture
def colleague(db: None) -> Agent:
    return factories.make_agent("Jana Meier")


@pytest.fixture
def lead(db: None) -> Agent:
    return factories.make_agent("Tobias Brandt", role="lead")


@pytest.fixture
def admin(db: None) -> Agent:
    return factories.make_agent("Adele Minck", role="admin")


def _signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent, backend="inbox.backends.AgentBackend")
    return client


@pytest.fixture
def agent_client(agent: Agent) -> Client:
    return _signed_in(agent)


@pytest.fixture
def colleague_client(colleague: Agent) -> Client:
    return _signed_in(colleague)


@pytest.fixture
def lead_client(lead: Agent) -> Client:
    return _signed_in(lead)


@pytest.fixture
def admin_client(admin: Agent) -> Client:
    return _signed_in(admin)
