"""The only room that knows the Graph API. Takes and returns its own dataclasses.

In: ``signature`` tells whether a webhook is Meta's, ``payloads.read`` makes happenings of
it. Out: ``GraphClient`` sends what ``outgoing`` describes; a failure is a ``GraphError``
whose class (``ErrorClass``) tells what to do and ``sentence_for`` what to say.
"""

from __future__ import annotations

from . import happenings, media_kinds, outgoing, signature, templates
from .answers import (
    Accepted,
    BlockedPerson,
    BlockOutcome,
    MediaInfo,
    Profile,
)
from .client import GraphClient, client_for
from .downloads import Downloaded, MediaRefused
from .errors import ErrorClass, GraphError, NoAnswer, NoConnection, classify, sentence_for
from .happenings import Happening, Person
from .outgoing import NotSendable, Outgoing, Recipient
from .payloads import read
from .records import AccountRecord, NumberRecord, SubscribedApp, TemplateRecord, TokenInfo
from .transport import Access, Token

__all__ = [
    "Accepted",
    "Access",
    "AccountRecord",
    "BlockOutcome",
    "BlockedPerson",
    "Downloaded",
    "ErrorClass",
    "GraphClient",
    "GraphError",
    "Happening",
    "MediaInfo",
    "MediaRefused",
    "NoAnswer",
    "NoConnection",
    "NotSendable",
    "NumberRecord",
    "Outgoing",
    "Person",
    "Profile",
    "Recipient",
    "SubscribedApp",
    "TemplateRecord",
    "Token",
    "TokenInfo",
    "classify",
    "client_for",
    "happenings",
    "media_kinds",
    "outgoing",
    "read",
    "sentence_for",
    "signature",
    "templates",
]
