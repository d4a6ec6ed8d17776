"""``{% avatar person %}``: the initials of a contact or agent on a colour that stays theirs."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from inbox.models import Agent, Contact
from inbox.templatetags.icons import icon

register = template.Library()

COLOURS = 10
REMEMBERED = 4096  # about 1 MB


@register.simple_tag
def avatar(
    person: Agent | Contact | None, size: str = "", presence: bool = False
) -> SafeString | str:
    """Hidden from screen readers: the name stands beside it."""
    is_agent = isinstance(person, Agent)
    shown = person.presence if presence and isinstance(person, Agent) else ""
    code = person.code if person else None
    return _drawn(code, is_agent, initials(_name_of(person)), size, shown)


def contact_avatar(code: UUID, name: str, size: str = "") -> SafeString:
    """Without a contact, for lists that read no more of it than this."""
    return _drawn(code, False, initials(name), size, "")


@lru_cache(maxsize=REMEMBERED)
def _drawn(
    code: UUID | None, is_agent: bool, letters: str, size: str, presence: str
) -> SafeString:
    return format_html(
        '<span class="avatar{} avatar--c{}" aria-hidden="true"{}>{}{}</span>',
        f" avatar--{size}" if size else "",
        code.int % COLOURS if code else 5,
        format_html(' data-agent="{}"', code) if is_agent else "",
        letters or icon("person"),
        format_html('<span class="presence" data-presence="{}"></span>', presence)
        if presence
        else "",
    )


@lru_cache(maxsize=REMEMBERED)
def initials(name: str) -> str:
    """First letters of the first and the last word; "" where a name has no letters."""
    words = name.replace(".", " ").replace("_", " ").split()
    letters = [next((c for c in word if c.isalpha()), "") for word in words]
    letters = [letter for letter in letters if letter]
    if not letters:
        return ""
    return "".join(letters[:1] + letters[1:][-1:]).upper()


def _name_of(person: Agent | Contact | None) -> str:
    if person is None:
        return ""
    return person.name if isinstance(person, Agent) else person.display_name
