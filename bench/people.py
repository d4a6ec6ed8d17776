"""Who takes part: agents who are signed in, and customers whose case is open."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import Max

from bench.wire import request
from inbox.models import Agent, Conversation, Message
from inbox.sessions import SessionStore

CSRF = "b" * 32
BOUNDARY = "----bench"
PART = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{{name}}"\r\n\r\n{{value}}\r\n'
BACKEND = "inbox.backends.AgentBackend"


@dataclass(frozen=True, slots=True)
class Reader:
    """An agent's browser."""

    pk: int
    code: str
    cookies: str

    def get(self, path: str, *, htmx: bool = False) -> bytes:
        headers = {"Cookie": self.cookies, "Accept": "text/html,*/*"}
        if htmx:
            headers["HX-Request"] = "true"
        return request("GET", path, headers=headers)

    def post(self, path: str, form: dict[str, object], *, htmx: bool = False) -> bytes:
        """As our scripts send forms."""
        headers = {
            "Cookie": self.cookies,
            "X-CSRFToken": CSRF,
            "X-Requested-With": "fetch",
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        }
        if htmx:
            headers["HX-Request"] = "true"
        parts = [PART.format(name=name, value=value) for name, value in form.items()]
        body = "".join([*parts, f"--{BOUNDARY}--\r\n"]).encode()
        return request("POST", path, headers=headers, body=body)


def signed_in(count: int) -> list[Reader]:
    """The same agents every time, without asking for their passwords."""
    return [_sign_in(agent) for agent in Agent.objects.active().order_by("pk")[:count]]


def _sign_in(agent: Agent) -> Reader:
    session = SessionStore()
    session[SESSION_KEY] = str(agent.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = agent.get_session_auth_hash()
    session.save()
    cookies = f"sessionid={session.session_key}; csrftoken={CSRF}"
    return Reader(agent.pk, str(agent.code), cookies)


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody whose conversation is open; ``seen`` is its newest message."""

    conversation: int
    code: str
    phone: str
    bsuid: str
    name: str
    seen: int


def customers(most: int | None = None, **conditions: object) -> list[Customer]:
    """Of open conversations, in no particular order."""
    rows = Conversation.objects.open().filter(**conditions).order_by("code")
    columns = ("pk", "code", "contact__phone", "contact__bsuid", "contact__display_name")
    return [
        Customer(pk, str(code), phone, bsuid, name, last or 0)
        for pk, code, phone, bsuid, name, last in rows.values_list(*columns, "last_message_id")[
            :most
        ]
    ]


def newest_message() -> int:
    return Message.objects.aggregate(newest=Max("pk"))["newest"] or 0
