"""The hub.challenge handshake that WhatsApp runs before it trusts a callback address."""

from __future__ import annotations

from urllib.parse import urlencode

from simulator.errors import GraphError
from simulator.shapes import Json
from simulator.webhooks.post import NoAnswer
from simulator.world import World


async def shake_hands(world: World, url: str, verify_token: str) -> Json:
    """Ask the address to echo a number. Says what came back; ``ok`` if it was right."""
    challenge = world.ids.digits(10)
    query = urlencode(
        {"hub.mode": "subscribe", "hub.verify_token": verify_token, "hub.challenge": challenge}
    )
    joint = "&" if "?" in url else "?"
    headers = {"User-Agent": "facebookplatform/1.0 (+http://developers.facebook.com)"}
    try:
        answer = await world.sender.http.request("GET", url + joint + query, headers=headers)
    except NoAnswer as error:
        return {"ok": False, "status": 0, "answer": str(error)}
    said = answer.body[:200].decode("utf-8", "replace")
    return {
        "ok": answer.status == 200 and said.strip() == challenge,
        "status": answer.status,
        "answer": said,
    }


async def require_handshake(world: World, url: str, verify_token: str) -> None:
    if not url.startswith(("http://", "https://")) or len(url) > 200:
        raise GraphError(100, "The callback address must be a URL of at most 200 characters.")
    result = await shake_hands(world, url, verify_token)
    if not result["ok"]:
        raise GraphError(
            2200,
            message=(
                "(#2200) Callback verification failed with the following errors: "
                f"HTTP Status Code = {result['status']}"
            ),
        )
