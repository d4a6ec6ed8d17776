"""What agents fill in about themselves."""

from __future__ import annotations

import zoneinfo
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from inbox.models import Agent
from inbox.notices import Why


class SignInForm(AuthenticationForm):
    error_messages = dict.fromkeys(
        ("invalid_login", "inactive"),
        _("This e-mail address and password do not belong together."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"] = forms.EmailField(
            label=_("E-mail address"),
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
        )

    def clean_username(self) -> str:
        """One spelling: otherwise each way of writing it could be tried anew.

        Letters like ſ and ı are taken for s and i where case is ignored.
        """
        email = str(self.cleaned_data["username"]).lower()
        if not email.rpartition("@")[0].isascii():
            raise self.get_invalid_login_error()
        return email


class ForgottenPasswordForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # not generic at run time
    """A new password, twice."""


class JoinForm(SetPasswordForm):  # type: ignore[type-arg]  # not generic at run time
    """The first thing somebody invited does."""

    name = forms.CharField(
        label=_("Your name, as colleagues see it"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "new_password1", "new_password2")

    def __init__(self, user: Agent, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": user.name} | kwargs.get("initial", {})
        super().__init__(user, *args, **kwargs)


@cache
def time_zone_names() -> tuple[str, ...]:
    """Names people look for: continents and cities, and UTC."""
    names = zoneinfo.available_timezones()
    return ("UTC", *sorted(n for n in names if "/" in n and not n.startswith(("Etc/", "Sys"))))


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    class Meta:
        model = Agent
        fields = (
            *("name", "language", "time_zone", "theme"),
            "enter_sends",
        )
        widgets: ClassVar = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "time_zone": forms.TextInput(
                attrs={"list": "time-zones", "autocomplete": "off", "spellcheck": "false"}
            ),
        }
        help_texts: ClassVar = {
            "time_zone": _("Type a city, such as Berlin or New York."),
            "enter_sends": _(
                "Shift + Enter begins a new line. Without this, Ctrl or ⌘ + Enter sends."
                " On phones Enter always begins a new line."
            ),
        }


class NoticesForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """What an agent is told of, where, and when not."""

    shown_notices = forms.MultipleChoiceField(
        label=_("Show in the browser"),
        choices=Why,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where the desk is open, with a sound if you chose one."),
    )
    pushed_notices = forms.MultipleChoiceField(
        label=_("Send to browsers in which the desk is closed"),
        choices=Why,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "While you have it open nowhere. Only to browsers that may show notifications, and"
            " in which you stay signed in."
        ),
    )

    class Meta:
        model = Agent
        fields = (
            *("plays_sound", "shown_notices", "pushed_notices", "notify_about"),
            *("waits_long_minutes", "quiet_begins", "quiet_ends", "is_quiet_at_weekends"),
            "digest",
        )
        widgets: ClassVar = {
            "quiet_begins": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_ends": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts: ClassVar = {
            "plays_sound": _("When there is news and you are looking elsewhere."),
            "notify_about": _("Which conversations “A customer writes” is about."),
            "quiet_begins": _("Nothing makes a sound or comes to your phone then."),
            "digest": _("How many customers wait for you, without names."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("shown_notices", "pushed_notices"):
            self.initial[name] = self.initial[name].split()

    def clean_shown_notices(self) -> str:
        return " ".join(self.cleaned_data["shown_notices"])

    def clean_pushed_notices(self) -> str:
        return " ".join(self.cleaned_data["pushed_notices"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = given.get("quiet_begins"), given.get("quiet_ends")
        if (begins is None) != (ends is None) and not self.errors:
            missing = "quiet_ends" if ends is None else "quiet_begins"
            self.add_error(missing, _("A quiet time has a beginning and an end."))
        return given


class PresenceForm(forms.Form):
    presence = forms.ChoiceField(choices=Agent.Presence)
