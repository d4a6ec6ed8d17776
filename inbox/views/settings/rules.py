"""Rules: what they do, whether they are on, what they would have done and what they did."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inbox import rule_sentences, rule_words
from inbox.actions.automation import rules as actions
from inbox.actions.automation import trial as trials
from inbox.automation.reading import Refused
from inbox.forms.rules import RuleForm
from inbox.http import AgentRequest
from inbox.models import Conversation, Rule, RuleEvent, RuleFiring
from inbox.permissions import admin_required
from inbox.rule_sentences import Told
from inbox.views.settings.forms import show_form

SHOWN = 50


class Row(NamedTuple):
    rule: Rule
    told: Told


class Fired(NamedTuple):
    conversation: Conversation
    at: datetime
    what: str


@admin_required
@require_GET
def rules(request: AgentRequest) -> HttpResponse:
    known = rule_sentences.names()
    rows = [Row(rule, rule_sentences.tell(rule, known)) for rule in Rule.objects.all()]
    changes = RuleEvent.objects.select_related("by").order_by("-at", "-pk")[:SHOWN]
    return render(request, "settings/rules.html", {"rows": rows, "changes": changes})


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AgentRequest) -> HttpResponse:
    form = RuleForm(request.POST or None)
    if form.is_valid():
        made = actions.create(form.content, by=request.user)
        messages.success(request, _("Saved. Try the rule out, then switch it on."))
        return redirect("inbox:settings_rule_trial", made.code)
    return show_form(request, "settings/rule.html", form)


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    stored = get_object_or_404(Rule, code=code)
    form = RuleForm(request.POST or None, rule=stored)
    if form.is_valid():
        actions.change(stored, form.content, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("inbox:settings_rule", code)
    return show_form(request, "settings/rule.html", form, rule=stored, fired=_fired(stored))


@admin_required
@require_GET
def trial(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    stored = get_object_or_404(Rule, code=code)
    told = rule_sentences.tell(stored, rule_sentences.names())
    try:
        tried = trials.of(stored, now=timezone.now())
    except Refused:
        tried = trials.Trial([], 0)
    context = {"rule": stored, "told": told, "tried": tried}
    return render(request, "settings/rule_trial.html", context)


@admin_required
@require_POST
def switch(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    stored = get_object_or_404(Rule, code=code)
    on = request.POST.get("on") == "1"
    try:
        actions.switch(stored, on=on, by=request.user)
    except (actions.NotComplete, Refused):
        messages.error(request, str(actions.NotComplete()))
        return redirect("inbox:settings_rule", code)
    said = _("“%(name)s” is switched on.") if on else _("“%(name)s” is switched off.")
    messages.success(request, said % {"name": stored.name})
    return redirect("inbox:settings_rules")


@admin_required
@require_POST
def delete(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    stored = get_object_or_404(Rule, code=code)
    actions.delete(stored, by=request.user)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": stored.name})
    return redirect("inbox:settings_rules")


def _fired(stored: Rule) -> list[Fired]:
    firings = RuleFiring.objects.filter(rule=stored).order_by("-at", "-pk")
    rows = firings.select_related("conversation__contact")[:SHOWN]
    return [Fired(row.conversation, row.at, rule_words.outcome(row.outcome)) for row in rows]
