"""Writing to customers from the browser.

Each answer that works is the message's own list item, to be put into the thread. What does
not work comes back as the form with what was typed: 422 for mistakes and refusals, 409 when
a colleague answered meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from consent import gate
from inbox import bubbles, folders, thread_paging
from inbox.actions import conversations, read_marks, replies
from inbox.forms.drafts import DraftForm
from inbox.forms.replies import FileForm, ReactionForm, ReplyForm
from inbox.http import AgentRequest
from inbox.models import Conversation, Message
from inbox.permissions import access_conversation
from inbox.views import conversations as conversation_views
from inbox.views import quick_done, quick_files
from inbox.views.conversation_pane import composer_of, frame_of, pane_of
from inbox.views.thread import access_message

Send = Callable[[], Message]


@login_required
@require_POST
def reply(request: AgentRequest, code: UUID) -> HttpResponse:
    found = access_conversation(request.user, code)
    form = ReplyForm(request.POST, conversation=found)
    try:
        message = send(form, lambda: _send_text(request, found, form))
    except replies.AnsweredMeanwhile as exc:
        stop = answered_meanwhile if is_fetch(request) else _stopped
        return stop(request, found, exc)
    if message is None:
        return _composer_again(request, found, form)
    return said(request, found, message, form.quick)


def _send_text(request: AgentRequest, found: Conversation, form: ReplyForm) -> Message:
    def send() -> Message:
        said = form.said
        if not said.pop("buttons"):
            return replies.send_text(found, **said, **form.along, by=request.user)
        return replies.send_buttons(found, **form.said, **form.along, by=request.user)

    if request.POST.get("then") != "close":
        return send()
    with transaction.atomic():
        message = send()
        # It was said all the same: what is missing is asked for afterwards.
        with suppress(conversations.LabelMissing):
            conversations.close(found, by=request.user)
    return message


def _label_first(request: AgentRequest, found: Conversation) -> str:
    """Where a label is chosen for what should be closed and could not be; "" for none."""
    is_open = found.status != Conversation.Status.CLOSED
    if request.POST.get("then") == "close" and is_open and conversations.lacks_label(found):
        return f"{reverse('inbox:conversation_labels', args=[found.code])}?then=close"
    return ""


@login_required
@require_POST
def file(request: AgentRequest, code: UUID) -> HttpResponse:
    """One file; a browser that sends several posts them one after another."""
    found = access_conversation(request.user, code)
    with quick_files.posted(request) as files:
        return _send_file(request, found, FileForm(request.POST, files, conversation=found))


def _send_file(request: AgentRequest, found: Conversation, form: FileForm) -> HttpResponse:
    try:
        message = send(
            form,
            lambda: replies.send_file(found, **form.said, **form.along, by=request.user),
        )
    except replies.AnsweredMeanwhile as exc:
        return answered_meanwhile(request, found, exc)
    if message is None:
        errors = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"errors": errors}, status=422)
    return said(request, found, message, form.quick)


def is_fetch(request: AgentRequest) -> bool:
    """Asked by our own scripts, which put the answer into the page."""
    return request.headers.get("X-Requested-With") == "fetch"


def send(form: DraftForm, action: Send) -> Message | None:
    """Run the action if the form is sound; refusals become its errors, and None comes back."""
    if not form.is_valid():
        return None
    try:
        return action()
    except gate.NotAllowed as exc:
        form.add_error(None, str(exc))
    except replies.NotSendable as exc:
        form.add_error(exc.field if exc.field in form.fields else None, str(exc))
    return None


def said(
    request: AgentRequest,
    found: Conversation,
    message: Message,
    quick: replies.QuickUse | None = None,
) -> HttpResponse:
    missing = _label_first(request, found)
    if not is_fetch(request):
        return redirect(missing or found)
    response = show(request, found, message)
    if missing:
        response.headers["X-Labels"] = missing  # static/js/composer.js opens the menu
    if quick:
        response.write(quick_done.draw(found, quick))
    return response


def show(request: AgentRequest, found: Conversation, message: Message) -> HttpResponse:
    entries = thread_paging.those([message.pk])
    return HttpResponse(bubbles.draw(entries, bubbles.Reader(request.user, found)))


def answered_meanwhile(
    request: AgentRequest,
    found: Conversation,
    stop: replies.AnsweredMeanwhile,
) -> HttpResponse:
    entries = thread_paging.those(message.pk for message in stop.messages)
    prepared = bubbles.prepare(entries, bubbles.Reader(request.user, found))
    context = {"bubbles": prepared, "seen": entries[-1].pk}
    return render(request, "inbox/_answered_meanwhile.html", context, status=409)


def _stopped(
    request: AgentRequest, found: Conversation, stop: replies.AnsweredMeanwhile
) -> HttpResponse:
    """Without scripts: the whole page, where sending again goes through."""
    typed = request.POST.copy()
    typed["seen"] = str(max(message.pk for message in stop.messages))
    form = ReplyForm(typed, conversation=found)
    form.add_error(None, str(stop))
    return _composer_again(request, found, form, status=409)


def _composer_again(
    request: AgentRequest, found: Conversation, form: ReplyForm, status: int = 422
) -> HttpResponse:
    """The composer with what was typed and what is wrong with it."""
    composer = composer_of(found, now=timezone.now(), form=form)
    if is_fetch(request):
        context = {"pane": frame_of(request, found) | {"composer": composer}}
        return render(request, "inbox/_composer.html", context, status=status)
    pane = pane_of(request, found) | {"composer": composer}
    response = conversation_views.page(
        request, folders.FOLDERS[folders.DEFAULT], found, pane=pane
    )
    response.status_code = status
    return response


@login_required
@require_POST
def react(request: AgentRequest, code: UUID) -> HttpResponse:
    """An emoji on a message; an empty one takes it back."""
    message = access_message(request, code)
    form = ReactionForm(request.POST)
    if not form.is_valid():
        return _refused(" ".join(str(error) for error in form.errors["emoji"]))
    return _changed(
        request,
        message,
        lambda: replies.react(message, emoji=form.cleaned_data["emoji"], by=request.user),
    )


@login_required
@require_POST
def resend(request: AgentRequest, code: UUID) -> HttpResponse:
    message = access_message(request, code)
    return _changed(request, message, lambda: replies.resend(message, by=request.user))


@login_required
@require_POST
def discard(request: AgentRequest, code: UUID) -> HttpResponse:
    message = access_message(request, code)
    return _changed(request, message, lambda: replies.discard(message, by=request.user))


def _changed(
    request: AgentRequest, message: Message, action: Callable[[], object]
) -> HttpResponse:
    try:
        action()
    except (gate.NotAllowed, replies.NotSendable) as exc:
        return _refused(str(exc))
    return show(request, message.conversation, message)


def _refused(sentence: str) -> HttpResponse:
    return JsonResponse({"text": sentence, "tone": "danger"}, status=409)


@login_required
@require_POST
def typing(request: AgentRequest, code: UUID) -> HttpResponse:
    """A key was pressed in the composer; the customer may see that somebody writes."""
    read_marks.typing(access_conversation(request.user, code), by=request.user)
    return HttpResponse(status=204)
