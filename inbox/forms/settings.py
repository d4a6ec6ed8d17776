"""What admins fill in: people, teams and numbers."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from inbox.models import Agent, Channel, Team

digits = RegexValidator(r"^\d{1,32}$", _("Only digits, as Meta shows it."))


class RightsForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    team = forms.ModelChoiceField(
        Team.objects.all(),
        label=_("Team"),
        required=False,
        to_field_name="code",
        empty_label=_("No team"),
    )

    class Meta:
        model = Agent
        fields = ("role", "team", "data_protection")
        help_texts: ClassVar = {
            "role": _("Leads also see settings and statistics; admins may change everything."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if team := self.instance.team:
            self.initial["team"] = team.code


class InviteForm(RightsForm):
    class Meta(RightsForm.Meta):
        fields = ("email", "name", "language", "role", "team", "data_protection")  # type: ignore[assignment]
        widgets: ClassVar = {"email": forms.EmailInput(attrs={"autocomplete": "off"})}
        help_texts: ClassVar = RightsForm.Meta.help_texts | {
            "language": _("Of the invitation and of their screens; they can change it."),
        }

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if Agent.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("Somebody with this address is already here."))
        return email


class TeamForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    class Meta:
        model = Team
        fields = ("name",)


class MembersForm(forms.Form):
    members = forms.ModelMultipleChoiceField(
        Agent.objects.none(),
        label=_("Members"),
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, team: Team, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["members"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 (for types)
        field.queryset = Agent.objects.all()
        self.initial["members"] = list(team.agents.values_list("code", flat=True))


class NumberForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """How a number behaves; its secrets have forms of their own."""

    teams = forms.ModelMultipleChoiceField(
        Team.objects.all(),
        label=_("Teams"),
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only these teams see its conversations; none chosen: everyone."),
    )

    class Meta:
        model = Channel
        fields = (
            *("name", "sends_read_marks", "sends_typing", "reopen_hours", "requires_label"),
            "teams",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["teams"] = list(self.instance.teams.values_list("code", flat=True))


def _secret(label: Any, help_text: Any, *, required: bool = True) -> forms.CharField:
    # Never shown again, not even to whoever has just typed it.
    widget = forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=2000, widget=widget
    )


class ConnectForm(forms.Form):
    """A new number, from what Meta's developer pages show."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("As agents see it, such as “Service”.")
    )
    phone_number_id = forms.CharField(
        label=_("Phone number ID"),
        validators=[digits],
        help_text=_("WhatsApp → API set-up. Not the telephone number."),
    )
    waba_id = forms.CharField(
        label=_("WhatsApp Business Account ID"),
        validators=[digits],
        help_text=_("On the same page."),
    )
    app_id = forms.CharField(
        label=_("App ID"), validators=[digits], help_text=_("App settings → Basic.")
    )
    token = _secret(_("Access token"), _("Of a system user, so that it does not run out."))
    app_secret = _secret(_("App secret"), _("App settings → Basic. It signs what Meta sends."))
    verify_token = forms.CharField(
        label=_("Verify token"),
        max_length=200,
        required=False,
        help_text=_("Any words; leave it empty and we make one up."),
    )

    def clean_phone_number_id(self) -> str:
        number_id = str(self.cleaned_data["phone_number_id"])
        if Channel.objects.in_use().filter(phone_number_id=number_id).exists():
            raise ValidationError(_("This number is already connected."))
        return number_id


class TokenForm(forms.Form):
    token = _secret(_("New access token"), _("Replaces the one in use at once."))


class AppSecretForm(forms.Form):
    app_secret = _secret(
        _("Another app secret"),
        _("Both count until you remove the old one, so that nothing is lost in between."),
    )
