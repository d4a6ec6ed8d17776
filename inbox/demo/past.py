"""Turns scripts into weeks of conversations. Writes rows itself: actions happen now."""

from __future__ import annotations

import random
import uuid
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from consent import gate
from inbox import search
from inbox.actions import timeline
from inbox.demo import files
from inbox.demo.company import SAME_LABEL, Company
from inbox.demo.scripts import NAMES, SCRIPTS, Script
from inbox.models import Agent, Attachment, Contact, ContactIdentity, Conversation, Message
from inbox.models.conversation import END_OF_QUEUE

WEEKS = 5
# The last scripts end with an open question; they and the newest cases are still open.
OPEN_CASES = 26
KINDS = {"c": "text", "a": "text", "pic": "image", "pdf": "document", "voice": "voice"}


class Past:
    def __init__(self, company: Company, *, seed: int = 7) -> None:
        self.company = company
        self.random = random.Random(seed)  # noqa: S311 (a story)
        self.now = timezone.now()
        self.contacts = [self._contact(number, name) for number, name in enumerate(NAMES)]

    def write(self) -> None:
        """Three cases for each person: older ones closed, the newest of some still open."""
        search.index_contacts(self.contacts)
        for number, contact in enumerate(self.contacts):
            for past in (2, 1):
                start = self.now - timedelta(days=self.random.uniform(7 * past, 16 * past))
                self._case(
                    contact, self._script(number + 7 * past, contact), start, closed=True
                )
            if number < OPEN_CASES:
                ago = timedelta(minutes=6 + 34 * number + self.random.randint(0, 20))
                self._case(contact, self._script(number, contact), self.now - ago, closed=False)

    def _script(self, number: int, contact: Contact) -> Script:
        fitting = [script for script in SCRIPTS if script.language == contact.language]
        return fitting[number % len(fitting)]

    def _contact(self, number: int, name: str) -> Contact:
        known = "english" if name in {"Liam O'Connor", "David Cohen", "Kofi Mensah"} else ""
        language = "en" if known or number % 5 == 4 else "de"
        contact = Contact.objects.create(
            display_name=name,
            profile_name=name,
            phone=f"4915112{340000 + number * 137}",
            bsuid=f"DE.{20260000000000000 + number}",
            username=name.split()[0].lower() if number % 7 == 0 and name.isascii() else "",
            language=language,
            address_form=("sie", "du", "")[number % 3] if language == "de" else "",
            consent_subject=uuid.uuid4(),
            created_at=self.now - timedelta(days=self.random.randint(35, 400)),
        )
        gate.register([contact.consent_subject])
        self._identities(contact)
        return contact

    def _identities(self, contact: Contact) -> None:
        scope = self.company.channel.identity_scope
        kinds = ContactIdentity.Kind
        values = {kinds.PHONE: contact.phone, kinds.BSUID: contact.bsuid}
        ContactIdentity.objects.bulk_create(
            ContactIdentity(
                contact=contact,
                kind=kind,
                value=value,
                scope=scope if kind == kinds.BSUID else "",
                first_seen_at=contact.created_at,
            )
            for kind, value in values.items()
        )

    def _case(
        self, contact: Contact, script: Script, end: datetime, *, closed: bool
    ) -> Conversation:
        agent = self.random.choice(self.company.agents[:3])
        answered = any(who == "a" for who, _ in script.turns)
        conversation = Conversation.objects.create(
            channel=self.company.channel,
            contact=contact,
            status="closed" if closed else "open",
            closed_at=end if closed else None,
            assignee=agent if answered or closed else None,
        )
        conversation.labels.set(
            [self.company.labels[SAME_LABEL.get(label, label)] for label in script.labels]
        )
        self._turns(conversation, script, end, agent, read=closed)
        return conversation

    def _turns(
        self,
        conversation: Conversation,
        script: Script,
        end: datetime,
        agent: Agent,
        *,
        read: bool,
    ) -> None:
        gaps = [timedelta(minutes=self.random.randint(2, 25)) for _ in script.turns]
        at = end - sum(gaps[1:], timedelta())
        conversation.opened_at = at
        messages = [timeline.event(conversation, "opened", at=at)]
        for (who, text), gap in zip(script.turns, [timedelta(), *gaps[1:]], strict=True):
            at += gap
            messages.append(self._message(conversation, who, text, at, agent))
        if read:
            messages.append(timeline.event(conversation, "closed", by=agent, at=at))
        stored = Message.objects.bulk_create(messages)
        self._files(stored)
        search.index_messages(stored)
        self._row(conversation, [m for m in stored if m.kind != "event"], read=read)

    def _message(
        self, conversation: Conversation, who: str, text: str, at: datetime, agent: Agent
    ) -> Message:
        message = Message(
            conversation=conversation,
            channel=self.company.channel,
            kind=KINDS[who],
            body=text,
            at=at,
            created_at=at,
            changed_at=at,
            wamid=f"wamid.DEMO{uuid.uuid4().hex}",
        )
        if who != "a":
            message.direction, message.status = "in", "received"
            return message
        message.direction, message.origin, message.author = "out", "agent", agent
        message.status = self.random.choice(["read", "read", "read", "delivered"])
        message.sent_at = message.delivered_at = at
        message.read_at = at + timedelta(minutes=1) if message.status == "read" else None
        return message

    def _files(self, messages: list[Message]) -> None:
        for message in messages:
            if message.kind == "image":
                self._attach(message, files.picture(message.pk), "image/jpeg", "")
            elif message.kind == "document":
                name = "Grundriss.pdf" if "Grundriss" in message.body else "Stückliste.pdf"
                self._attach(message, files.paper(message.body), "application/pdf", name)
            elif message.kind == "voice":
                message.kind = "text"
                message.body = "Hallo, ist der Tisch „Jon“ in Eiche lieferbar?"
                message.save(update_fields=["kind", "body"])

    def _attach(self, message: Message, content: bytes, mime_type: str, name: str) -> None:
        attachment = Attachment(
            message=message,
            kind=message.kind,
            state=Attachment.State.STORED,
            mime_type=mime_type,
            claimed_type=mime_type,
            filename=name,
            size=len(content),
            created_at=message.at,
        )
        attachment.file.save("file", ContentFile(content), save=False)
        if message.kind == "image":
            attachment.width, attachment.height = 1200, 900
        attachment.save()

    def _row(self, conversation: Conversation, said: list[Message], *, read: bool) -> None:
        last = said[-1]
        unanswered = self._unanswered(said) if not read else []
        waiting = unanswered[0].at if unanswered else None
        wrote = max(m.at for m in said if m.direction == "in")
        answers = [m.at for m in said if m.direction == "out"]
        Conversation.objects.filter(pk=conversation.pk).update(
            opened_at=conversation.opened_at,
            first_replied_at=min(answers) if answers else None,
            last_message_at=last.at,
            last_message_id=last.pk,
            last_message_kind=last.kind,
            last_message_direction=last.direction,
            last_message_status=last.status if last.direction == "out" else "",
            last_message_preview=last.body[:160],
            waiting_since=waiting,
            queued_at=waiting or END_OF_QUEUE,
            window_expires_at=wrote + timedelta(hours=24),
            unread_count=len(unanswered),
            changed_at=last.at,
        )
        channel, subject = self.company.channel, conversation.contact.consent_subject
        gate.note_inbound([gate.Inbound(subject, channel.phone_number_id, wrote)])

    def _unanswered(self, said: list[Message]) -> list[Message]:
        tail: list[Message] = []
        for message in reversed(said):
            if message.direction == "out":
                break
            tail.insert(0, message)
        return tail
