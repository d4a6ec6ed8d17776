"""The demo's customers: they write, answer, read and react by themselves, calmly and for ever.

Who they are and what they say lies in ``data/crowd.json``. Somebody whose telephone is used
by hand is left alone from then on.
"""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass, field
from pathlib import Path

from simulator import inbound, statuses
from simulator.graph.handshake import shake_hands
from simulator.kinds import said_from
from simulator.messages import Message
from simulator.people import Person
from simulator.press import PRESSED, choices, pressed
from simulator.shapes import Json
from simulator.world import World

_DATA = Path(__file__).parent / "data" / "crowd.json"
LONGEST = 3900


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between things. Tests divide them all by one number."""

    hurry: float = 1.0
    between: tuple[float, float] = (20, 40)
    reading: tuple[float, float] = (2, 6)
    typing: tuple[float, float] = (4, 11)
    next_part: tuple[float, float] = (2, 4)
    # Answers that come quicker than this are machines greeting, and are not answered.
    machine: float = 5.0


@dataclass(slots=True)
class Role:
    """What one person still has to say."""

    person: Person
    opening: list[Json]
    answers: list[list[Json]]
    thanked: int = 0
    wrote_at: float = 0.0
    writing: asyncio.Task[None] | None = field(default=None, repr=False)
    reacting: asyncio.Task[None] | None = field(default=None, repr=False)

    def stop(self) -> None:
        for task in (self.writing, self.reacting):
            if task:
                task.cancel()

    @property
    def is_busy(self) -> bool:
        return any(task and not task.done() for task in (self.writing, self.reacting))


class Crowd:
    def __init__(self, world: World, pace: Pace | None = None) -> None:
        self.world, self.pace = world, pace or Pace()
        self.cast = json.loads(_DATA.read_text(encoding="utf-8"))
        self.chance = random.Random(world.options.seed or None)
        self.roles: dict[str, Role] = {}
        self._waiting = [person["key"] for person in self.cast["people"]]
        self._turns = 0

    def busy(self) -> list[str]:
        """Ids of those who are about to do something."""
        return [role.person.id for role in self.roles.values() if role.is_busy]

    async def run(self) -> None:
        """Until cancelled. Begins once the desk answers."""
        await self._desk_is_there()
        with self.world.bus.listening() as queue:
            writing = asyncio.create_task(self._write())
            try:
                while True:
                    self._hear(await queue.get())
            finally:
                writing.cancel()
                for role in self.roles.values():
                    role.stop()

    async def _desk_is_there(self) -> None:
        app = next(iter(self.world.apps.values()))
        while (await shake_hands(self.world, app.callback_url, app.verify_token))[
            "status"
        ] not in (200, 403):
            await self._pause((0.5, 0.5))

    async def _pause(self, between: tuple[float, float]) -> None:
        await asyncio.sleep(self.chance.uniform(*between) / self.pace.hurry)

    # --- writing first

    async def _write(self) -> None:
        passed = 0.0
        for moment, key in self.cast["first_minute"]:
            await self._pause((moment - passed, moment - passed))
            passed = moment
            self._waiting.remove(key)
            self._begin(self._scripted(key))
        while True:
            await self._pause(self.pace.between)
            self._begin(self._next_role())

    def _next_role(self) -> Role:
        """First everybody with a story of their own, then the others, round and round."""
        if self._waiting:
            return self._scripted(self._waiting.pop(0))
        return self._passer_by()

    def _begin(self, role: Role) -> None:
        if known := self.roles.get(role.person.id):
            known.stop()
        self.roles[role.person.id] = role
        if role.person.by_crowd:
            role.writing = asyncio.create_task(self._say_all(role, role.opening))

    def _scripted(self, key: str) -> Role:
        script = next(person for person in self.cast["people"] if person["key"] == key)
        person = self._meet(script)
        opening = [self._lengthened(part) for part in script["opening"]]
        return Role(person, opening, list(script["answers"]))

    def _lengthened(self, part: Json) -> Json:
        text = str(part.get("text", ""))
        if "{long}" not in text:
            return part
        room = LONGEST - len(text)
        filler = (self.cast["long"] * (room // len(self.cast["long"]) + 1))[:room]
        return {**part, "text": text.replace("{long}", filler)}

    def _passer_by(self) -> Role:
        language = "de" if self._turns % 3 else "en"
        names, topics = self.cast["names"][language], self.cast["topics"][language]
        place = self._turns % len(names)
        topic = topics[self._turns % len(topics)]
        self._turns += 1
        prefix = "49171392005" if language == "de" else "44770090020"
        script = {"name": names[place], "phone": f"{prefix}{place:02d}", "language": language}
        opening = [{**part, "seed": self._turns} for part in topic["opening"]]
        return Role(self._meet(script), opening, list(topic["answers"]))

    def _meet(self, script: Json) -> Person:
        world, phone = self.world, str(script.get("phone", ""))
        username = str(script.get("username", ""))
        known = world.people.by_phone(phone) if phone else world.people.find(username)
        if known:
            return known
        person = world.meet(name=script["name"], phone=phone, language=script["language"])
        person.username, person.hides_phone = username, bool(script.get("bsuid_only"))
        person.by_crowd = True
        return person

    # --- saying

    async def _say_all(self, role: Role, parts: list[Json]) -> None:
        for position, part in enumerate(parts):
            if position:
                await self._pause(self.pace.next_part)
            if not role.person.by_crowd:
                return
            self._say(role, part)

    def _say(self, role: Role, part: Json) -> None:
        person, number = role.person, self.world.number_for(role.person)
        said = said_from(self.world, person, number, dict(part))
        inbound.say(self.world, person, number, said)
        role.wrote_at = self.world.clock.now()

    # --- hearing

    def _hear(self, news: Json) -> None:
        role = self.roles.get(str(news.get("person", "")))
        message = self.world.messages.get(str(news.get("message", "")))
        if role is None or message is None or not role.person.by_crowd:
            return
        fresh = message.outgoing and message.status == "delivered"
        if fresh and message.type != "reaction":
            if role.reacting:
                role.reacting.cancel()
            role.reacting = asyncio.create_task(self._react(role, message))

    async def _react(self, role: Role, message: Message) -> None:
        await self._pause(self.pace.reading)
        statuses.read_all(self.world, role.person)
        if message.at - role.wrote_at < self.pace.machine / self.pace.hurry:
            return
        await self._pause(self.pace.typing)
        if not role.person.by_crowd:
            return
        offered = [choice for choice in choices(message) if choice.kind in PRESSED]
        if offered:
            self._say(role, pressed(message, self.chance.choice(offered).id))
        else:
            await self._say_all(role, self._answer(role, message))

    def _answer(self, role: Role, message: Message) -> list[Json]:
        asked = str(message.content.get("type", ""))
        if asked == "location_request_message":
            return [{"type": "location"}]
        if asked == "request_contact_info" and role.person.phone:
            return [{"type": "share_phone"}]
        if role.answers:
            parts = role.answers.pop(0)
            return [self._aimed(part, message) for part in parts]
        role.thanked += 1
        if role.thanked == 1:
            return [{"text": self.chance.choice(self.cast["thanks"][role.person.language])}]
        if role.thanked == 2:
            return [self._aimed({"reaction": "👍"}, message)]
        return []  # enough said

    def _aimed(self, part: Json, message: Message) -> Json:
        return {**part, "message": message.id} if "reaction" in part else part
