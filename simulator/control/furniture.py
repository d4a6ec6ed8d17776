"""Controls for what the business has: numbers, accounts, apps, tokens, templates."""

from __future__ import annotations

from dataclasses import asdict

from simulator.accounts import Account, App, Number, Token
from simulator.control.door import Ask
from simulator.refused import Refused
from simulator.shapes import Json
from simulator.template_review import decide, recategorise
from simulator.templates import Template


async def overview(ask: Ask) -> Json:
    """Everything one needs to connect a desk, and some counts."""
    world = ask.world
    return {
        "public_url": world.public_url,
        "numbers": [asdict(number) for number in world.numbers.values()],
        "accounts": [asdict(account) for account in world.accounts.values()],
        "apps": [asdict(app) for app in world.apps.values()],
        "tokens": [asdict(token) for token in world.tokens.values()],
        "people": len(world.people),
        "messages": len(world.messages),
        "sent": world.messages.sent_count,
        "received": world.messages.received_count,
        "media": len(world.media.all()),
        "waiting": len(world.sender.waiting()),
        "delivered": world.sender.log.delivered,
        "failed_attempts": world.sender.log.failed_attempts,
    }


async def add_number(ask: Ask) -> Json:
    """A number, and where named and unknown, its account, app and token with it."""
    world, data = ask.world, ask.data
    app_id = ask.text("app_id", next(iter(world.apps)))
    if app_id not in world.apps:
        secret = ask.text("app_secret", world.ids.word(32))
        world.apps[app_id] = App(
            app_id, secret, ask.text("verify_token"), ask.text("callback_url")
        )
    account_id = ask.text("account_id", next(iter(world.accounts)))
    if account_id not in world.accounts:
        name = ask.text("name", "Zweites Geschäft")
        world.accounts[account_id] = Account(account_id, name=name, apps={app_id: ""})
        world.add_templates(account_id)
    number_id = ask.text("id") or world.ids.digits(15)
    if number_id in world.numbers:
        raise Refused("there is a number with this id already", 409)
    display = ask.text("display") or f"+49 30 {world.ids.digits(8)}"
    number = Number(number_id, account_id, display)
    number.verified_name = ask.text("name", number.verified_name)
    world.numbers[number_id] = number
    if token := str(data.get("token") or ""):
        world.tokens.setdefault(token, Token(token, app_id))
    return asdict(number)


async def change_number(ask: Ask) -> Json:
    number = ask.number(ask.path("number"))
    for key in ("quality", "tier", "status", "name_status", "verified_name", "callback_url"):
        if key in ask.data:
            setattr(number, key, str(ask.data[key]))
    return asdict(number)


async def change_app(ask: Ask) -> Json:
    """``secret`` rotates the app secret, ``callback_url`` moves the desk."""
    app = ask.world.apps.get(ask.path("app"))
    if app is None:
        raise Refused("there is no such app", 404)
    for key in ("secret", "verify_token", "callback_url"):
        if key in ask.data:
            setattr(app, key, str(ask.data[key]))
    if "fields" in ask.data:
        app.fields = [str(name) for name in ask.data["fields"]]
    return asdict(app)


async def set_token(ask: Ask) -> Json:
    """Make or change an access token; ``state`` expired, revoked, password_changed, valid."""
    value = ask.text("value")
    if not value:
        raise Refused("value is missing")
    token = ask.world.tokens.get(value) or Token(value, next(iter(ask.world.apps)))
    token.state = ask.text("state", token.state)
    token.app_id = ask.text("app_id", token.app_id)
    if "scopes" in ask.data:
        token.scopes = [str(scope) for scope in ask.data["scopes"]]
    if "account_ids" in ask.data:
        token.account_ids = [str(account) for account in ask.data["account_ids"]]
    ask.world.tokens[value] = token
    return asdict(token)


async def templates(ask: Ask) -> Json:
    return {"templates": [asdict(template) for template in ask.world.templates.values()]}


_VERDICTS = {
    "approve": "APPROVED",
    "reject": "REJECTED",
    "pause": "PAUSED",
    "disable": "DISABLED",
    "archive": "ARCHIVED",
    "flag": "FLAGGED",
}


def _template(ask: Ask) -> Template:
    """By id, or by name (the first of its languages, or ``language``)."""
    key, language = ask.path("template"), ask.text("language")
    for template in ask.world.templates.values():
        named = template.name == key and language in ("", template.language)
        if template.id == key or named:
            return template
    raise Refused(f"there is no template {key!r}", 404)


async def judge(ask: Ask) -> Json:
    template, verdict = _template(ask), ask.path("verdict")
    if verdict == "recategorise":
        recategorise(ask.world, template, ask.text("category", "MARKETING"))
    elif verdict in _VERDICTS:
        decide(ask.world, template, _VERDICTS[verdict], reason=ask.text("reason", "NONE"))
    else:
        raise Refused(f"verdict must be one of {', '.join([*_VERDICTS, 'recategorise'])}")
    return asdict(template)
