"""A phone on the playground: what a person says and presses, and what they see."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.builders.web import HTTP

PATIENCE = 30.0  # seconds


@dataclass
class Phone:
    """One person's private chat with the bot; every wait is bounded."""

    url: str
    person: int

    def _post(self, call: str, **body: Any) -> Any:
        answer = HTTP.post(f"{self.url}/play/{call}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def start(self, payload: str = "") -> None:
        """Press START, perhaps through a deep link."""
        self._post("start", person_id=self.person, payload=payload)

    def say(self, text: str) -> None:
        """Write a message."""
        self._post("send", person_id=self.person, chat_id=self.person, text=text)

    def reword(self, old: str, new: str) -> None:
        """Change the newest message of one's own that says something."""
        mine = [m for m in self.messages() if not m["from"]["is_bot"] and m.get("text") == old]
        place = {"chat_id": self.person, "message_id": mine[-1]["message_id"]}
        self._post("reword", person_id=self.person, text=new, **place)

    def press(self, label: str) -> None:
        """Press the newest button whose text contains a label."""
        message, data = self.wait(lambda: self._button(label), f"a button {label}")
        self.press_again(message, data)

    def press_again(self, message: int, data: str) -> None:
        """Press a button by what it carries, whether or not it is still shown."""
        self._post(
            "press", person_id=self.person, chat_id=self.person, message_id=message, data=data
        )

    def button(self, label: str) -> tuple[int, str]:
        """Find the message and data of the newest button whose text contains a label."""
        return self.wait(lambda: self._button(label), f"a button {label}")

    def sees(self, text: str) -> dict[str, Any]:
        """Wait until a message of the bot contains a text; return the newest that does."""
        return self.wait(lambda: self._message(text), text)

    def messages(self) -> list[dict[str, Any]]:
        """List the messages of the chat, the oldest first."""
        state = HTTP.get(f"{self.url}/play/state").json()
        messages: list[dict[str, Any]] = state["messages"].get(str(self.person), [])
        return messages

    def last(self) -> dict[str, Any]:
        """Give the newest message of the bot; wait for the first one."""
        return self.wait(self._last, "a first message")

    def download(self, message: dict[str, Any]) -> bytes:
        """Fetch the document of a message."""
        file_id = message["document"]["file_id"]
        return HTTP.get(f"{self.url}/play/file/{file_id}").content

    def _last(self) -> dict[str, Any] | None:
        return next((m for m in reversed(self.messages()) if m["from"]["is_bot"]), None)

    def _message(self, text: str) -> dict[str, Any] | None:
        for message in reversed(self.messages()):
            if message["from"]["is_bot"] and text in words(message):
                return message
        return None

    def _button(self, label: str) -> tuple[int, str] | None:
        for message in reversed(self.messages()):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for key in row:
                    if label in key["text"] and "callback_data" in key:
                        return message["message_id"], key["callback_data"]
        return None

    def wait(self, look: Callable[[], Any], wanted: str) -> Any:
        """Look until there is something; fail with what is shown instead."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if found := look():
                return found
            time.sleep(0.02)
        shown = "\n---\n".join(words(message) for message in self.messages()[-4:])
        raise AssertionError(f"{wanted!r} did not appear; shown:\n{shown}")


def words(message: dict[str, Any]) -> str:
    """The words of a message."""
    return str(message.get("text") or message.get("caption") or "")
