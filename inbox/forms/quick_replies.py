"""What is written of a quick reply. The CSV import reads its rows by the same forms."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.actions.quick_replies import Content, ShortcutTaken, Words, is_taken, plain_shortcut
from inbox.forms.contacts import LANGUAGES
from inbox.forms.quick_reply_choices import Choices
from inbox.forms.replies import LONGEST_CAPTION, LONGEST_TEXT, MOST_BUTTONS
from inbox.models import Contact, QuickReply
from inbox.placeholders import unknown_in
from inbox.quick_reply_scopes import Scope

MOST_TEXTS = 30
LONGEST_SNOOZE_HOURS = 24 * 90
ANY_LANGUAGE = [("", gettext_lazy("any language")), *LANGUAGES[1:]]
ANY_FORM = [("", gettext_lazy("any")), *Contact.AddressForm.choices]
BUTTONS = [f"button_{number}" for number in range(1, MOST_BUTTONS + 1)]


class TextForm(forms.Form):
    """One variant of the text."""

    language = forms.ChoiceField(
        label=gettext_lazy("Customer's language"), choices=ANY_LANGUAGE, required=False
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Form of address"), choices=ANY_FORM, required=False
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "data-body": ""}),
    )
    button_1 = forms.CharField(
        label=gettext_lazy("First button"), max_length=20, required=False
    )
    button_2 = forms.CharField(
        label=gettext_lazy("Second button"), max_length=20, required=False
    )
    button_3 = forms.CharField(
        label=gettext_lazy("Third button"), max_length=20, required=False
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices

    def clean_body(self) -> str:
        # Browsers and spreadsheets break lines in ways of their own.
        body = str(self.cleaned_data["body"]).replace("\r\n", "\n").replace("\r", "\n")
        if unknown := unknown_in(body, self.choices.places):
            raise ValidationError(
                _("Nothing is known by this name: %(names)s")
                % {"names": ", ".join(name[:60] for name in unknown[:5])}
            )
        return body

    def clean(self) -> dict[str, Any]:
        titles = [self.cleaned_data.get(name, "") for name in BUTTONS]
        chosen = [title for title in titles if title]
        for name, title in zip(BUTTONS, titles, strict=True):
            if "{{" in title or "}}" in title:
                self.add_error(name, _("The text on a button is the same for everybody."))
            elif title and chosen.count(title) > 1:
                self.add_error(name, _("Each button needs a text of its own."))
                break
        if chosen and len(self.cleaned_data.get("body", "")) > LONGEST_CAPTION:
            self.add_error("body", _("With buttons the text has at most 1,024 characters."))
        return self.cleaned_data

    @property
    def is_gone(self) -> bool:
        return self.is_bound and bool(self["DELETE"].data)

    @property
    def is_left_empty(self) -> bool:
        return self.empty_permitted and not self.has_changed()

    @property
    def words(self) -> Words:
        """As it was typed; of a form with mistakes too, for its preview."""
        given = {name: str(self[name].value() or "") for name in self.fields}
        buttons = tuple(given[name].strip() for name in BUTTONS if given[name].strip())
        body = self.cleaned_data.get("body") if self.is_bound and self.is_valid() else None
        return Words(body or given["body"], given["language"], given["form"], buttons)


class Texts(BaseFormSet):  # type: ignore[type-arg]  # not generic at run time
    forms: list[TextForm]

    def clean(self) -> None:
        """Two texts for the same customers: nobody could say which of them is sent."""
        seen = set()
        for form in self.kept:
            key = (form.words.language, form.words.form)
            if key in seen:
                form.add_error("language", _("There is already a text for these customers."))
            seen.add(key)
        if not self.kept:
            raise ValidationError(_("Write at least one text."))

    @property
    def kept(self) -> list[TextForm]:
        """Those that were not taken away, nor left empty below the others."""
        return [form for form in self.forms if not (form.is_gone or form.is_left_empty)]

    @property
    def words(self) -> tuple[Words, ...]:
        return tuple(form.words for form in self.kept)


TextFormSet = cast(
    type[Texts],
    formset_factory(
        TextForm,
        formset=Texts,
        extra=0,
        min_num=1,
        max_num=MOST_TEXTS,
        validate_max=True,
        absolute_max=MOST_TEXTS + 10,
        can_delete=True,
    ),
)


class QuickReplyForm(forms.Form):
    """All but its texts and files."""

    shortcut = forms.CharField(
        label=gettext_lazy("Shortcut"),
        max_length=41,  # with the slash
        help_text=gettext_lazy("What is typed after the slash: letters, digits, - and _"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    folder = forms.CharField(
        label=gettext_lazy("Folder"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "quick-reply-folders"}),
    )
    scope = forms.ChoiceField(label=gettext_lazy("For"))
    content_class = forms.ChoiceField(
        label=gettext_lazy("Class"),
        choices=QuickReply.ContentClass.choices,
        initial=QuickReply.ContentClass.SERVICE,
        help_text=gettext_lazy("Advertising goes only to those who agreed to it."),
    )
    labels = forms.MultipleChoiceField(
        label=gettext_lazy("Give labels"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    close = forms.BooleanField(label=gettext_lazy("Close the conversation"), required=False)
    snooze_hours = forms.IntegerField(
        label=gettext_lazy("Snooze for hours"),
        min_value=1,
        max_value=LONGEST_SNOOZE_HOURS,
        required=False,
    )
    assign_agent = forms.ChoiceField(label=gettext_lazy("Assign to"), required=False)
    assign_team = forms.ChoiceField(label=gettext_lazy("Assign to team"), required=False)

    acts: ClassVar = ["labels", "close", "snooze_hours", "assign_agent", "assign_team"]

    def __init__(
        self,
        *args: Any,
        choices: Choices,
        instance: QuickReply | None = None,
        is_free: bool = False,  # the shortcut, as is known already
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choices, self.instance, self.is_free = choices, instance, is_free
        nobody = ("", _("nobody"))
        scopes = [(key, scope.name) for key, scope in choices.scopes.items()]
        self._offer("scope", scopes)
        self._offer("labels", [(code, name) for code, name in choices.labels.items()])
        self._offer("assign_agent", [nobody, *choices.agents.items()])
        self._offer("assign_team", [nobody, *choices.teams.items()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for types)
        field.choices = choices

    def clean_shortcut(self) -> str:
        shortcut = plain_shortcut(self.cleaned_data["shortcut"])
        if not shortcut:
            raise ValidationError(
                _("Only letters, digits, hyphens and underscores, no spaces.")
            )
        QuickReply._meta.get_field("shortcut").run_validators(shortcut)
        return shortcut

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("close") and cleaned.get("snooze_hours"):
            self.add_error("snooze_hours", _("What is closed cannot be snoozed too."))
        if cleaned.get("assign_agent") and cleaned.get("assign_team"):
            self.add_error("assign_team", _("Assign it to somebody or to a team."))
        scope = self.choices.scopes.get(cleaned.get("scope", ""))
        shortcut = cleaned.get("shortcut")
        if scope and shortcut and self._is_taken(shortcut, scope):
            self.add_error("shortcut", str(ShortcutTaken(shortcut)))
        return cleaned

    def _is_taken(self, shortcut: str, scope: Scope) -> bool:
        return not self.is_free and is_taken(shortcut, scope, apart_from=self.instance)

    def content(self, texts: tuple[Words, ...]) -> Content:
        cleaned = self.cleaned_data
        scope = self.choices.scopes[cleaned["scope"]]
        acts = {name: cleaned[name] or None for name in self.acts}
        return Content(
            shortcut=cleaned["shortcut"],
            name=cleaned["name"],
            texts=texts,
            folder=cleaned["folder"],
            owner=scope.owner,
            team=scope.team,
            content_class=cleaned["content_class"],
            acts=acts | {"labels": cleaned["labels"], "close": cleaned["close"]},
        )
