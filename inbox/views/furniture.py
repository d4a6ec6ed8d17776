"""Parts of the pane that look the same in every conversation, drawn once per language.

They differ only by the conversation's code and the form token, which are put in their
places: drawing menus and dialogs anew would take as long as drawing all messages.
"""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from inbox.addresses import address

# Neither can be part of a text: the code of nobody, and a word of letters only.
_CODE = UUID(int=0)
_TOKEN = "csrftokenplace"  # noqa: S105 (a place for one)

# What can be sent beside text and files: the form, its icon, its name.
FORMS = (
    ("buttons", "buttons", gettext_lazy("Question with buttons")),
    ("list", "list", gettext_lazy("List to choose from")),
    ("link", "link", gettext_lazy("Link button")),
    ("location", "location", gettext_lazy("Location")),
    ("contact-card", "card", gettext_lazy("Contact card")),
    ("request", "question", gettext_lazy("Ask for location or number")),
)


def furniture(code: UUID, token: str) -> dict[str, SafeString]:
    """By name: ``tools`` of the composer, the ``snooze`` menu, the ``dialogs``."""
    return {
        name: SafeString(html.replace(str(_CODE), str(code)).replace(_TOKEN, token))
        for name, html in _drawn(get_language() or "").items()
    }


@lru_cache(maxsize=8)
def _drawn(language: str) -> dict[str, str]:
    composing = f"{address('conversation', _CODE)}compose/"
    forms = [{"url": f"{composing}{what}/", "icon": i, "label": n} for what, i, n in FORMS]
    context = {
        "csrf_token": _TOKEN,
        "forms": forms,
        "templates_url": address("templates", _CODE),
        "snooze_url": address("snooze", _CODE),
    }
    names = {
        "tools": "inbox/_composer_tools.html",
        "snooze": "inbox/_snooze_menu.html",
        "dialogs": "inbox/_conversation_dialogs.html",
    }
    return {name: render_to_string(path, context) for name, path in names.items()}
