"""Arguments read against the table: JSON inside forms, numbers as strings, nothing unknown."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.parameters import METHODS, OBJECTS, Limit, Parameter, Unit
from bot.playground.wire import Json, Refusal, Upload, bad_request

TRUE = frozenset({"true", "True", "1", "yes"})
FALSE = frozenset({"false", "False", "0", "no"})
MISSING = {
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "user_id": "invalid user_id specified",
}
"""What Telegram says of parameters that are not there."""

_BY_NAME = {
    owner: {parameter.name: parameter for parameter in parameters}
    for owner, parameters in (METHODS | OBJECTS).items()
}
_REQUIRED = {
    owner: tuple(parameter.name for parameter in parameters if parameter.required)
    for owner, parameters in (METHODS | OBJECTS).items()
}


def read(owner: str, given: Mapping[str, Any]) -> Json:
    """Check the arguments of a method, or the fields of an object, and give them their types."""
    known = _BY_NAME[owner]
    values: Json = {}
    for name, value in given.items():
        parameter = known.get(name)
        if parameter is None:
            raise bad_request(f'unknown parameter "{name}" of {owner}')
        if value is not None:
            values[name] = _value(value, parameter)
    for name in _REQUIRED[owner]:
        if name not in values:
            fallback = f'can\'t find field "{name}" of {owner}'
            raise bad_request(MISSING.get(name, fallback) if owner in METHODS else fallback)
    return values


def _value(value: Any, parameter: Parameter) -> Any:
    for wanted in parameter.types:
        try:
            found = _typed(value, wanted)
        except _Unfit:
            continue
        _measure(found, parameter.limit, name=parameter.name)
        return found
    raise bad_request(f'parameter "{parameter.name}" must be {" or ".join(parameter.types)}')


class _Unfit(Exception):  # noqa: N818 - not an error yet: the next type may fit
    """The value is not of this type."""


def _typed(value: Any, wanted: str) -> Any:
    simple = _SIMPLE.get(wanted)
    if simple is not None:
        return simple(value)
    if isinstance(value, str):
        value = _loaded(value)
    if wanted.startswith("Array of "):
        if not isinstance(value, list):
            raise _Unfit
        return [_typed(item, wanted.removeprefix("Array of ")) for item in value]
    if not isinstance(value, dict) or not _looks_like(value, wanted):
        raise _Unfit
    return read(wanted, value)


def _loaded(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request("can't parse JSON object in a parameter") from None


_TELLING = {
    "InlineKeyboardMarkup": "inline_keyboard",
    "ReplyKeyboardMarkup": "keyboard",
    "ReplyKeyboardRemove": "remove_keyboard",
    "ForceReply": "force_reply",
}
_MEDIA = {"InputMediaPhoto": "photo", "InputMediaDocument": "document"}


def _looks_like(value: Json, wanted: str) -> bool:
    """Tell which of several objects this is by the field or the type that distinguishes it."""
    if wanted in _MEDIA:
        return value.get("type") == _MEDIA[wanted]
    return wanted not in _TELLING or _TELLING[wanted] in value


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise _Unfit
    try:
        return int(value)
    except ValueError:
        raise _Unfit from None


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in TRUE | FALSE:
        return value in TRUE
    raise _Unfit


def _string(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise _Unfit


def _input_file(value: Any) -> Upload:
    if isinstance(value, Upload):
        return value
    raise _Unfit


_SIMPLE: dict[str, Callable[[Any], Any]] = {
    "Integer": _integer,
    "Boolean": _boolean,
    "String": _string,
    "InputFile": _input_file,
}


def _measure(value: Any, limit: Limit | None, *, name: str) -> None:
    if limit is None:
        return
    match limit.unit:
        case Unit.PARSED_CHARACTERS:
            return  # the method parses first
        case Unit.CHARACTERS | Unit.ITEMS:
            size = len(value)
        case Unit.BYTES:
            size = len(value.encode())
        case Unit.VALUE:
            size = value
    if not limit.low <= size <= limit.high:
        raise _out_of_range(name, limit)


def _out_of_range(name: str, limit: Limit) -> Refusal:
    if name == "callback_data":
        return bad_request("BUTTON_DATA_INVALID")
    return bad_request(f'"{name}" must have {limit.low}-{limit.high} {limit.unit.value}')
