"""Quick replies: made, changed, put away and brought back, and how often they are used.

Each change is kept as a ``QuickReplyEvent``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from inbox.models import (
    Agent,
    QuickReply,
    QuickReplyEvent,
    QuickReplyText,
    QuickReplyUse,
    Team,
)
from inbox.models.quick_reply import no_acts
from inbox.quick_reply_scopes import Scope


class ShortcutTaken(Exception):
    """Another one that is not archived has this shortcut for the same people."""

    def __init__(self, shortcut: str) -> None:
        super().__init__(
            _("There is already a quick reply /%(shortcut)s for the same people.")
            % {"shortcut": shortcut}
        )


@dataclass(frozen=True, slots=True)
class Words:
    """A text for customers of a language who are addressed in a way; "" is any."""

    body: str
    language: str = ""
    form: str = ""
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """All that is written of a quick reply; files are given apart."""

    shortcut: str
    name: str
    texts: tuple[Words, ...]
    folder: str = ""
    owner: Agent | None = None
    team: Team | None = None
    content_class: str = QuickReply.ContentClass.SERVICE
    acts: dict[str, Any] = field(default_factory=no_acts)

    def tidy(self) -> Content:
        """So that two that say the same are equal."""
        acts = no_acts() | self.acts
        return replace(
            self,
            shortcut=plain_shortcut(self.shortcut),
            texts=tuple(sorted(self.texts, key=lambda words: (words.language, words.form))),
            acts=acts | {"labels": sorted(set(acts["labels"]))},
        )


def plain_shortcut(text: str) -> str:
    """As it is stored: small letters, no slash before it."""
    return unicodedata.normalize("NFC", text.strip().lstrip("/")).lower()


def is_taken(shortcut: str, scope: Scope, *, apart_from: QuickReply | None = None) -> bool:
    """Whether another that is not archived has this shortcut for the same people."""
    same = QuickReply.objects.active().filter(
        shortcut=plain_shortcut(shortcut), owner=scope.owner, team=scope.team
    )
    return (same.exclude(pk=apart_from.pk) if apart_from else same).exists()


@transaction.atomic
def create(content: Content, *, by: Agent | None) -> QuickReply:
    """Raises ShortcutTaken."""
    reply = QuickReply(by=by)
    _write(reply, content.tidy())
    _tell(reply, "created", by=by)
    return reply


@transaction.atomic
def change(reply: QuickReply, content: Content, *, by: Agent | None) -> QuickReply:
    """Nothing is kept of a change that changes nothing. Raises ShortcutTaken."""
    reply = _locked(reply)
    before, content = content_of(reply), content.tidy()
    changed = [name for name in _PARTS if getattr(before, name) != getattr(content, name)]
    if changed:
        reply.by = by
        _write(reply, content)
        _tell(reply, "changed", by=by, parts=changed, was=before.shortcut)
    return reply


@transaction.atomic
def take_in(written: Iterable[tuple[Content, QuickReply | None]], *, by: Agent) -> None:
    """Create or change many, or none at all. Raises ShortcutTaken."""
    for content, reply in written:
        if reply is None:
            create(content, by=by)
        else:
            change(reply, content, by=by)


@transaction.atomic
def archive(reply: QuickReply, *, by: Agent | None) -> None:
    reply = _locked(reply)
    if reply.archived_at is None:
        reply.archived_at = reply.changed_at = timezone.now()
        reply.save(update_fields=["archived_at", "changed_at"])
        _tell(reply, "archived", by=by)


@transaction.atomic
def restore(reply: QuickReply, *, by: Agent | None) -> None:
    """Raises ShortcutTaken when another has taken its place meanwhile."""
    reply = _locked(reply)
    if reply.archived_at is not None:
        reply.archived_at, reply.changed_at = None, timezone.now()
        _save(reply, ["archived_at", "changed_at"])
        _tell(reply, "restored", by=by)


def count_use(reply: QuickReply, *, day: date | None = None) -> None:
    """One more today. Nobody's name is kept."""
    uses = QuickReplyUse.objects.filter(quick_reply=reply, day=day or timezone.localdate())
    if uses.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            QuickReplyUse.objects.create(
                quick_reply=reply, day=day or timezone.localdate(), count=1
            )
    except IntegrityError:  # somebody else's was the first
        uses.update(count=F("count") + 1)


def content_of(reply: QuickReply) -> Content:
    """As it is stored."""
    texts = tuple(
        Words(text.body, text.language, text.form, tuple(text.buttons))
        for text in reply.texts.all()
    )
    content = Content(
        shortcut=reply.shortcut,
        name=reply.name,
        texts=texts,
        folder=reply.folder,
        owner=reply.owner,
        team=reply.team,
        content_class=reply.content_class,
        acts=reply.acts,
    )
    return content.tidy()


_PARTS = (
    "shortcut",
    "name",
    "folder",
    "owner",
    "team",
    "content_class",
    "texts",
    "acts",
)


def _write(reply: QuickReply, content: Content) -> None:
    reply.shortcut, reply.name = content.shortcut, content.name
    reply.folder, reply.content_class = content.folder, content.content_class
    reply.owner, reply.team = content.owner, content.team
    reply.acts = content.acts
    reply.changed_at = timezone.now()
    _save(reply, None)
    _write_texts(reply, content.texts)


def _write_texts(reply: QuickReply, texts: Sequence[Words]) -> None:
    reply.texts.all().delete()
    QuickReplyText.objects.bulk_create(
        QuickReplyText(
            quick_reply=reply,
            language=words.language,
            form=words.form,
            body=words.body,
            buttons=list(words.buttons),
        )
        for words in texts
    )


def _save(reply: QuickReply, fields: list[str] | None) -> None:
    try:
        with transaction.atomic():
            reply.save(update_fields=fields)
    except IntegrityError as exc:
        raise ShortcutTaken(reply.shortcut) from exc


def _locked(reply: QuickReply) -> QuickReply:
    return QuickReply.objects.select_for_update(of=("self",)).get(pk=reply.pk)


def _tell(reply: QuickReply, what: str, *, by: Agent | None, **detail: Any) -> None:
    QuickReplyEvent.objects.create(quick_reply=reply, by=by, what=what, detail=detail)
