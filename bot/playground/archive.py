"""What outlives the process: the whole state as one JSON file, replaced whole."""

import asyncio
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bot.playground.people import Chat, Person
from bot.playground.wire import Json

if TYPE_CHECKING:
    from bot.playground.telegram import Telegram

PAUSE = 1.0
"""Seconds between looks at whether something changed: what a kill can lose."""
LEAP = 1000
"""Ids leap this far on loading, so that none given out just before a kill comes twice."""


def save(telegram: "Telegram", folder: Path) -> None:
    """Write the state beside the old one and put it in its place."""
    state = {
        "seq": telegram.journal.seq,
        "offset": telegram.clock.offset,
        "last_message_id": telegram.last_message_id,
        "last_query_id": telegram.last_query_id,
        "people": [asdict(person) for person in telegram.people.values()],
        "chats": [_chat(chat) for chat in telegram.chats.values()],
        "queries": telegram.queries,
        "files": telegram.files.state(),
        "profile": telegram.profile.state(),
        "updates": telegram.updates.state(),
        "webhook": telegram.webhook,
    }
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / "state.json.new"
    written.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
    os.replace(written, folder / "state.json")


def _chat(chat: Chat) -> Json:
    return dict(vars(chat)) | {"messages": list(chat.messages.values())}


def load(telegram: "Telegram", folder: Path) -> None:
    """Go on where an earlier process was; an empty folder is a new Telegram."""
    path = folder / "state.json"
    if not path.exists():
        return
    state = json.loads(path.read_text(encoding="utf-8"))
    telegram.journal.seq = state["seq"] + LEAP
    telegram.last_message_id = state["last_message_id"] + LEAP
    telegram.last_query_id = state["last_query_id"] + LEAP
    telegram.people = {each["id"]: Person(**each) for each in state["people"]}
    for fields in state["chats"]:
        messages = {message["message_id"]: message for message in fields.pop("messages")}
        fields["last_message_id"] += LEAP
        telegram.chats[fields["id"]] = Chat(**fields, messages=messages)
    telegram.queries = {key: (who, at) for key, (who, at) in state["queries"].items()}
    telegram.files.restore(state["files"])
    telegram.profile.restore(state["profile"])
    telegram.updates.restore(state["updates"], leap=LEAP)
    telegram.webhook = state["webhook"]
    telegram.clock.set(state["offset"])


async def keep(telegram: "Telegram", folder: Path) -> None:
    """Save about once a second while something changes, until cancelled."""
    saved = None
    while True:
        state = (telegram.journal.seq, telegram.updates.changes, telegram.webhook)
        if state != saved:
            save(telegram, folder)
            saved = state
        await asyncio.sleep(PAUSE)
