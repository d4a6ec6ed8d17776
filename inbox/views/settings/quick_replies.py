"""Quick replies: the list of them, writing one, putting it away and bringing it back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from inbox.actions import quick_replies as actions
from inbox.actions import quick_reply_files
from inbox.forms.quick_replies import (
    ANY_FORM,
    ANY_LANGUAGE,
    BUTTONS,
    QuickReplyForm,
    TextFormSet,
    Texts,
)
from inbox.forms.quick_reply_choices import Choices, choices_for
from inbox.forms.quick_reply_files import FilesForm
from inbox.forms.quick_reply_list import ListForm
from inbox.http import AgentRequest
from inbox.models import QuickReply, QuickReplyFile
from inbox.models.quick_reply import QuickReplyQuerySet
from inbox.quick_reply_scopes import MINE, may_change, scope_of
from inbox.views.media import stored_file
from inbox.views.settings import quick_reply_words
from inbox.views.settings.quick_reply_preview import Customer, preview_of

PAGE = 100


@login_required
@require_GET
def quick_replies(request: AgentRequest) -> HttpResponse:
    form = ListForm(request.GET, reader=request.user)
    found = form.narrow(QuickReply.objects.shown_in_settings(request.user))
    page, after = _page(found, request.GET.get("after", ""))
    context = {
        "form": form,
        "lines": quick_reply_words.lines(page, request.user),
        "more": form.address(after=after) if after else "",
        "done": _just_done(request),
    }
    return render(request, "settings/quick_replies.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AgentRequest) -> HttpResponse:
    return _write(request, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quick_reply(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    return _write(request, _get_changeable(request, code))


@login_required
@require_POST
def archive(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    reply = _get_changeable(request, code)
    actions.archive(reply, by=request.user)
    return _back_to_list(f"archived={reply.code}")


@login_required
@require_POST
def restore(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    reply = _get_changeable(request, code)
    try:
        actions.restore(reply, by=request.user)
    except actions.ShortcutTaken as exc:
        messages.error(request, str(exc))
        return redirect("inbox:settings_quick_reply", reply.code)
    return _back_to_list(f"restored={reply.code}")


@login_required
@require_safe
def file(request: AgentRequest, code: uuid.UUID) -> HttpResponseBase:
    shown = QuickReply.objects.shown_in_settings(request.user)
    found = get_object_or_404(QuickReplyFile.objects.filter(quick_reply__in=shown), code=code)
    return stored_file(
        request, found.file, tag=f'"{found.code}"', mime_type=found.mime, name=found.name
    )


def _get_changeable(request: AgentRequest, code: uuid.UUID) -> QuickReply:
    shown = QuickReply.objects.shown_in_settings(request.user)
    reply = get_object_or_404(shown.select_related("owner", "team"), code=code)
    if not may_change(request.user, reply):
        raise PermissionDenied(
            _("Admins change what is for everybody, team leads what is for their team.")
        )
    return reply


def _write(request: AgentRequest, reply: QuickReply | None) -> HttpResponse:
    choices = choices_for(request.user)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = QuickReplyForm(data, choices=choices, instance=reply, initial=_initial(reply))
    texts = TextFormSet(
        data, prefix="texts", initial=_texts(reply), form_kwargs={"choices": choices}
    )
    attached = FilesForm(data, files, instance=reply)
    # All three, so that all mistakes are shown at once.
    if not all([form.is_valid(), texts.is_valid(), attached.is_valid()]):
        return _show(request, reply, form, texts, attached, choices)
    try:
        reply = _save(request, reply, form.content(texts.words))
    except actions.ShortcutTaken as exc:
        form.add_error("shortcut", str(exc))
        return _show(request, reply, form, texts, attached, choices)
    given = attached.cleaned_data
    quick_reply_files.change(reply, add=given["add"], remove=given["remove"], by=request.user)
    messages.success(request, _("Saved."))
    return redirect("inbox:settings_quick_reply", reply.code)


def _save(
    request: AgentRequest, reply: QuickReply | None, content: actions.Content
) -> QuickReply:
    if reply is None:
        return actions.create(content, by=request.user)
    return actions.change(reply, content, by=request.user)


def _show(
    request: AgentRequest,
    reply: QuickReply | None,
    form: QuickReplyForm,
    texts: Texts,
    attached: FilesForm,
    choices: Choices,
) -> HttpResponse:
    is_wrong = form.is_bound
    words = texts.words if is_wrong else actions.content_of(reply).texts if reply else ()
    context = {
        "reply": reply,
        "form": form,
        "texts": texts,
        "attached": attached,
        "places": quick_reply_words.places(choices.places),
        "folders": _folders(request),
        "languages": ANY_LANGUAGE,
        "address_forms": ANY_FORM,
        "preview": preview_of(words, Customer(), request.user),
        "history": quick_reply_words.history(reply) if reply else [],
    }
    status = 422 if is_wrong else 200
    return render(request, "settings/quick_reply.html", context, status=status)


def _initial(reply: QuickReply | None) -> dict[str, object]:
    if reply is None:
        return {"scope": MINE}
    content = actions.content_of(reply)
    return {
        "shortcut": content.shortcut,
        "name": content.name,
        "folder": content.folder,
        "scope": scope_of(reply).key,
        "content_class": content.content_class,
        **content.acts,
    }


def _texts(reply: QuickReply | None) -> list[dict[str, str]]:
    if reply is None:
        return []
    return [
        {"language": words.language, "form": words.form, "body": words.body}
        | dict(zip(BUTTONS, words.buttons, strict=False))
        for words in actions.content_of(reply).texts
    ]


def _folders(request: AgentRequest) -> list[str]:
    shown = QuickReply.objects.active().shown_in_settings(request.user).exclude(folder="")
    return list(shown.order_by("folder").values_list("folder", flat=True).distinct())


def _page(found: QuickReplyQuerySet, after: str) -> tuple[list[QuickReply], str]:
    """By key, in the order of folders and shortcuts; the second is where the next begins."""
    last = found.filter(code=after).first() if _is_code(after) else None
    if last:
        beyond = Q(folder=last.folder, shortcut=last.shortcut, pk__gt=last.pk)
        beyond |= Q(folder=last.folder, shortcut__gt=last.shortcut)
        found = found.filter(beyond | Q(folder__gt=last.folder))
    rows = quick_reply_words.with_uses(found).select_related("owner", "team")[: PAGE + 1]
    page = list(rows)
    return page[:PAGE], str(page[PAGE - 1].code) if len(page) > PAGE else ""


def _just_done(request: AgentRequest) -> dict[str, object] | None:
    """What was put away or brought back a moment ago, with the way back."""
    for word in ("archived", "restored"):
        code = request.GET.get(word, "")
        shown = QuickReply.objects.shown_in_settings(request.user)
        if _is_code(code) and (reply := shown.filter(code=code).first()):
            return {"word": word, "reply": reply}
    return None


def _back_to_list(query: str) -> HttpResponse:
    address = redirect("inbox:settings_quick_replies")
    address["Location"] += f"?{query}"
    return address


def _is_code(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
