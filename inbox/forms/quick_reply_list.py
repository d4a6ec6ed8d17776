"""Narrowing the list of quick replies. What is not offered narrows nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.models import Agent, QuickReply, QuickReplyUse, Team
from inbox.models.quick_reply import QuickReplyQuerySet
from inbox.quick_reply_scopes import ALL, MINE, TEAM

NO_FOLDER = "-"
NEVER = "never"


class ListForm(forms.Form):
    folder = forms.ChoiceField(label=gettext_lazy("Folder"), required=False)
    scope = forms.ChoiceField(label=gettext_lazy("For"), required=False)
    use = forms.ChoiceField(label=gettext_lazy("Use"), required=False)
    kept = forms.ChoiceField(
        label=gettext_lazy("Show"),
        choices=[("", gettext_lazy("in use")), ("archived", gettext_lazy("archived"))],
        required=False,
    )

    def __init__(self, *args: Any, reader: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        shown = QuickReply.objects.shown_in_settings(reader).exclude(folder="")
        folders = shown.order_by("folder").values_list("folder", flat=True).distinct()
        named = [(f"={name}", name) for name in folders]
        self._offer("folder", [("", _("all folders")), (NO_FOLDER, _("no folder")), *named])
        self._offer("scope", self._scopes())
        if reader.is_lead:
            self._offer("use", [("", _("used or not")), (NEVER, _("never used"))])
        else:
            del self.fields["use"]
        for each in self.fields.values():
            each.widget.attrs["class"] = "input"

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for types)
        field.choices = choices

    def _scopes(self) -> list[tuple[str, str]]:
        teams = Team.objects.all() if self.reader.is_lead else self._own_team()
        named = [(f"{TEAM}{team.code}", team.name) for team in teams]
        return [
            ("", _("anybody")),
            (ALL, _("Everybody")),
            *named,
            (MINE, _("Only me")),
        ]

    def _own_team(self) -> list[Team]:
        return [self.reader.team] if self.reader.team else []

    def narrow(self, replies: QuickReplyQuerySet) -> QuickReplyQuerySet:
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("kept") == "archived":
            replies = replies.exclude(archived_at=None)
        else:
            replies = replies.active()
        if folder := chosen.get("folder"):
            replies = replies.filter(folder="" if folder == NO_FOLDER else folder[1:])
        if chosen.get("use") == NEVER:
            used = QuickReplyUse.objects.values("quick_reply")
            replies = replies.exclude(pk__in=used)
        return _of_scope(replies, chosen.get("scope", ""))

    def address(self, **more: str) -> str:
        """The list as it is narrowed, and ``more``."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return f"{reverse('inbox:settings_quick_replies')}?{urlencode(chosen | more)}"


def _of_scope(replies: QuickReplyQuerySet, scope: str) -> QuickReplyQuerySet:
    if scope == ALL:
        return replies.filter(owner=None, team=None)
    if scope == MINE:
        return replies.exclude(owner=None)  # nobody else's are shown
    return replies.filter(team__code=scope[len(TEAM) :]) if scope else replies
