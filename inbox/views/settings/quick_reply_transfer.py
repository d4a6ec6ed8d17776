"""Quick replies out to a spreadsheet and in again: read first, written once that was seen."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inbox import quick_reply_table
from inbox.actions import quick_replies as actions
from inbox.forms.quick_reply_choices import choices_for
from inbox.forms.quick_reply_import import Outcome, Plan, plan
from inbox.forms.quick_reply_rows import rows_of
from inbox.forms.quick_reply_upload import ConfirmForm, UploadForm
from inbox.http import AgentRequest
from inbox.models import QuickReply
from inbox.permissions import admin_required
from inbox.views.settings.forms import show_form


@admin_required
@require_GET
def export(request: AgentRequest) -> HttpResponse:
    """All but archived ones, and nobody else's own."""
    replies = QuickReply.objects.active().shown_in_settings(request.user)
    related = replies.select_related("owner", "team").prefetch_related("texts")
    choices = choices_for(request.user)
    rows = (row for reply in related for row in rows_of(reply, choices))
    # With its mark, by which Excel knows UTF-8.
    content = quick_reply_table.write(rows).encode("utf-8-sig")
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"quick-replies-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: AgentRequest) -> HttpResponse:
    """Say what a table would do. Nothing is written."""
    if request.method != "POST":
        return _ask(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, form)
    text = form.cleaned_data["table"]
    try:
        return _show(request, text, _plan(request, text))
    except quick_reply_table.Unreadable as exc:
        form.add_error("table", str(exc))
        return _ask(request, form)


@admin_required
@require_POST
def write(request: AgentRequest) -> HttpResponse:
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return redirect("inbox:settings_quick_reply_import")
    text = form.cleaned_data["text"]
    try:
        read_again = _plan(request, text)
    except quick_reply_table.Unreadable:
        return redirect("inbox:settings_quick_reply_import")
    if read_again.fingerprint != form.cleaned_data["fingerprint"]:
        return _show(request, text, read_again, is_new=True)
    try:
        actions.take_in(read_again.written, by=request.user)
    except actions.ShortcutTaken:
        return _show(request, text, _plan(request, text), is_new=True)
    messages.success(request, _done(len(read_again.written)))
    return redirect("inbox:settings_quick_replies")


def _plan(request: AgentRequest, text: str) -> Plan:
    return plan(quick_reply_table.read(text), choices_for(request.user), request.user)


def _ask(request: AgentRequest, form: Form) -> HttpResponse:
    columns = quick_reply_table.COLUMNS
    return show_form(request, "settings/quick_reply_import.html", form, columns=columns)


def _show(
    request: AgentRequest, text: str, planned: Plan, *, is_new: bool = False
) -> HttpResponse:
    """``is_new``: it would do something else than what was read before."""
    form = ConfirmForm(initial={"text": text, "fingerprint": planned.fingerprint})
    context = {
        "form": form,
        "items": planned.items,
        "counts": {outcome.value: planned.count(outcome) for outcome in Outcome},
        "written": len(planned.written),
        "is_new": is_new,
    }
    status = 409 if is_new else 200
    return render(request, "settings/quick_reply_plan.html", context, status=status)


def _done(count: int) -> str:
    return ngettext(
        "%(count)s quick reply was brought in.",
        "%(count)s quick replies were brought in.",
        count,
    ) % {"count": count}
