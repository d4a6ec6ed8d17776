"""The Graph API, as far as a shared inbox needs it. Thin, synchronous, thread-safe.

Every call brings its token; the client keeps none. Failures are GraphErrors.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, BinaryIO

import httpx

from . import answers, records
from .answers import (
    Accepted,
    BlockedPerson,
    BlockOutcome,
    MediaInfo,
    Profile,
)
from .downloads import MAX_BYTES, Downloaded, download
from .errors import ErrorClass, NoAnswer
from .outgoing import Outgoing, Recipient
from .payloads.reading import elements, ident, obj, text
from .records import AccountRecord, NumberRecord, SubscribedApp, TemplateRecord, TokenInfo
from .transport import Token, Transport, access_from

PAGE = 100
MAX_PAGES = 100

_PRODUCT = {"messaging_product": "whatsapp"}


class GraphClient:
    def __init__(
        self, base_url: str, version: str, *, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._graph = Transport(base_url, version, transport=transport)

    def send(self, phone_number_id: str, message: Outgoing, *, token: Token) -> Accepted:
        """Raise NotSendable before, GraphError after asking. Never repeats by itself."""
        body = message.to_body()
        document = self._graph.post(phone_number_id, "messages", token=token, json=body)
        accepted = answers.accepted_from(document)
        if accepted is None:  # taken, it seems, but under which name?
            raise NoAnswer(ErrorClass.RETRY_DOUBTFUL, http_status=200)
        return accepted

    def mark_read(
        self, phone_number_id: str, wamid: str, *, token: Token, typing: bool = False
    ) -> None:
        """Also marks what came before. `typing` shows for 25 seconds or until we write."""
        body: dict[str, Any] = {**_PRODUCT, "status": "read", "message_id": wamid}
        if typing:
            body["typing_indicator"] = {"type": "text"}
        self._graph.post(phone_number_id, "messages", token=token, json=body)

    def upload_media(
        self,
        phone_number_id: str,
        file: BinaryIO,
        *,
        mime_type: str,
        filename: str,
        token: Token,
    ) -> str:
        """Return the media id; Meta keeps the file for 30 days."""
        document = self._graph.call(
            "POST",
            phone_number_id,
            "media",
            token=token,
            data={**_PRODUCT, "type": mime_type},
            files={"file": (filename, file, mime_type)},
        )
        return ident(document.get("id"))

    def media_info(self, media_id: str, *, phone_number_id: str, token: Token) -> MediaInfo:
        params = {"phone_number_id": phone_number_id}
        return answers.media_from(self._graph.get(media_id, token=token, params=params))

    def download_media(
        self, url: str, into: BinaryIO, *, token: Token, max_bytes: int = MAX_BYTES
    ) -> Downloaded:
        """Raise MediaRefused for an address, a size or a slowness we do not accept."""
        access = access_from(token)
        return download(self._graph, url, into, access=access, max_bytes=max_bytes)

    def delete_media(self, media_id: str, *, token: Token) -> None:
        self._graph.call("DELETE", media_id, token=token)

    def templates(self, waba_id: str, *, token: Token) -> Iterator[TemplateRecord]:
        params = {"fields": records.TEMPLATE_FIELDS}
        pages = self._pages(waba_id, "message_templates", token=token, params=params)
        return map(records.template_from, pages)

    def account(self, waba_id: str, *, token: Token) -> AccountRecord:
        params = {"fields": records.ACCOUNT_FIELDS}
        return records.account_from(self._graph.get(waba_id, token=token, params=params))

    def phone_numbers(self, waba_id: str, *, token: Token) -> list[NumberRecord]:
        params = {"fields": records.NUMBER_FIELDS}
        pages = self._pages(waba_id, "phone_numbers", token=token, params=params)
        return [records.number_from(page) for page in pages]

    def phone_number(self, phone_number_id: str, *, token: Token) -> NumberRecord:
        params = {"fields": records.NUMBER_FIELDS}
        document = self._graph.get(phone_number_id, token=token, params=params)
        return records.number_from(document)

    def subscribe_app(
        self, waba_id: str, *, token: Token, address: str = "", verify_token: str = ""
    ) -> None:
        """Without this no webhooks come. With `address`, Meta shakes hands there first."""
        override = {"override_callback_uri": address, "verify_token": verify_token}
        json = override if address else None
        self._graph.post(waba_id, "subscribed_apps", token=token, json=json)

    def subscribed_apps(self, waba_id: str, *, token: Token) -> list[SubscribedApp]:
        pages = self._pages(waba_id, "subscribed_apps", token=token, params={})
        return [records.subscribed_app_from(page) for page in pages]

    def debug_token(self, token: Token) -> TokenInfo:
        params = {"input_token": access_from(token).token}
        document = self._graph.get("debug_token", token=token, params=params)
        return records.token_info_from(document)

    def register(
        self, phone_number_id: str, *, pin: str, token: Token, region: str = ""
    ) -> None:
        """`region`: where Meta stores messages at rest, e.g. DE or CH."""
        body = {**_PRODUCT, "pin": pin}
        if region:
            body["data_localization_region"] = region
        self._graph.post(phone_number_id, "register", token=token, json=body)

    def profile(self, phone_number_id: str, *, token: Token) -> Profile:
        path = (phone_number_id, "whatsapp_business_profile")
        params = {"fields": answers.PROFILE_FIELDS}
        return answers.profile_from(self._graph.get(*path, token=token, params=params))

    def set_profile(self, phone_number_id: str, profile: Profile, *, token: Token) -> None:
        """Everything but the picture, which needs an upload of its own."""
        known = {
            "about": profile.about,
            "address": profile.address,
            "description": profile.description,
            "email": profile.email,
            "websites": list(profile.websites),
            "vertical": profile.vertical,
        }
        # About and vertical cannot be emptied, the others can.
        body = {k: v for k, v in known.items() if v or k not in {"about", "vertical"}}
        path = (phone_number_id, "whatsapp_business_profile")
        self._graph.post(*path, token=token, json={**_PRODUCT, **body})

    def block(
        self, phone_number_id: str, people: Iterable[Recipient], *, token: Token
    ) -> BlockOutcome:
        return self._change_blocks("POST", phone_number_id, people, token)

    def unblock(
        self, phone_number_id: str, people: Iterable[Recipient], *, token: Token
    ) -> BlockOutcome:
        return self._change_blocks("DELETE", phone_number_id, people, token)

    def list_blocked(self, phone_number_id: str, *, token: Token) -> Iterator[BlockedPerson]:
        for page in self._pages(phone_number_id, "block_users", token=token, params={}):
            nested = page.get("block_users")  # seen both nested and flat
            for user in elements(nested) if nested is not None else [page]:
                yield answers.blocked_from(obj(user))

    def thread_control(
        self, phone_number_id: str, action: str, recipient: Recipient, *, token: Token
    ) -> None:
        """`action`: take, pass or release the conversation with this person."""
        address = recipient.phone and "+" + recipient.phone.removeprefix("+")
        body = {**_PRODUCT, "action": action, "recipient": address or recipient.bsuid}
        self._graph.post(phone_number_id, "thread_control", token=token, json=body)

    def _change_blocks(
        self, method: str, phone_number_id: str, people: Iterable[Recipient], token: Token
    ) -> BlockOutcome:
        users = [_block_entry(person) for person in people]
        document = self._graph.call(
            method,
            phone_number_id,
            "block_users",
            token=token,
            partial="block_users",
            json={**_PRODUCT, "block_users": users},
        )
        return answers.block_outcome_from(document)

    def _pages(
        self, *path: str, token: Token, params: dict[str, str]
    ) -> Iterator[dict[str, Any]]:
        """Elements of all pages. `paging.next` is a whole address and is not followed."""
        after = ""
        for _ in range(MAX_PAGES):
            query: dict[str, str | int] = {**params, "limit": PAGE}
            if after:
                query["after"] = after
            document = self._graph.get(*path, token=token, params=query)
            yield from (obj(item) for item in elements(document.get("data")))
            paging = obj(document.get("paging"))
            cursor = text(obj(paging.get("cursors")).get("after"))
            if not paging.get("next") or cursor in {"", after}:
                return
            after = cursor


def _block_entry(person: Recipient) -> dict[str, str]:
    if person.bsuid:
        return {"user_id": person.bsuid}
    return {"user": "+" + person.phone.removeprefix("+")}


def client_for(base_url: str, version: str) -> GraphClient:
    """One connection pool for each process and address."""
    return _client_in_process(base_url, version, os.getpid())


@cache
def _client_in_process(base_url: str, version: str, _process: int) -> GraphClient:
    return GraphClient(base_url, version)
