"""Everything that exists in the simulator, and the road from a happening to the desk."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from simulator.accounts import Account, App, Number, Token
from simulator.bus import Bus
from simulator.clock import Clock
from simulator.faults import Faults
from simulator.ids import Ids
from simulator.media import MediaStore
from simulator.messages import Message, Messages
from simulator.options import Options
from simulator.people import People, Person
from simulator.rules import Rules, parse_ladder
from simulator.shapes import Json
from simulator.templates import Template
from simulator.webhooks.behaviour import Behaviour
from simulator.webhooks.deliveries import Target
from simulator.webhooks.sender import Sender
from simulator.webhooks.updates import Update

_TEMPLATES = Path(__file__).parent / "data" / "templates.json"


@dataclass(slots=True)
class Upload:
    """A resumable upload on its way."""

    id: str
    file_name: str
    mime_type: str
    length: int
    content: bytes = b""


class World:
    def __init__(self, options: Options, bus: Bus) -> None:
        self.options, self.bus = options, bus
        self.public_url = options.public_url or f"http://{options.host}:{options.port}"
        self.clock = Clock()
        self.ids = Ids(int(options.seed) if options.seed else None)
        self.rules = Rules(ladder=parse_ladder(options.ladder))
        self.behaviour = Behaviour()
        self.people = People()
        self.messages = Messages(options.keep)
        self.media = MediaStore(self.clock, self.ids)
        self.faults = Faults()
        self.apps: dict[str, App] = {}
        self.accounts: dict[str, Account] = {}
        self.numbers: dict[str, Number] = {}
        self.tokens: dict[str, Token] = {}
        self.templates: dict[str, Template] = {}
        self.uploads: dict[str, Upload] = {}
        self.header_handles: dict[str, str] = {}  # of finished uploads → media id
        self.recently_sent: dict[str, deque[float]] = {}
        self.pair_debt: dict[str, float] = {}
        self.burst: Callable[[], Json] | None = None  # how the latest burst went
        self.climbing = 0  # messages whose statuses are still to come
        self.sender = Sender(self.behaviour, self.clock, self.ids, heard=self._heard)
        self._furnish()

    def _furnish(self) -> None:
        """The demo number, its account with templates, its app and its token."""
        o = self.options
        self.apps[o.app_id] = App(o.app_id, o.app_secret, o.verify_token, o.desk_webhook)
        self.accounts[o.waba_id] = Account(o.waba_id, apps={o.app_id: ""})
        self.numbers[o.phone_number_id] = Number(o.phone_number_id, o.waba_id, o.display_number)
        self.tokens[o.token] = Token(o.token, o.app_id)
        self.add_templates(o.waba_id)

    def add_templates(self, account_id: str) -> None:
        for data in json.loads(_TEMPLATES.read_text(encoding="utf-8")):
            template = Template(id=self.ids.digits(16), account_id=account_id, **data)
            self.templates[template.id] = template

    def default_number(self) -> Number:
        return next(iter(self.numbers.values()))

    def number_for(self, person: Person) -> Number:
        return self.numbers.get(person.number_id) or self.default_number()

    def meet(
        self, *, name: str = "", phone: str = "", user_id: str = "", language: str = "de"
    ) -> Person:
        """A new person. Their identities must be free."""
        country = "DE" if language == "de" else "GB"
        person = Person(
            id=f"p{self.ids.digits(10)}",
            name=name or (f"+{phone}" if phone else "WhatsApp"),
            user_id=user_id or self.ids.bsuid(country),
            phone=phone,
            language=language,
        )
        self.people.add(person)
        self.bus.publish("person", person=person.id)
        return person

    # --- to the desk

    def targets(self, update: Update) -> list[Target]:
        """Every subscribed app; overrides count phone number before account before app."""
        account = self.accounts.get(update.account_id)
        number = self.numbers.get(update.number_id)
        found = []
        for app_id, override in (account.apps if account else {}).items():
            app = self.apps.get(app_id)
            if app is None or not app.wants(update.field):
                continue
            chain = (number.callback_url if number else "", override)
            url = next(filter(None, chain), "") if _may_be_overridden(update.field) else ""
            if url or app.callback_url:
                found.append(Target(url or app.callback_url, app.id, app.secret))
        return found

    def tell(self, update: Update) -> None:
        for target in self.targets(update):
            self.sender.enqueue(target, update)

    async def tell_at_once(self, update: Update) -> None:
        """Deliver now, ahead of everything that waits, and only then go on."""
        for target in self.targets(update):
            await self.sender.deliver(self.sender.prepare(target, [update]))

    def tell_value(self, number: Number, field: str, **value: object) -> None:
        """An update of a field that carries the number's metadata."""
        metadata = {"display_phone_number": number.digits, "phone_number_id": number.id}
        body: Json = {"messaging_product": "whatsapp", "metadata": metadata, **value}
        self.tell(Update.of(number.account_id, field, body, number_id=number.id))

    def tell_account(self, account_id: str, field: str, **value: object) -> None:
        """An update of an account-level field: these carry a time and no metadata."""
        self.tell(Update.of(account_id, field, dict(value), time=self.clock.seconds()))

    def _heard(self, message_ids: object) -> None:
        for message_id in message_ids if isinstance(message_ids, tuple) else ():
            message = self.messages.get(message_id)
            if message and not message.outgoing and "delivered" not in message.statuses:
                message.statuses["delivered"] = self.clock.now()
                self.show(message)

    def show(self, message: Message) -> None:
        """Have open phones draw this message again."""
        self.bus.publish("message", person=message.person_id, message=message.id)

    def is_idle(self, *, retries_too: bool = True) -> bool:
        return not self.climbing and self.sender.is_idle(retries_too=retries_too)

    def close(self) -> None:
        self.sender.close()
        self.media.close()


def _may_be_overridden(field: str) -> bool:
    return field in ("messages", "calls", "messaging_handovers") or field.startswith(
        ("smb_", "group_")
    )
