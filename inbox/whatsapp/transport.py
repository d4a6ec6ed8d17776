"""One HTTP call to the Graph API: where it goes, and what its failure means."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from .errors import ErrorClass, GraphError, NoAnswer, NoConnection
from .payloads.body import load
from .refusals import refusal_from

USER_AGENT = "Supportdesk/1 (+WhatsApp Cloud API)"  # without one some of Meta's hosts say 404
TIMEOUT = httpx.Timeout(20, connect=5)
LIMITS = httpx.Limits(max_connections=50, max_keepalive_connections=20)
PARTIAL = 139100

_NOT_WRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True, repr=False)
class Access:
    """A token, and the app secret if the app demands proof that the caller knows it."""

    token: str
    app_secret: str = ""

    @property
    def headers(self) -> dict[str, str]:
        if not (self.token.isascii() and self.token.isprintable() and self.token):
            raise GraphError(ErrorClass.AUTH, details="no usable token")
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def proof(self) -> dict[str, str]:
        if not self.app_secret:
            return {}
        key, token = self.app_secret.encode(), self.token.encode()
        return {"appsecret_proof": hmac.new(key, token, hashlib.sha256).hexdigest()}


Token = str | Access


def access_from(token: Token) -> Access:
    return token if isinstance(token, Access) else Access(token)


def _keep_out_of_logs(record: logging.LogRecord) -> bool:
    """httpx logs whole addresses; ours carry signatures, numbers and sometimes tokens."""
    return record.levelno >= logging.WARNING


class Transport:
    """A connection pool. It knows no token: each call brings its own."""

    def __init__(
        self, base_url: str, version: str, *, transport: httpx.BaseTransport | None = None
    ) -> None:
        logging.getLogger("httpx").addFilter(_keep_out_of_logs)
        self.root = f"{base_url.rstrip('/')}/{version}"
        self.http = httpx.Client(
            transport=transport,
            timeout=TIMEOUT,
            limits=LIMITS,
            headers={"User-Agent": USER_AGENT},
            follow_redirects=False,  # a redirect would take the token along
            trust_env=False,
        )

    def get(self, *path: str, token: Token, params: Mapping[str, str | int]) -> dict[str, Any]:
        return self.call("GET", *path, token=token, params=params)

    def post(self, *path: str, token: Token, json: object = None) -> dict[str, Any]:
        return self.call("POST", *path, token=token, json=json)

    def call(
        self,
        method: str,
        *path: str,
        token: Token,
        params: Mapping[str, str | int] | None = None,
        partial: str = "",
        **content: Any,
    ) -> dict[str, Any]:
        """Raise GraphError unless it succeeded; NoAnswer if nobody can know.

        `partial`: an error with this key tells what was done, so it counts as an answer.
        """
        access = access_from(token)
        query = {**(params or {}), **access.proof}
        try:
            response = self.http.request(
                method, self.url(*path), params=query, headers=access.headers, **content
            )
        except (httpx.HTTPError, httpx.InvalidURL) as failure:
            raise failure_from(failure) from None  # the original quotes the address
        document = document_of(response)
        if response.is_success and "error" not in document:
            return document
        refusal = refusal_from(response.status_code, response.headers, document)
        if refusal.code == PARTIAL and partial in document:
            return document
        raise refusal

    def url(self, *path: str) -> str:
        """Ids come from outside: none may climb out of its place in the path."""
        for segment in path:
            if segment in {"", ".", ".."}:
                raise GraphError(ErrorClass.BAD_REQUEST, details="empty id")
        return "/".join([self.root, *(quote(segment, safe=":") for segment in path)])


def failure_from(failure: httpx.HTTPError | httpx.InvalidURL) -> GraphError:
    if isinstance(failure, _NOT_WRITTEN):
        return NoConnection(ErrorClass.RETRY_SAFE, details=type(failure).__name__)
    if isinstance(failure, httpx.UnsupportedProtocol | httpx.InvalidURL):
        return NoConnection(ErrorClass.BAD_REQUEST, details=type(failure).__name__)
    return NoAnswer(ErrorClass.RETRY_DOUBTFUL, details=type(failure).__name__)


def document_of(response: httpx.Response) -> dict[str, Any]:
    """An answer we cannot read to a call that succeeded leaves us in doubt."""
    try:
        document = load(response.content)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict):
        return document
    if response.is_success:
        raise NoAnswer(ErrorClass.RETRY_DOUBTFUL, http_status=response.status_code)
    return {}
