"""What surrounds every page: banners about numbers, and what a phone installs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from inbox import number_words
from inbox.http import AgentRequest
from inbox.models import Agent, Channel, WentBack
from inbox.templatetags.moments import in_full


@dataclass(frozen=True, slots=True)
class Alert:
    """What is wrong with a number, in words an agent can act on."""

    number: str
    sentence: str
    tone: str
    link: str = ""


@require_safe
@never_cache
@login_required
def banners(request: AgentRequest) -> HttpResponse:
    context = {
        "alerts": list(_alerts(request.user)),
        "went_back": WentBack.objects.filter(agent=request.user).count(),
    }
    return render(request, "_parts/_banners.html", context)


def _alerts(agent: Agent) -> Iterator[Alert]:
    now = timezone.now()
    troubled = Channel.objects.in_use().visible_to(agent).filter(
        Q(circuit_opened_at__isnull=False)
        | Q(replies_restricted_until__gt=now)
        | Q(business_initiated_restricted_until__gt=now)
        | Q(account_status__in=number_words.ACCOUNT_ENDS)
    )  # fmt: skip
    for channel in troubled:
        link = _settings_of(channel) if agent.is_admin else ""
        for tone, sentence in _sentences(channel, now):
            yield Alert(str(channel), sentence, tone, link)


def _sentences(channel: Channel, now: datetime) -> Iterator[tuple[str, str]]:
    if channel.is_circuit_open:
        wait = _("Answers wait and leave by themselves later.")
        yield "danger", f"{channel.circuit_sentence} {wait}"
    if channel.account_status in number_words.ACCOUNT_ENDS:
        state = number_words.account_state(channel.account_status)
        yield "danger", _("WhatsApp says of its account: %(state)s.") % {"state": state}
    if (until := channel.replies_restricted_until) and until > now:
        yield "danger", _("Answers are not possible until %(end)s.") % {"end": in_full(until)}
    elif (until := channel.business_initiated_restricted_until) and until > now:
        yield (
            "warn",
            _("Only people who wrote within 24 hours can be answered, until %(end)s.")
            % {"end": in_full(until)},
        )


def _settings_of(channel: Channel) -> str:
    try:
        return reverse("inbox:channel", args=[channel.code])
    except NoReverseMatch:
        return ""


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Lets the desk be installed. Asked for without a session, and the same for everyone."""
    document = {
        "name": "Supportdesk",
        "short_name": "Supportdesk",
        "description": _("Answer customers together, from one WhatsApp number."),
        "lang": get_language(),
        "id": "/",
        "start_url": "/",
        "display": "standalone",
        "background_color": "#f3f4f1",
        "theme_color": "#0b6b4f",
        "icons": [
            _image("icon-192.png", 192, "any"),
            _image("icon-512.png", 512, "any"),
            _image("icon-maskable-512.png", 512, "maskable"),
        ],
    }
    return JsonResponse(document, content_type="application/manifest+json")


@require_safe
@never_cache
def service_worker(request: HttpRequest) -> HttpResponse:
    """The same for everyone; browsers look by themselves whether it has changed."""
    script = (settings.BASE_DIR / "static/js/service-worker.js").read_bytes()
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


def _image(name: str, side: int, purpose: str) -> dict[str, str]:
    return {
        "src": static(f"img/{name}"),
        "sizes": f"{side}x{side}",
        "type": "image/png",
        "purpose": purpose,
    }
