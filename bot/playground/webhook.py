"""Updates brought to the bot: posted to its address, one chat in order, again until it says 2xx."""

import asyncio
import re
from functools import partial
from urllib.parse import urlsplit

import aiohttp

from bot.playground.sending import Uploads
from bot.playground.telegram import Telegram
from bot.playground.wire import Json, bad_request, conflict

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 30.0
PATIENCE = 60.0
"""Seconds to wait before the next try, doubling; and for one answer."""
CONNECTIONS = 40
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
Flying = dict[int, asyncio.Task[None]]
PORTS = frozenset({80, 88, 443, 8443})


def refuse_polling(telegram: Telegram) -> None:
    """Refuse getUpdates while a webhook is set."""
    if telegram.webhook:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )


def set_webhook(telegram: Telegram, asked: Json, uploads: Uploads) -> bool:
    """Answer setWebhook: https on Telegram's ports, or anything on this machine."""
    if not asked["url"]:
        return delete_webhook(telegram, asked, uploads)
    _check(asked["url"])
    secret = asked.get("secret_token", "")
    if re.fullmatch(r"[A-Za-z0-9_-]*", secret) is None:
        raise bad_request("secret token contains unallowed characters")
    if "allowed_updates" in asked:
        telegram.updates.allowed = asked["allowed_updates"]
    if asked.get("drop_pending_updates"):
        telegram.updates.drop_all()
    telegram.webhook = {
        "url": asked["url"],
        "secret_token": secret,
        "max_connections": asked.get("max_connections", CONNECTIONS),
    }
    telegram.webhook_changed.ring()
    telegram.updates.interrupt("terminated by setWebhook request")
    return True


def _check(url: str) -> None:
    address = urlsplit(url)
    if address.hostname in THIS_MACHINE and address.scheme in ("http", "https"):
        return
    if address.scheme != "https" or not address.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (address.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def delete_webhook(telegram: Telegram, asked: Json, uploads: Uploads) -> bool:
    """Answer deleteWebhook."""
    telegram.webhook = {}
    if asked.get("drop_pending_updates"):
        telegram.updates.drop_all()
    telegram.webhook_changed.ring()
    telegram.updates.bell.ring()
    return True


def get_webhook_info(telegram: Telegram, asked: Json, uploads: Uploads) -> Json:
    """Answer getWebhookInfo."""
    told = ("url", "max_connections", "last_error_date", "last_error_message")
    info = {name: telegram.webhook[name] for name in told if name in telegram.webhook}
    if telegram.updates.allowed:
        info["allowed_updates"] = telegram.updates.allowed
    counted = {
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.updates.pending),
    }
    return {"url": ""} | counted | info


async def deliver(telegram: Telegram) -> None:
    """Deliver for as long as the server runs: chats side by side, one chat in order."""
    updates = telegram.updates
    flying: Flying = {}
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE)) as session:
        try:
            while True:
                rings = updates.bell.rings
                _launch(telegram, session, flying)
                await updates.bell.wait(rings)
        finally:
            landing = list(flying.values())
            for task in landing:
                task.cancel()
            await asyncio.gather(*landing, return_exceptions=True)


def _launch(telegram: Telegram, session: aiohttp.ClientSession, flying: Flying) -> None:
    """Send off the first update of every chat that has none under way."""
    if not telegram.webhook:
        return
    telegram.updates.expire()
    address = telegram.webhook["url"]
    for update_id, update in telegram.updates.pending.items():
        if len(flying) >= telegram.webhook["max_connections"]:
            return
        chat_id = telegram.updates.chats[update_id]
        if chat_id not in flying:
            flying[chat_id] = asyncio.create_task(_bring(telegram, session, update, address))
            flying[chat_id].add_done_callback(partial(_landed, telegram, flying, chat_id))


def _landed(telegram: Telegram, flying: Flying, chat_id: int, task: asyncio.Task[None]) -> None:
    del flying[chat_id]
    telegram.updates.bell.ring()


async def _bring(
    telegram: Telegram, session: aiohttp.ClientSession, update: Json, address: str
) -> None:
    """Post one update until it is taken, the webhook changes, or the update is too old."""
    number, pause = update["update_id"], FIRST_PAUSE
    while telegram.webhook.get("url") == address and number in telegram.updates.pending:
        wrong = await _post(telegram.webhook, session, update)
        if wrong is None:
            telegram.updates.forget([number])
            return
        if telegram.webhook.get("url") != address:
            return
        telegram.webhook |= {
            "last_error_date": int(telegram.clock.now()),
            "last_error_message": wrong,
        }
        await telegram.webhook_changed.wait(telegram.webhook_changed.rings, at_most=pause)
        pause = min(2 * pause, LONGEST_PAUSE)
        telegram.updates.expire()


async def _post(webhook: Json, session: aiohttp.ClientSession, update: Json) -> str | None:
    """Post an update; give what went wrong, if anything."""
    headers = {SECRET_HEADER: webhook["secret_token"]} if webhook["secret_token"] else {}
    try:
        async with session.post(webhook["url"], json=update, headers=headers) as answer:
            await answer.read()
            if 200 <= answer.status < 300:
                return None
            return f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except (aiohttp.ClientError, TimeoutError) as problem:
        return f"Connection failed: {type(problem).__name__}"
