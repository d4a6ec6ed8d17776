"""How conversations find agents: of a number, and of one person."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Field
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from inbox.models import Agent, Channel

MOST_CONVERSATIONS = 999
MOST_MINUTES = 7 * 24 * 60


def _as_stored(name: str) -> dict[str, Any]:
    """Label and help of the number's field."""
    field = Channel._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101 (for types)
    return {"label": capfirst(field.verbose_name), "help_text": field.help_text}


class RoutingForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    class Meta:
        model = Channel
        fields = (
            *("routing", "last_agent_first", "conversation_limit"),
            *("absence_minutes", "absence_takes_all"),
        )
        widgets: ClassVar = {"routing": forms.RadioSelect}

    conversation_limit = forms.IntegerField(
        **_as_stored("conversation_limit"), min_value=1, max_value=MOST_CONVERSATIONS
    )
    absence_minutes = forms.IntegerField(
        **_as_stored("absence_minutes"), required=False, min_value=1, max_value=MOST_MINUTES
    )


class LimitForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """A limit of somebody's own."""

    class Meta:
        model = Agent
        fields = ("conversation_limit",)
        error_messages: ClassVar = {
            "conversation_limit": {"invalid": _("A whole number, or nothing.")}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = self.fields["conversation_limit"]
        limit.validators += [MinValueValidator(0), MaxValueValidator(MOST_CONVERSATIONS)]
        limit.widget.attrs |= {"min": 0, "max": MOST_CONVERSATIONS}
