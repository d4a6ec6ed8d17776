"""Who is calling: an access token, taken as seriously as Meta takes it."""

from __future__ import annotations

import hashlib
import hmac

from starlette.requests import Request

from simulator.accounts import Token
from simulator.errors import GraphError
from simulator.world import World


def authenticate(world: World, request: Request) -> Token:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    value = value.strip() if scheme in ("Bearer", "OAuth") else ""
    value = value or request.query_params.get("access_token", "")
    if not value:
        raise GraphError(
            190, message="An access token is required to request this resource.", http=401
        )
    app_id, _, app_secret = value.partition("|")
    if (app := world.apps.get(app_id)) and hmac.compare_digest(
        app.secret.encode(), app_secret.encode()
    ):
        return Token(value, app.id)
    token = world.tokens.get(value)
    if token is None:
        raise GraphError(190, message="Invalid OAuth access token - Cannot parse access token")
    if token.state != "valid":
        subcode, text = _DEAD.get(token.state, _DEAD["revoked"])
        raise GraphError(190, message=f"Error validating access token: {text}", subcode=subcode)
    _check_proof(world, token, request.query_params.get("appsecret_proof"))
    return token


_DEAD = {
    "expired": (463, "Session has expired."),
    "revoked": (467, "The access token has been invalidated."),
    "password_changed": (460, "The session was invalidated: the password was changed."),
}


def _check_proof(world: World, token: Token, given: str | None) -> None:
    app = world.apps.get(token.app_id)
    if given is None or app is None:
        return
    expected = hmac.new(app.secret.encode(), token.value.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), given.encode()):
        raise GraphError(100, message="Invalid appsecret_proof provided in the API argument")
