"""The numbers the township works by: policy.toml, read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dialogs.errors import Refused


@dataclass(frozen=True)
class Settled:
    """A number, its unit, what it rests on, and whether the township has settled it."""

    value: int
    unit: str
    basis: str
    settled: bool

    @property
    def source(self) -> str:
        """What it rests on in few words: its basis up to the colon."""
        return self.basis.partition("：")[0]


@cache
def policy() -> Mapping[str, Settled]:
    """Read every number; raise TypeError or ValueError where one is not as it should be."""
    text = files(__package__).joinpath("policy.toml").read_text(encoding="utf-8")
    numbers = {name: Settled(**entry) for name, entry in tomllib.loads(text).items()}
    for name, number in numbers.items():
        if not isinstance(number.value, int) or number.value < 1 or not number.basis:
            raise ValueError(f"policy.toml: {name} needs a whole number from 1 and its basis")
    return numbers


def number(name: str) -> int:
    """Give one number by its name."""
    return policy()[name].value


def tried(text: str) -> Mapping[str, int]:
    """Read the numbers of another policy, to be tried: whole entries, or `name = number`.

    Raises Refused where it cannot be read, and where a name or a number is none of ours.
    """
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Refused("policy_unreadable", why=str(fault)) from fault
    numbers = {}
    for name, entry in entries.items():
        value = entry.get("value") if isinstance(entry, dict) else entry
        if name not in policy():
            raise Refused("policy_unknown", name=name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise Refused("policy_number", name=name)
        numbers[name] = value
    return numbers
