"""``{% rail %}``: where to go and who I am, on every page; drawn once for all pages alike."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from inbox.models import Agent

register = template.Library()

TEMPLATE = "_parts/_rail.html"
REMEMBERED = 512
_TOKEN = "csrftokenplace"  # noqa: S105 (a place for one)


@register.simple_tag(takes_context=True)
def rail(context: Context) -> SafeString:
    user, path, token = context.get("user"), context["request"].path, context.get("csrf_token")
    if not isinstance(user, Agent):
        its = {"user": user, "path": path, "csrf_token": token}
        return render_to_string(TEMPLATE, its)
    place = f"/{path.split('/')[1]}/" if path != "/" else path
    html = _drawn(user.name, user.code, user.presence, user.role, place, get_language() or "")
    return mark_safe(html.replace(_TOKEN, str(token)))  # noqa: S308 (drawn by a template)


@lru_cache(maxsize=REMEMBERED)
def _drawn(name: str, code: UUID, presence: str, role: str, path: str, language: str) -> str:
    agent = Agent(name=name, code=code, presence=presence, role=role)
    return render_to_string(TEMPLATE, {"user": agent, "path": path, "csrf_token": _TOKEN})
