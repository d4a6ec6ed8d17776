"""What the demo's colleagues say to each other: notes, mentions, followers, reminders."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from inbox.actions import followers, notes, reminders
from inbox.demo import files
from inbox.demo.company import Company
from inbox.models import Agent, Conversation, Mention, Message, Team

# author, words, who is mentioned: places of PEOPLE, and the team where there is a "T".
NOTES = (
    (0, "Kundin ist seit Jahren bei uns. @Jana Meier, kennst du ihren letzten Auftrag?", "1"),
    (1, "Spedition angerufen: Lieferung kommt morgen zwischen 8 und 12 Uhr.", ""),
    (2, "@Kundenservice, ab heute gilt die neue Preisliste. Sie hängt hier an.", "T"),
    (1, "@Anna Keller, bitte kulant sein: Das ist schon der zweite Schaden.", "0"),
    (3, "@Anna Keller @Tobias Brandt, das Angebot ist freigegeben.", "02"),
)
REMINDERS = (
    (0, 0, "Nachfragen, ob das Stuhlbein angekommen ist"),
    (2, 1, "Angebot nachfassen"),
)


def work_together(company: Company) -> None:
    """In the newest open conversations, so that one comes upon it."""
    newest = Conversation.objects.open().order_by("-last_message_at")
    conversations = list(newest.select_related("channel", "contact")[1 : len(NOTES) + 1])
    for conversation, (author, words, who) in zip(conversations, NOTES, strict=True):
        _note(conversation, company.agents, author, words, who)
    for conversation, (by, to, text) in zip(conversations, REMINDERS, strict=False):
        agents = company.agents
        reminders.plan(conversation, at=_tomorrow(), by=agents[by], to=agents[to], text=text)
    for conversation in conversations[1:3]:
        followers.follow(conversation, by=company.agents[2])
    # Jana has seen the first that named her.
    first = Mention.objects.filter(agent=company.agents[1]).order_by("pk").first()
    if first:
        Mention.objects.filter(pk=first.pk).update(read_at=timezone.now())


def _note(
    conversation: Conversation, agents: list[Agent], author: int, words: str, who: str
) -> None:
    team = Team.objects.get()
    picked = [f"team:{team.code}" if w == "T" else f"agent:{agents[int(w)].code}" for w in who]
    file = SimpleUploadedFile("Preisliste.pdf", files.paper("Preisliste"), "application/pdf")
    note = notes.add(
        conversation,
        body=words,
        by=agents[author],
        picked=picked,
        files=[file] if "Preisliste" in words else [],
    )
    at = min(conversation.last_message_at + timedelta(minutes=4), timezone.now())
    Message.objects.filter(pk=note.pk).update(at=at, created_at=at)
    note.mentions.update(at=at)


def _tomorrow() -> datetime:
    day = timezone.localdate() + timedelta(days=1)
    return datetime.combine(day, time(9), tzinfo=timezone.get_current_timezone())
