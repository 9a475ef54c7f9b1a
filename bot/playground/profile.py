"""What the bot says of itself: names, descriptions and commands by scope and language."""

import re

from bot.playground.people import Chat, Person
from bot.playground.wire import Json, bad_request

SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
COMMAND = re.compile(r"[a-z0-9_]{1,32}")


class Profile:
    """Commands under "scope/language" keys, and descriptions by language."""

    def __init__(self) -> None:
        self.commands: dict[str, list[Json]] = {}
        self.descriptions: dict[str, str] = {}
        self.short_descriptions: dict[str, str] = {}

    def shown(self, *, person: Person | None = None, chat: Chat | None = None) -> list[Json]:
        """List the commands a person sees in a chat: the narrowest scope that has any."""
        private = chat is None or chat.private
        scopes = ["all_private_chats" if private else "all_group_chats", "default"]
        if chat is not None:
            scopes.insert(0, f"chat:{chat.id}")
            if person is not None and not private:
                scopes.insert(0, f"chat_member:{chat.id}:{person.id}")
        languages = ["" if person is None else person.language_code[:2], ""]
        for scope in scopes:
            for language in languages:
                if found := self.commands.get(f"{scope}/{language}"):
                    return found
        return []

    def state(self) -> Json:
        """Give what must survive a restart."""
        return dict(vars(self))

    def restore(self, state: Json) -> None:
        """Take over what an earlier run left."""
        vars(self).update(state)


def key(scope: Json | None, language_code: str) -> str:
    """Name a scope and a language; the chat has been looked up, so that @names do not differ."""
    scope = scope or {"type": "default"}
    needed = SCOPES.get(scope["type"])
    if needed is None or any(name not in scope for name in needed):
        raise bad_request("BotCommandScope is invalid")
    if language_code and not (len(language_code) == 2 and language_code.isalpha()):
        raise bad_request("invalid language_code specified")
    return ":".join([scope["type"], *(str(scope[name]) for name in needed)]) + f"/{language_code}"
