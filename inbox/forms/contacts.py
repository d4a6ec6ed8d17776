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

    def __init__(self, *args: object, contact: Contact, **kwargs: object) -> None:
        kwargs.setdefault("initial", {"name": contact.name, "language": contact.language})
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        known = dict(LANGUAGES)
        if contact.language not in known:  # WhatsApp told us another one
            other = (contact.language, contact.language)
            self.fields["language"] = forms.ChoiceField(
                label=_("Language"), choices=(*LANGUAGES, other), required=False
            )
