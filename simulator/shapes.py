"""The one loose type of this package: a JSON object as it came off, or goes on, the wire."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def json_object(value: object) -> Json:
    """The value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}
