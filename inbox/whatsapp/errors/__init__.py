"""Errors of the Graph API: what a code means for us, and how to say it to a person."""

from __future__ import annotations

from .exceptions import GraphError, NoAnswer, NoConnection
from .sentences import sentence_for
from .table import BY_CODE, MAINTENANCE, STOPPED_MARKETING, ErrorClass, classify

__all__ = [
    "BY_CODE",
    "MAINTENANCE",
    "STOPPED_MARKETING",
    "ErrorClass",
    "GraphError",
    "NoAnswer",
    "NoConnection",
    "classify",
    "sentence_for",
]
