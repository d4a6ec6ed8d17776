"""What comes along with each message an agent writes, and with those made of quick replies."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from inbox.actions.replies import QuickUse
from inbox.models import Conversation, Message
from inbox.placeholders import Place, split
from inbox.quick_replies import known_places

MOST_QUICK = 10  # quick replies in one answer
MOST_ACTS = 40


class DraftForm(forms.Form):
    """Comes with every message: which attempt it is, and what the agent had on screen."""

    prefix_fields: ClassVar[tuple[str, ...]] = ("draft_key", "quoted", "seen")
    draft_key = forms.UUIDField(widget=forms.HiddenInput)
    quoted = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conversation = conversation

    def clean_quoted(self) -> Message | None:
        """The message that is answered: of this person and number, or it is left out."""
        pk = self.cleaned_data["quoted"]
        if not pk:
            return None
        theirs = Message.objects.filter(
            conversation__contact=self.conversation.contact_id,
            channel=self.conversation.channel_id,
        )
        return theirs.exclude(direction=Message.Direction.INTERNAL).filter(pk=pk).first()

    @property
    def said(self) -> dict[str, Any]:
        """The message itself, without what came along with it."""
        return {k: v for k, v in self.cleaned_data.items() if k not in self.prefix_fields}

    @property
    def along(self) -> dict[str, Any]:
        return {k: self.cleaned_data[k] for k in self.prefix_fields}


class ManyField(forms.Field):
    """The same field as often as it comes."""

    widget = forms.MultipleHiddenInput

    def __init__(self, each: forms.Field, *, most: int) -> None:
        super().__init__(required=False)
        self.each, self.most = each, most

    def clean(self, value: Any) -> list[Any]:
        values = value if isinstance(value, list) else []
        if len(values) > self.most:
            raise forms.ValidationError(_("There are too many of them."))
        return [self.each.clean(one) for one in values]


class AnswerForm(DraftForm):
    """May be made of quick replies: ``quick`` says of which, and what is to be done then."""

    prefix_fields: ClassVar = (*DraftForm.prefix_fields, "quick")
    quick_reply = ManyField(forms.UUIDField(), most=MOST_QUICK)
    act = ManyField(forms.CharField(max_length=60), most=MOST_ACTS)
    # More messages of the same answer follow: what goes along is done with the last.
    continues = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        codes = self.cleaned_data.pop("quick_reply", [])
        acts = self.cleaned_data.pop("act", [])
        ends = not self.cleaned_data.pop("continues", False)
        self.cleaned_data["quick"] = (
            QuickUse(tuple(codes), frozenset(acts), ends) if codes else None
        )
        return self.cleaned_data

    @property
    def quick(self) -> QuickUse | None:
        use: QuickUse | None = self.cleaned_data["quick"]
        return use

    def require_filled(self, field: str) -> None:
        """No customer reads ``{{ contact.first_name }}``. Braces of one's own may be sent."""
        is_quick = bool(self.cleaned_data.get("quick_reply"))
        for part in split(self.cleaned_data.get(field, "")):
            if isinstance(part, Place) and (is_quick or part.name in known_places()):
                self.add_error(
                    field, _("Fill in “%(place)s” first, or delete it.") % {"place": str(part)}
                )
                return
