"""Lists as Graph gives them: a page, cursors, and only the fields asked for."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from simulator.errors import GraphError
from simulator.graph.door import Call
from simulator.shapes import Json

MOST, USUAL = 1000, 25


def page(call: Call, items: Sequence[Json]) -> Json:
    """``?limit=&after=`` with cursors that say nothing to the caller."""
    start = _position(call.query("after"))
    limit = _limit(call.query("limit"))
    part = items[start : start + limit]
    result: Json = {"data": [select(call, item) for item in part]}
    if not part:
        return result
    end = start + len(part)
    result["paging"] = {"cursors": {"before": _cursor(start), "after": _cursor(end)}}
    if end < len(items):
        url = call.request.url.include_query_params(after=_cursor(end), limit=limit)
        result["paging"]["next"] = str(url.remove_query_params("access_token"))
    return result


def select(call: Call, item: Json) -> Json:
    """Only what ``fields`` names; the id always comes along."""
    wanted = {name.partition(".")[0] for name in call.query("fields").split(",") if name}
    if not wanted:
        return item
    return {key: value for key, value in item.items() if key in wanted or key == "id"}


def _limit(text: str) -> int:
    if text and not (text.isascii() and text.isdigit()):
        raise GraphError(100, message="(#100) Param limit must be a number")
    return min(int(text or USUAL), MOST) or USUAL


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"at:{position}".encode()).decode().rstrip("=")


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        return int(text.removeprefix("at:"))
    except ValueError:
        raise GraphError(100, message="(#100) Invalid cursor") from None
