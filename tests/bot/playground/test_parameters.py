"""The table of parameters says what Telegram's documentation says."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.playground import methods
from bot.playground.parameters import METHODS, OBJECTS, Limit, Parameter, Unit

DOCUMENTATION = Path(__file__).parents[4] / "shared" / "data" / "bot-api-10.1.json"

if not DOCUMENTATION.exists():
    pytest.skip(
        "the Bot API's description (bot-api-10.1.json) does not lie beside the repository",
        allow_module_level=True,
    )

API = json.loads(DOCUMENTATION.read_text(encoding="utf-8"))

# One object here stands for the seven scopes there, which differ in the fields they require.
SCOPES = "BotCommandScopeChatMember"


def documented(owner: str) -> dict[str, Any]:
    """Give the documented fields of a method or an object by name."""
    if owner in METHODS:
        fields = API["methods"][owner].get("fields", [])
    else:
        fields = API["types"][SCOPES if owner == "BotCommandScope" else owner]["fields"]
    return {field["name"]: field for field in fields}


def every_parameter() -> Iterator[tuple[str, Parameter]]:
    for owner, parameters in (METHODS | OBJECTS).items():
        for parameter in parameters:
            yield owner, parameter


def limit_in(description: str) -> tuple[int, int] | None:
    """Read the limit a description states."""
    spread = re.search(r"(\d+)-(\d+) (?:characters|bytes|items|identifiers)", description)
    spread = spread or re.search(r"(\d+)-(\d+) \w+ of messages", description)
    spread = spread or re.search(r"Values between (\d+)-(\d+)|delivery, (\d+)-(\d+)", description)
    spread = spread or re.search(r"list of (\d+)-(\d+) ", description)
    if spread:
        low, high = (int(each) for each in spread.groups() if each is not None)
        return low, high
    most = re.search(r"(?:[Uu]p to (\d+) characters|At most (\d+) of)", description)
    most = most or re.search(r"At most (\d+) commands", description)
    return (0, int(next(filter(None, most.groups())))) if most else None


PARAMETERS = [pytest.param(*each, id=f"{each[0]}.{each[1].name}") for each in every_parameter()]


def test_what_is_offered_has_an_answer() -> None:
    assert set(METHODS) == set(methods.METHODS)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_documented(method: str) -> None:
    assert method in API["methods"]


@pytest.mark.parametrize("owner", METHODS | OBJECTS)
def test_what_is_required_there_is_required_here(owner: str) -> None:
    required = {name for name, field in documented(owner).items() if field["required"]}
    here = {each.name for each in (METHODS | OBJECTS)[owner] if each.required}
    if owner == "BotCommandScope":
        required = {"type"}
    assert here == required


@pytest.mark.parametrize(("owner", "parameter"), PARAMETERS)
def test_every_parameter_is_documented_with_these_types(owner: str, parameter: Parameter) -> None:
    field = documented(owner)[parameter.name]
    known = set(field["types"])
    assert set(parameter.types) <= known


@pytest.mark.parametrize(("owner", "parameter"), PARAMETERS)
def test_limits_agree_with_the_description(owner: str, parameter: Parameter) -> None:
    stated = limit_in(documented(owner)[parameter.name]["description"])
    here = None if parameter.limit is None else (parameter.limit.low, parameter.limit.high)
    assert here == stated


def test_limits_count_what_the_description_counts() -> None:
    counted = {
        name: limit.unit
        for name, limit in [
            ("text", limit_of("sendMessage", "text")),
            ("data", limit_of("InlineKeyboardButton", "callback_data")),
            ("alert", limit_of("answerCallbackQuery", "text")),
        ]
    }
    expected = {"text": Unit.PARSED_CHARACTERS, "data": Unit.BYTES, "alert": Unit.CHARACTERS}
    assert counted == expected


def limit_of(owner: str, name: str) -> Limit:
    limit = next(each.limit for each in (METHODS | OBJECTS)[owner] if each.name == name)
    assert limit is not None
    return limit
