"""What agents may change of a contact."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from inbox.models import Contact

# Languages customers are answered in; the desk's own two first.
LANGUAGES = (
    ("", _("not known")),
    ("de", _("German")),
    ("en", _("English")),
    ("ar", _("Arabic")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("it", _("Italian")),
    ("nl", _("Dutch")),
    ("pl", _("Polish")),
    ("pt", _("Portuguese")),
    ("ro", _("Romanian")),
    ("ru", _("Russian")),
    ("tr", _("Turkish")),
    ("uk", _("Ukrainian")),
)


class ContactForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("Left empty, the contact goes by the name they gave themselves."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    address_form = forms.ChoiceField(
        label=_("Form of address"),
        choices=[("", _("not known")), *Contact.AddressForm.choices],
        required=False,
    )

    def __init__(self, *args: object, contact: Contact, **kwargs: object) -> None:
        names = ("name", "language", "address_form")
        kwargs.setdefault("initial", {name: getattr(contact, name) for name in names})
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.contact = contact
        known = dict(LANGUAGES)
        if contact.language not in known:  # WhatsApp told us another one
            other = (contact.language, contact.language)
            self.fields["language"] = forms.ChoiceField(
                label=_("Language"), choices=(*LANGUAGES, other), required=False
            )

    def clean_address_form(self) -> str:
        """A page from before this was asked leaves it as it is."""
        if "address_form" not in self.data:
            return self.contact.address_form
        return str(self.cleaned_data["address_form"])
