"""Posts updates to the desk, in lanes: one per callback address."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field

from simulator.clock import Clock
from simulator.ids import Ids
from simulator.webhooks.behaviour import Behaviour
from simulator.webhooks.deliveries import Delivery, DeliveryLog, Target
from simulator.webhooks.post import Http, NoAnswer
from simulator.webhooks.updates import MAX_BYTES, MAX_UPDATES, Update, encode, signature

Heard = Callable[[Sequence[str]], None]


@dataclass(slots=True)
class _Lane:
    target: Target
    waiting: deque[Update] = field(default_factory=deque)
    in_flight: int = 0
    runner: asyncio.Task[None] | None = None


class Sender:
    """``heard`` is called with the ids of the customers' messages once they were delivered."""

    def __init__(self, behaviour: Behaviour, clock: Clock, ids: Ids, *, heard: Heard) -> None:
        self.behaviour, self._clock, self._ids, self._heard = behaviour, clock, ids, heard
        self.log = DeliveryLog()
        self.http = Http()
        self._lanes: dict[Target, _Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._retrying = 0
        self._closed = False

    # --- handing in

    def enqueue(self, target: Target, update: Update) -> None:
        lane = self._lanes.setdefault(target, _Lane(target))
        lane.waiting.append(update)
        self._run(lane)

    def resume(self) -> None:
        for lane in self._lanes.values():
            self._run(lane)

    def waiting(self) -> list[Update]:
        return [update for lane in self._lanes.values() for update in lane.waiting]

    def is_idle(self, *, retries_too: bool = True) -> bool:
        if retries_too and self._retrying:
            return False
        held = self.behaviour.paused
        return all(
            not lane.in_flight and (held or not lane.waiting) for lane in self._lanes.values()
        )

    # --- lanes

    def _run(self, lane: _Lane) -> None:
        if self._closed or self.behaviour.paused:
            return
        if lane.runner is None or lane.runner.done():
            lane.runner = self.spawn(self._empty(lane))

    async def _empty(self, lane: _Lane) -> None:
        while lane.waiting and not self.behaviour.paused:
            if lane.in_flight >= max(1, self.behaviour.concurrency):
                return  # the next post to finish starts the runner again
            if self.behaviour.batch_wait_ms and len(lane.waiting) < self.behaviour.batch_size:
                await asyncio.sleep(self.behaviour.batch_wait_ms / 1000)
            batch = self._next_batch(lane)
            lane.in_flight += 1
            self.spawn(self._carry(lane, batch))

    def _next_batch(self, lane: _Lane) -> list[Update]:
        if self.behaviour.reorder > 1:
            head = [lane.waiting.popleft() for _ in range(self._reach(lane))]
            self._ids.chance.shuffle(head)
            lane.waiting.extendleft(reversed(head))
        batch, size = [lane.waiting.popleft()], 200
        size += batch[0].size
        limit = min(self.behaviour.batch_size, MAX_UPDATES)
        while lane.waiting and len(batch) < limit:
            if size + lane.waiting[0].size > MAX_BYTES:
                break
            size += lane.waiting[0].size
            batch.append(lane.waiting.popleft())
        return batch

    def _reach(self, lane: _Lane) -> int:
        return min(len(lane.waiting), self.behaviour.reorder)

    async def _carry(self, lane: _Lane, batch: Sequence[Update]) -> None:
        try:
            if self.behaviour.delay_ms:
                await asyncio.sleep(self.behaviour.delay_ms / 1000)
            delivery = self.prepare(lane.target, batch)
            await self.deliver(delivery)
            if self._wants_duplicate(delivery):
                await self.attempt(delivery)
        finally:
            lane.in_flight -= 1
            self._run(lane)

    def _wants_duplicate(self, delivery: Delivery) -> bool:
        every = self.behaviour.duplicate_every
        return self.behaviour.take("duplicate_next") or bool(every and not delivery.id % every)

    # --- one post

    def prepare(self, target: Target, batch: Sequence[Update]) -> Delivery:
        shape, escape = self.behaviour.shape, self.behaviour.escape
        ids = tuple(update.message_id for update in batch if update.message_id)
        body = encode(batch, shape=shape, escape=escape)
        return self.prepare_raw(target, body, updates=len(batch), ids=ids)

    def prepare_raw(
        self, target: Target, body: bytes, *, updates: int = 1, ids: tuple[str, ...] = ()
    ) -> Delivery:
        return self.log.open(target, body, updates=updates, ids=ids, now=self._clock.now())

    async def deliver(self, delivery: Delivery) -> None:
        """Post once; if that fails, keep trying in the background."""
        if not await self.attempt(delivery):
            delivery.state = "retrying"
            self._retrying += 1
            self.spawn(self._keep_trying(delivery))

    async def _keep_trying(self, delivery: Delivery) -> None:
        attempt, waited = 2, 0.0
        try:
            while waited <= self.behaviour.retry_for_s:
                pause = self.behaviour.wait_before(attempt)
                await asyncio.sleep(pause)
                waited += pause
                if await self.attempt(delivery):
                    return
                attempt += 1
            delivery.state = "given_up"
        finally:
            self._retrying -= 1

    async def attempt(self, delivery: Delivery) -> bool:
        """Post once; say whether it was heard."""
        started = time.perf_counter()
        result = await self._post(delivery)
        took = round((time.perf_counter() - started) * 1000, 1)
        delivery.attempts.append({"at": self._clock.now(), "result": result, "ms": took})
        del delivery.attempts[:-50]
        if result != 200:
            self.log.failed_attempts += 1
            return False
        delivery.state = "delivered"
        self.log.delivered += 1
        self._heard(delivery.message_ids)
        return True

    async def _post(self, delivery: Delivery) -> int | str:
        if self.behaviour.take("drop_next"):
            return "dropped"
        headers = {"Content-Type": "application/json", "User-Agent": "facebookexternalua"}
        if (signed := self._sign(delivery)) is not None:
            headers["X-Hub-Signature-256"] = signed
        timeout = self.behaviour.timeout_ms / 1000
        url, body = delivery.target.url, delivery.body
        try:
            answer = await self.http.request(
                "POST", url, body=body, headers=headers, timeout=timeout
            )
        except NoAnswer as error:
            return str(error)
        return answer.status

    def _sign(self, delivery: Delivery) -> str | None:
        if self.behaviour.take("no_signature_next"):
            return None
        every = self.behaviour.wrong_signature_every
        wrong = self.behaviour.take("wrong_signature_next")
        if wrong or (every and not delivery.id % every and not delivery.attempts):
            return signature("not-" + delivery.target.secret, delivery.body)
        return signature(delivery.target.secret, delivery.body)

    # --- tasks

    def spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def close(self) -> None:
        self._closed = True
        for task in list(self._tasks):
            task.cancel()
        self._lanes.clear()
        self.http.close()
