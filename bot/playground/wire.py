"""What travels: JSON objects, files on their way in, and refusals."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
"""An object of the Bot API; the table of parameters checks its keys."""


@dataclass(frozen=True)
class Upload:
    """A file as it arrived in a multipart body."""

    name: str
    content: bytes
    mime_type: str


@dataclass(eq=False)
class Refusal(Exception):  # noqa: N818 - Telegram refuses; it is not the server that errs
    """An answer with "ok": false, in Telegram's words."""

    description: str
    code: int = 400
    parameters: Json | None = None

    def body(self) -> Json:
        """Give the JSON body of the answer."""
        said = {"ok": False, "error_code": self.code, "description": self.description}
        return said if self.parameters is None else {**said, "parameters": self.parameters}


def bad_request(what: str) -> Refusal:
    """Refuse with 400, worded as Telegram words it."""
    return Refusal(f"Bad Request: {what}")


def forbidden(what: str) -> Refusal:
    """Refuse with 403."""
    return Refusal(f"Forbidden: {what}", code=403)


def conflict(what: str) -> Refusal:
    """Refuse with 409."""
    return Refusal(f"Conflict: {what}", code=409)
