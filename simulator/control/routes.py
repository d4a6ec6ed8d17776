"""The list of all controls. The README says what each takes and gives."""

from __future__ import annotations

from starlette.routing import Route

from simulator.control import burst, conduct, furniture, people, sent, state, tell
from simulator.control.door import Control, control

_CONTROLS: list[tuple[str, str, Control]] = [
    ("GET", "/", furniture.overview),
    ("POST", "/numbers", furniture.add_number),
    ("PATCH", "/numbers/{number}", furniture.change_number),
    ("PATCH", "/apps/{app}", furniture.change_app),
    ("POST", "/tokens", furniture.set_token),
    ("GET", "/templates", furniture.templates),
    ("POST", "/templates/{template}/{verdict}", furniture.judge),
    ("GET", "/people", people.listing),
    ("POST", "/people", people.create),
    ("GET", "/people/{key}", people.show),
    ("PATCH", "/people/{key}", people.change),
    ("DELETE", "/people/{key}", people.remove),
    ("POST", "/people/{key}/messages", people.say),
    ("POST", "/people/{key}/press", people.press),
    ("POST", "/people/{key}/read", people.read),
    ("POST", "/people/{key}/change-number", people.change_number),
    ("POST", "/people/{key}/change-user-id", people.change_user_id),
    ("POST", "/people/{key}/block", people.block),
    ("POST", "/people/{key}/unblock", people.unblock),
    ("POST", "/people/{key}/preference", people.preference),
    ("POST", "/people/{key}/call", people.call),
    ("GET", "/sent", sent.listing),
    ("POST", "/sent/{wamid:path}/status", sent.set_status),
    ("POST", "/statuses", sent.status_of_stranger),
    ("GET", "/deliveries", tell.deliveries),
    ("POST", "/deliveries/{delivery:int}/again", tell.again),
    ("GET", "/waiting", tell.waiting),
    ("POST", "/raw", tell.raw),
    ("POST", "/events", tell.event),
    ("POST", "/echo", tell.echo),
    ("POST", "/handshake", tell.handshake),
    ("GET", "/rules", conduct.rules),
    ("PATCH", "/rules", conduct.change_rules),
    ("GET", "/webhooks", conduct.webhooks),
    ("PATCH", "/webhooks", conduct.change_webhooks),
    ("GET", "/faults", conduct.faults),
    ("POST", "/faults", conduct.add_fault),
    ("DELETE", "/faults", conduct.clear_faults),
    ("DELETE", "/faults/{fault}", conduct.remove_fault),
    ("GET", "/clock", conduct.clock),
    ("POST", "/clock", conduct.change_clock),
    ("POST", "/settle", conduct.settle),
    ("GET", "/crowd", conduct.crowd),
    ("POST", "/crowd", conduct.change_crowd),
    ("POST", "/burst", burst.start),
    ("GET", "/burst", burst.show),
    ("GET", "/export", state.show),
    ("POST", "/import", state.load),
    ("POST", "/reset", state.reset),
]


def routes() -> list[Route]:
    return [control(method, path, handler) for method, path, handler in _CONTROLS]
