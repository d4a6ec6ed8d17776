"""Messages that the customer answers by a tap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

from inbox.actions.replies.along import Along
from inbox.actions.replies.queueing import Draft, queue
from inbox.models import Conversation, Message

Kind = Message.Kind


def send_buttons(
    conversation: Conversation,
    *,
    body: str,
    buttons: list[str],
    header: str = "",
    footer: str = "",
    **along: Unpack[Along],
) -> Message:
    titles = [title.strip() for title in buttons]
    content = {
        # Ids come back verbatim; a place in the message says all, and nothing personal.
        "buttons": [{"id": f"button-{n}", "title": t} for n, t in enumerate(titles, 1)],
        **_around(header, footer),
    }
    return queue(conversation, Draft(Kind.BUTTONS, body.strip(), content), **along)


def send_list(
    conversation: Conversation,
    *,
    body: str,
    button: str,
    rows: Iterable[tuple[str, str]],
    header: str = "",
    footer: str = "",
    **along: Unpack[Along],
) -> Message:
    entries = [
        {"id": f"row-{n}", "title": title.strip(), "description": description.strip()}
        for n, (title, description) in enumerate(rows, 1)
    ]
    content = {
        "button": button.strip(),
        "sections": [{"title": "", "rows": entries}],
        **_around(header, footer),
    }
    return queue(conversation, Draft(Kind.LIST, body.strip(), content), **along)


def send_link_button(
    conversation: Conversation,
    *,
    body: str,
    text: str,
    url: str,
    header: str = "",
    footer: str = "",
    **along: Unpack[Along],
) -> Message:
    content = {"text": text.strip(), "url": url.strip(), **_around(header, footer)}
    return queue(conversation, Draft(Kind.LINK_BUTTON, body.strip(), content), **along)


def send_request(
    conversation: Conversation, *, request: str, body: str, **along: Unpack[Along]
) -> Message:
    """Ask for the customer's ``location`` or for their number (``contact_info``)."""
    draft = Draft(Kind.REQUEST, body.strip(), {"request": request})
    return queue(conversation, draft, **along)


def _around(header: str, footer: str) -> dict[str, str]:
    return {"header": header.strip(), "footer": footer.strip()}
