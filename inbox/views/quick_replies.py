"""Quick replies for somebody who answers: the list behind "/", and one of them filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from inbox import quick_finding, quick_replies
from inbox.actions import replies
from inbox.http import AgentRequest
from inbox.models import Conversation, QuickReply, QuickReplyFile, QuickReplyText
from inbox.permissions import access_conversation
from inbox.person_card import language_name
from inbox.quick_acts import acts_of
from inbox.quick_finding import Found


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def listing(request: AgentRequest, code: UUID) -> HttpResponse:
    """All of them when they are few. Of many those with the posted letters: what is typed
    may be about a person, and stands in no address."""
    found = access_conversation(request.user, code)
    if request.method == "POST":
        some = quick_finding.find(request.POST.get("q", ""), found, request.user)
        return JsonResponse({"all": False, "items": [_line(one) for one in some]})
    lines = quick_finding.few(found, request.user)
    items = [_line(one) | {"find": one.searchable} for one in lines or ()]
    return JsonResponse({"all": lines is not None, "items": items})


def _line(found: Found) -> dict[str, Any]:
    return {
        "code": found.code,
        "shortcut": found.shortcut,
        "name": found.name,
        "folder": found.folder,
        "text": found.text[:200],
        "badge": _("Advertising") if found.is_advertising else "",
    }


@never_cache
@login_required
@require_safe
def filled(request: AgentRequest, code: UUID, quick_code: UUID) -> HttpResponse:
    """For this customer and by this agent; ``?text=de.sie`` asks for another of its texts."""
    found = access_conversation(request.user, code)
    usable = QuickReply.objects.visible_to(request.user).active()
    reply = get_object_or_404(usable.prefetch_related("texts", "files"), code=quick_code)
    acts = acts_of([reply])
    return JsonResponse(
        {
            "code": str(reply.code),
            "shortcut": reply.shortcut,
            "badge": _("Advertising") if reply.is_advertising else "",
            "refusal": _refusal(reply, found),
            "hint": _("Something that goes with it is not there any more: it is left out.")
            if acts.is_incomplete
            else "",
            "acts": [{"word": act.word, "text": str(act)} for act in acts.all],
            "files": [_file(file) for file in reply.files.all()],
            **_words(request, found, list(reply.texts.all())),
        }
    )


def _words(
    request: AgentRequest, found: Conversation, texts: Sequence[QuickReplyText]
) -> dict[str, Any]:
    wanted = request.GET.get("text")
    contact = found.contact
    best = quick_replies.best_text(texts, contact.language, contact.address_form)
    text = next((one for one in texts if _name(one) == wanted), best)
    if text is None:
        return {"text": "", "labels": {}, "buttons": [], "variant": "", "variants": []}
    told = quick_replies.filled(text, found, request.user, now=timezone.now())
    return {
        "text": told.text,
        "labels": _labels_of(told.missing),
        "buttons": text.buttons,
        "variant": _name(text),
        "variants": [{"name": _name(one), "label": _label(one)} for one in texts],
    }


def _labels_of(missing: Sequence[str]) -> dict[str, str]:
    """What the places that stay open stand for."""
    known = quick_replies.known_places() if missing else {}
    return {name: str(known[name]) for name in missing if name in known}


def _name(text: QuickReplyText) -> str:
    return f"{text.language}.{text.form}"


def _label(text: QuickReplyText) -> str:
    language = str(language_name(text.language)) or _("Any language")
    return f"{language}, {text.get_form_display()}" if text.form else language


def _file(file: QuickReplyFile) -> dict[str, Any]:
    return {
        "stored": str(file.code),
        "name": file.name,
        "type": file.mime,
        "size": file.size,
    }


def _refusal(reply: QuickReply, found: Conversation) -> str:
    """Said at once, and not only when it is sent."""
    if not reply.is_advertising:
        return ""
    return replies.advertising_refusal(found, now=timezone.now())
