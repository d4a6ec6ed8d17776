"""Web, worker, database and Redis are killed at random while customers write and agents answer.

Afterwards nothing is lost, nothing doubled, and the order of each conversation is kept.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import services
from tests.browsing import AgentAtWork
from tests.desk import Desk, open_desk, wait_for

pytestmark = pytest.mark.processes
CUSTOMERS = 8
SAME_SECOND = 1.1
KILLS = 2  # of each
MANY_QUESTIONS, MANY_ANSWERS = 60, 24
SECONDS_AT_MOST = 300
WRITING_PAUSE, ANSWERING_PAUSE = 0.08, 0.6

# What is in the database, as plain JSON.
STORED = """
import json
from inbox.models import Message
rows = Message.objects.exclude(direction="internal").order_by("conversation", "at", "id")
print(json.dumps([
    [m.direction, m.wamid, m.body, m.status, m.contact] for m in
    rows.extra(select={"contact": "conversation_id"})
]))
"""
CONVERSATIONS = """
import json
from inbox.models import Conversation
print(json.dumps([[c.contact.phone, str(c.code)] for c in
    Conversation.objects.select_related("contact")]))
"""
LEFT_TO_DO = """
import json
from inbox.models import Message, Webhook
print(json.dumps([
    Webhook.objects.filter(processed_at=None).count(),
    Message.objects.filter(status__in=["queued", "sending"]).count(),
]))
"""
# A message whose worker died is in doubt after 90 seconds; the test does not wait for them.
TIME_PASSES = """
from django.utils import timezone
from inbox.models import Message
Message.objects.filter(status="sending").update(due_at=timezone.now())
"""


class Story:
    """Customers and agents who keep talking until told to stop."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.random = random.Random(seed)
        self.ends = threading.Event()
        self.people = [
            desk.whatsapp.person(name=f"Customer {n}", language="de") for n in range(CUSTOMERS)
        ]
        self.written: dict[str, float] = {}  # wamid → when
        self.answered: dict[str, list[str]] = defaultdict(list)  # conversation → bodies

    def write(self) -> None:
        while not self.ends.wait(WRITING_PAUSE):
            person = self.random.choice(self.people)
            self.say(person, f"question {len(self.written)}")

    def say(self, person: dict[str, Any], text: str) -> None:
        self.written[self.desk.whatsapp.says(person, text)] = time.time()

    def is_long_enough(self) -> bool:
        answers = sum(map(len, self.answered.values()))
        return len(self.written) >= MANY_QUESTIONS and answers >= MANY_ANSWERS

    def answer(self, agent: AgentAtWork, conversations: list[str]) -> None:
        turn = 0
        while not self.ends.wait(ANSWERING_PAUSE):
            conversation = conversations[turn % len(conversations)]
            body = f"answer {turn} in {conversation}"
            if self._send(agent, conversation, body):
                self.answered[conversation].append(body)
            turn += 1

    def _send(self, agent: AgentAtWork, conversation: str, body: str) -> bool:
        """Try until the desk took it, with the same key, as the composer does."""
        key = uuid.uuid4()
        while not self.ends.is_set():
            with suppress(httpx.HTTPError):
                if agent.reply(conversation, body, key).is_success:
                    return True
            time.sleep(0.2)
        return False


Server = services.Postgres | services.Redis


@contextmanager
def own_servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Server]]:
    """PostgreSQL and Redis that may be killed, where the tests run on them; else none."""
    servers: dict[str, Server] = {}
    postgres, redis = services.find_postgres(), services.find_redis()
    with ExitStack() as stack:
        if "DATABASE_URL" in os.environ and postgres:
            servers["database"] = stack.enter_context(services.postgres(postgres))
            monkeypatch.setenv("DATABASE_URL", servers["database"].url)
        if "REDIS_URL" in os.environ and redis:
            servers["redis"] = stack.enter_context(services.redis_server(redis))
            for name in ("REDIS_URL", "CELERY_BROKER_URL"):
                monkeypatch.setenv(name, f"{servers['redis'].url}/0")
        yield servers


def test_nothing_is_lost_doubled_or_out_of_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_servers(monkeypatch) as servers, open_desk(tmp_path) as desk:
        desk.whatsapp.rules(ladder="sent:0,delivered:300", pair_limit=False)
        desk.whatsapp.webhooks(retry_ms=200, retry_factor=1.5, retry_max_ms=1500)
        story = Story(desk, seed=20261121)
        conversations = _first_words(story)

        _play(story, conversations, servers)

        _calm_down(desk)
        stored = json.loads(desk.run_python(STORED))
        _assert_every_question_is_stored_once(story, stored)
        _assert_every_answer_left_once_in_order(story, stored)


def _first_words(story: Story) -> list[str]:
    """Everybody says hello, so that each has a conversation."""
    for person in story.people:
        story.say(person, "hello")

    def all_there() -> list[list[str]] | None:
        found: list[list[str]] = json.loads(story.desk.run_python(CONVERSATIONS))
        return found if len(found) == CUSTOMERS else None

    return [code for _, code in wait_for(all_there, "each customer has a conversation")]


def _play(story: Story, conversations: list[str], servers: dict[str, Server]) -> None:
    half = len(conversations) // 2
    with AgentAtWork(story.desk, "Anna") as anna, AgentAtWork(story.desk, "Jana") as jana:
        threads = [
            threading.Thread(target=story.write),
            threading.Thread(target=story.answer, args=(anna, conversations[:half])),
            threading.Thread(target=story.answer, args=(jana, conversations[half:])),
        ]
        for thread in threads:
            thread.start()
        try:
            _kill_at_random(story, servers)
        finally:
            story.ends.set()
            for thread in threads:
                thread.join()


def _kill_at_random(story: Story, servers: dict[str, Server]) -> None:
    victims = ["web", "worker", *servers]
    killed = Counter(dict.fromkeys(victims, 0))
    end = time.monotonic() + SECONDS_AT_MOST
    while min(killed.values()) < KILLS or not story.is_long_enough():
        assert time.monotonic() < end, f"too slow: {killed}, {len(story.written)} questions"
        time.sleep(story.random.uniform(1.0, 3.0))
        victim = min(victims, key=lambda name: (killed[name], story.random.random()))
        killed[victim] += 1
        if server := servers.get(victim):
            server.kill()
            time.sleep(0.5)
            server.start()
        else:
            story.desk.kill(victim)
            time.sleep(story.random.uniform(0, 0.5))
            story.desk.start(victim)


def _calm_down(desk: Desk) -> None:
    assert desk.whatsapp.settle(timeout=120)
    desk.run_python(TIME_PASSES)

    def nothing_left() -> bool:
        return bool(json.loads(desk.run_python(LEFT_TO_DO)) == [0, 0])

    wait_for(nothing_left, "everything is worked through", seconds=90)


def _assert_every_question_is_stored_once(story: Story, stored: list[list[Any]]) -> None:
    incoming = [(conversation, wamid) for way, wamid, *_, conversation in stored if way == "in"]

    assert Counter(wamid for _, wamid in incoming) == Counter(list(story.written))
    for (one, earlier), (other, later) in pairwise(incoming):
        if one == other:
            # WhatsApp's clock shows whole seconds, and promises no order within them.
            assert story.written[earlier] < story.written[later] + SAME_SECOND


def _assert_every_answer_left_once_in_order(story: Story, stored: list[list[Any]]) -> None:
    status = {body: status for direction, _, body, status, _ in stored if direction == "out"}
    arrived = [message["text"] for message in story.desk.whatsapp.sent(type="text", limit=1000)]

    assert max(Counter(arrived).values()) == 1, "a customer was written to twice"
    for conversation, bodies in story.answered.items():
        lost = [b for b in bodies if b not in arrived and status.get(b) != "uncertain"]
        assert not lost
        assert [b for b in arrived if b.endswith(conversation)] == [
            b for b in bodies if b in arrived
        ]
