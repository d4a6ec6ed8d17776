"""The only room that knows the Graph API. Takes and returns its own dataclasses."""

from __future__ import annotations
