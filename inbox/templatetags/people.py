"""``{% avatar person %}``: the initials of a contact or agent on a colour that stays theirs."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from inbox.models import Agent, Contact
from inbox.templatetags.icons import icon

register = template.Library()

COLOURS = 10


@register.simple_tag
def avatar(
    person: Agent | Contact | None, size: str = "", presence: bool = False
) -> SafeString | str:
    """Hidden from screen readers: the name stands beside it."""
    return format_html(
        '<span class="avatar{} avatar--c{}" aria-hidden="true"{}>{}{}</span>',
        f" avatar--{size}" if size else "",
        person.code.int % COLOURS if person else 5,
        format_html(' data-agent="{}"', person.code) if isinstance(person, Agent) else "",
        initials(_name_of(person)) or icon("person"),
        _dot(person) if presence and isinstance(person, Agent) else "",
    )


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


def _dot(agent: Agent) -> SafeString:
    return format_html('<span class="presence" data-presence="{}"></span>', agent.presence)
