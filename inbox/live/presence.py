"""Who looks at and who writes in a conversation, for as long as their browser keeps saying so.

Only numbers of agents are kept, for 45 seconds: in Redis where there is one, else in this
process (without Redis there is one web process). Never in the database.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Mapping
from functools import cache

import redis
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from inbox import events
from inbox.live import hub

LIFETIME_SECONDS = 45
# Conversations that nobody looks at any more are thrown out when this many are remembered.
MOST_REMEMBERED = 2000

logger = logging.getLogger(__name__)


class State(models.TextChoices):
    VIEWING = "viewing", _("looks at it")
    WRITING = "writing", _("writes")
    IDLE = "idle", _("is elsewhere")


def note(code: str, agent_id: int, state: State) -> None:
    """Remember what this agent does, and tell the others in the conversation."""
    try:
        _note(code, agent_id, state)
    except redis.RedisError:
        # A courtesy between colleagues; the next is said in 20 seconds.
        logger.warning("presence could not be noted")


def _note(code: str, agent_id: int, state: State) -> None:
    people = _store().note(code, agent_id, state)
    if not people.keys() - {agent_id}:
        return  # alone: nobody to tell
    hint = json.dumps(
        {
            "kind": "presence",
            "code": code,
            "viewing": [pk for pk, what in people.items() if what == State.VIEWING],
            "writing": [pk for pk, what in people.items() if what == State.WRITING],
        }
    )
    _store().tell(hint)


class LocalStore:
    """In this process, for a desk of one web process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._people: dict[str, dict[int, tuple[str, float]]] = {}

    def note(self, code: str, agent_id: int, state: State) -> dict[int, str]:
        now = time.time()
        with self._lock:
            if len(self._people) >= MOST_REMEMBERED:
                self._people = {c: p for c, p in self._people.items() if _alive(p, now)}
            people = self._people.setdefault(code, {})
            people[agent_id] = (state, now + LIFETIME_SECONDS)
            if state == State.IDLE:
                del people[agent_id]
            if not people:
                del self._people[code]
            return _alive(people, now)

    def tell(self, hint: str) -> None:
        hub.say(hint)


class RedisStore:
    """Between the web processes: a hash per conversation, which forgets itself."""

    def __init__(self, url: str) -> None:
        self._client = redis.Redis.from_url(url, socket_timeout=2)

    def note(self, code: str, agent_id: int, state: State) -> dict[int, str]:
        key, now = f"supportdesk.presence.{code}", time.time()
        pipeline = self._client.pipeline()
        if state == State.IDLE:
            pipeline.hdel(key, str(agent_id))
        else:
            pipeline.hset(key, str(agent_id), f"{state} {now + LIFETIME_SECONDS}")
        pipeline.expire(key, LIFETIME_SECONDS)
        pipeline.hgetall(key)
        return _alive(_read(pipeline.execute()[-1]), now)

    def tell(self, hint: str) -> None:
        self._client.publish(events.TOPIC, hint)


def _read(stored: Mapping[bytes, bytes]) -> dict[int, tuple[str, float]]:
    people = {}
    for agent_id, value in stored.items():
        state, _space, until = value.decode().partition(" ")
        people[int(agent_id)] = (state, float(until))
    return people


def _alive(people: Mapping[int, tuple[str, float]], now: float) -> dict[int, str]:
    return {pk: state for pk, (state, until) in people.items() if until > now}


@cache
def _store() -> LocalStore | RedisStore:
    return RedisStore(settings.REDIS_URL) if settings.REDIS_URL else LocalStore()
