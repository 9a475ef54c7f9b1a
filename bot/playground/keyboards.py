"""Keyboards under messages: how many buttons, and what each must do."""

import re

from bot.playground.wire import Json, bad_request

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8

_HOST = re.compile(r"[\w-]+(\.[\w-]+)*(:\d{1,5})?\Z")
_PLAIN_HOSTS = re.compile(r"(localhost|127\.0\.0\.1|[\w-]+(\.[\w-]+)+)(:\d{1,5})?\Z")


def checked(markup: Json | None) -> Json | None:
    """Give the keyboard back, or refuse it; its fields were checked against the table before."""
    if markup is None:
        return None
    rows: list[list[Json]] = markup.get("inline_keyboard") or markup.get("keyboard") or []
    _count(rows)
    for button in (button for row in rows for button in row):
        _button(button, inline="inline_keyboard" in markup)
    if "inline_keyboard" in markup and not any(rows):
        return None
    return markup


def _count(rows: list[list[Json]]) -> None:
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request("REPLY_MARKUP_TOO_LONG")


def _button(button: Json, *, inline: bool) -> None:
    kind = "inline keyboard" if inline else "keyboard"
    if not button["text"].strip():
        raise bad_request(f"{kind} button text must be non-empty")
    if button.get("style") not in (None, "danger", "success", "primary"):
        raise bad_request(f"{kind} button style is unknown")
    if inline:
        _action(button)


def _action(button: Json) -> None:
    actions = [name for name in ("url", "callback_data", "copy_text") if name in button]
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action is expected")
    if "url" in button:
        _url(button["url"])


def _url(url: str) -> None:
    """Accept http, https and tg links whose host is a name with a dot, or this machine."""
    scheme, _, rest = url.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    if not rest:
        scheme, host = "http", re.split(r"[/?#]", url, maxsplit=1)[0]
    if scheme.lower() not in ("http", "https", "tg", "ton", "tonsite"):
        raise bad_request(
            f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol"
        )
    right = _HOST if scheme.lower() == "tg" else _PLAIN_HOSTS
    if right.match(host) is None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
