"""Regular expressions matched in time proportional to the text, whatever the pattern."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

LARGEST = 400  # steps of a program; bounds the time a match takes
SPACES = " \t\n\r\f\v"
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}

Test: TypeAlias = Callable[[str], bool]


class BadPattern(Exception):  # noqa: N818 - it is said of a pattern
    """The pattern is broken or uses what is not understood: look-around, back references."""


@dataclass(frozen=True)
class Sign:
    """Go on if the next sign passes."""

    test: Test


@dataclass(frozen=True)
class Fork:
    """Go on at several places at once; counted from here."""

    ways: tuple[int, ...]


@dataclass(frozen=True)
class Edge:
    """Go on only at the beginning of the text, or only at its end."""

    end: bool


Program: TypeAlias = "tuple[Sign | Fork | Edge, ...]"

NAMED: Mapping[str, Test] = {
    "d": lambda sign: "0" <= sign <= "9",
    "w": lambda sign: sign.isascii() and (sign.isalnum() or sign == "_"),
    "s": lambda sign: sign in SPACES,
    "D": lambda sign: not "0" <= sign <= "9",
    "W": lambda sign: not sign.isascii() or not (sign.isalnum() or sign == "_"),
    "S": lambda sign: sign not in SPACES,
}


def matches(pattern: str, text: str) -> bool:
    """Tell whether the whole text follows the pattern."""
    program = translate(pattern)
    at = reached(program, {0}, first=True, last=not text)
    for index, sign in enumerate(text):
        on = {
            step + 1
            for step in at
            if step < len(program) and isinstance(now := program[step], Sign) and now.test(sign)
        }
        at = reached(program, on, first=False, last=index + 1 == len(text))
    return len(program) in at


def reached(program: Program, steps: set[int], *, first: bool, last: bool) -> set[int]:
    """Follow forks and edges as far as they lead without reading on."""
    found: set[int] = set()
    open_ = list(steps)
    while open_:
        step = open_.pop()
        if step in found:
            continue
        found.add(step)
        match program[step] if step < len(program) else None:
            case Fork(ways):
                open_.extend(step + way for way in ways)
            case Edge(end) if last if end else first:
                open_.append(step + 1)
    return found


@lru_cache(maxsize=1000)
def translate(pattern: str) -> Program:
    """Translate a pattern into a program; raise BadPattern if it cannot be."""
    reader = Reader(pattern)
    program = reader.either()
    if reader.left():
        raise BadPattern(pattern)
    return program


class Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.depth = 0

    def left(self) -> str:
        """Give what has not been read yet."""
        return self.pattern[self.at :]

    def take(self) -> str:
        """Read one sign."""
        if self.at >= len(self.pattern):
            raise BadPattern(self.pattern)
        self.at += 1
        return self.pattern[self.at - 1]

    def skip(self, sign: str) -> bool:
        """Read a sign if it comes next."""
        if self.pattern.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False

    def either(self) -> Program:
        """Read alternatives."""
        program = self.sequence()
        while self.skip("|"):
            other = self.sequence()
            program = (Fork((1, len(program) + 2)), *program, Fork((len(other) + 1,)), *other)
        return self.bounded(program)

    def sequence(self) -> Program:
        """Read one thing after the other."""
        program: Program = ()
        while self.left() and self.left()[0] not in "|)":
            program += self.repeated(self.single())
        return self.bounded(program)

    def bounded(self, program: Program) -> Program:
        """Let no program grow too large."""
        if len(program) > LARGEST:
            raise BadPattern(self.pattern)
        return program

    def repeated(self, one: Program) -> Program:
        """Read how often a thing may come."""
        if self.skip("*"):
            low, high = 0, None
        elif self.skip("+"):
            low, high = 1, None
        elif self.skip("?"):
            low, high = 0, 1
        elif self.skip("{"):
            low, high = self.times()
        else:
            return one
        self.skip("?")  # a lazy match is a match
        if self.left()[:1] in ("*", "+", "{"):
            raise BadPattern(self.pattern)
        maybe: Program = (Fork((1, len(one) + 1)), *one)
        loop: Program = (Fork((1, len(one) + 2)), *one, Fork((-len(one) - 1,)))
        if (low if high is None else high) * (len(one) + 1) > LARGEST:
            raise BadPattern(self.pattern)
        return self.bounded(one * low + (loop if high is None else maybe * (high - low)))

    def times(self) -> tuple[int, int | None]:
        """Read {3}, {2,} or {2,4}."""
        inside, brace, _ = self.left().partition("}")
        low, comma, high = (part.strip() for part in inside.partition(","))
        self.at += len(inside) + 1
        if not brace or not all(part.isascii() and part.isdigit() for part in (low, high or "0")):
            raise BadPattern(self.pattern)
        least, most = int(low[:6]), (int(high[:6]) if high else None if comma else int(low[:6]))
        if most is not None and most < least:
            raise BadPattern(self.pattern)
        return least, most

    def single(self) -> Program:
        """Read one sign, a class of signs, an edge or a group."""
        match sign := self.take():
            case "(":
                return self.group()
            case "[":
                return (Sign(self.charset()),)
            case ".":
                return (Sign(lambda sign: sign != "\n"),)
            case "^" | "$":
                return (Edge(end=sign == "$"),)
            case "\\":
                return (Sign(self.escape()),)
            case "*" | "+" | "?" | "{":
                raise BadPattern(self.pattern)
            case _:
                return (Sign(sign.__eq__),)

    def group(self) -> Program:
        """Read a group up to its closing bracket."""
        self.depth += 1
        if self.depth > 50 or (not self.skip("?:") and self.skip("?")):
            raise BadPattern(self.pattern)
        program = self.either()
        if not self.skip(")"):
            raise BadPattern(self.pattern)
        self.depth -= 1
        return program

    def escape(self) -> Test:
        """Read what follows a backslash."""
        sign = self.take()
        if sign in NAMED:
            return NAMED[sign]
        if sign.isascii() and sign.isalnum() and sign not in ESCAPES:
            raise BadPattern(self.pattern)
        return ESCAPES.get(sign, sign).__eq__

    def charset(self) -> Test:
        """Read a class of signs up to its closing bracket."""
        outside = self.skip("^")
        tests: list[Test] = []
        while not tests or not self.skip("]"):
            sign = self.take()
            if sign == "\\":
                tests.append(self.escape())
            elif self.left().startswith("-") and not self.left().startswith("-]"):
                self.take()
                tests.append(between(sign, self.far_end()))
            else:
                tests.append(sign.__eq__)
        return lambda sign: any(test(sign) for test in tests) != outside

    def far_end(self) -> str:
        """Read the last sign of a range."""
        sign = self.take()
        return self.take() if sign == "\\" else sign


def between(first: str, last: str) -> Test:
    """Test for a range of signs."""
    return lambda sign: first <= sign <= last
