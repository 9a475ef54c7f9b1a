"""What an expression means: compiled once into a function of the place it is asked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from elementpath.exceptions import ElementPathError
from elementpath.xpath_tokens import XPathToken

from dialogs.xlsform import patterns
from dialogs.xlsform.calls import counted, plain, true
from dialogs.xlsform.faults import What
from dialogs.xlsform.functions import FUNCTIONS
from dialogs.xlsform.grammar import Wrong, parse
from dialogs.xlsform.nodes import Node, Place, Plain, Value, places
from dialogs.xlsform.operators import OPERATORS, Act, nodes
from dialogs.xlsform.values import truth

DEEPEST = 150  # levels of an expression; each takes two frames of Python's stack
NAMED = re.compile(r"\s*\$\{\s*(.*?)\s*\}\s*")

Step: TypeAlias = Callable[[list[Node]], list[Node]]


@dataclass(frozen=True)
class Formula:
    """A compiled expression, with the names it mentions.

    `names` are read as they stand, `loose` ones only within square brackets or indexed-repeat;
    `bare` ones were written without ${ }, as the columns of a choice are, `steps` as parts of a
    path. `depth` in levels; `instances` are the lists it looks into.
    """

    act: Act
    names: frozenset[str]
    loose: frozenset[str]
    bare: frozenset[str]
    depth: int
    instances: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()

    def at(self, place: Place) -> Plain:
        """Work the expression out."""
        return place.survey.unpack(self.act(place))

    def holds(self, place: Place) -> bool:
        """Tell whether the expression is true."""
        return truth(self.at(place))


@lru_cache(maxsize=10_000)
def formula(source: str) -> Formula:
    """Compile an expression as it stands in a sheet; raise Wrong if it cannot be."""
    compiler = Compiler()
    try:
        act = compiler.act(parse(source))
    except (ElementPathError, ArithmeticError, ValueError, RecursionError) as error:
        raise Wrong(What.SYNTAX, expression=source) from error
    names, loose, bare = compiler.names, compiler.loose, compiler.bare
    spoken = (frozenset(names), frozenset(loose), frozenset(bare))
    looked_into, steps = frozenset(compiler.instances), frozenset(compiler.steps)
    return Formula(act, *spoken, compiler.deepest, looked_into, steps)


@dataclass
class Compiler:
    """Turns a token tree into a function of a place, noting the names it meets."""

    names: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)
    instances: set[str] = field(default_factory=set)
    steps: set[str] = field(default_factory=set)
    inside: int = 0
    everywhere: bool = False
    depth: int = 0
    deepest: int = 0

    def act(self, token: XPathToken) -> Act:
        """Compile a token and all below it."""
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        if self.depth > DEEPEST:
            raise RecursionError
        act = self.compiled(token, list(token))
        self.depth -= 1
        return act

    def compiled(self, token: XPathToken, parts: list[XPathToken]) -> Act:
        """Compile a token by its kind."""
        match token.symbol:
            case "(integer)" | "(decimal)" | "(float)":
                return constant(float(str(token.value)))
            case "(string)":
                return constant(str(token.value))
            case "(" if len(parts) == 1:
                return self.act(parts[0])
            case "-" if len(parts) == 1:
                return negative(self.act(parts[0]))
            case symbol if symbol in OPERATORS and len(parts) == 2:
                return OPERATORS[symbol](self.act(parts[0]), self.act(parts[1]))
            case symbol if token.label == "function":
                return self.call(symbol, parts)
            case _:
                return self.path(token, parts)

    def path(self, token: XPathToken, parts: list[XPathToken]) -> Act:
        """Compile what finds nodes."""
        match token.symbol:
            case "$":
                return self.reference(str(parts[0].value))
            case "/" if len(parts) == 2:
                return self.walk(self.act(parts[0]), parts[1], ours=not is_of_a_list(token))
            case "/" if len(parts) == 1 and parts[0].symbol == "(name)":
                return lambda place: [place.origin.line()[0]]  # whatever the root is called
            case "[":
                return self.filtered(self.act(parts[0]), parts[1])
            case "(name)" if not self.inside:
                self.bare.add(str(token.value))
        step = self.step(token)
        return lambda place: step([place.here])

    def walk(self, before: Act, token: XPathToken, *, ours: bool) -> Act:
        """Compile a further step of a path; of one that is `ours` the name is noted."""
        if token.symbol == "[":
            return self.filtered(self.walk(before, token[0], ours=ours), token[1])
        if ours and token.symbol == "(name)":
            self.steps.add(str(token.value))
        step = self.step(token)
        return lambda place: step(nodes(before(place)))

    def step(self, token: XPathToken) -> Step:
        """Compile one step of a path."""
        name = str(token.value)
        match token.symbol:
            case "(name)":
                return lambda nodes: [n for node in nodes for n in node.children.get(name, ())]
            case "..":
                return lambda nodes: list(dict.fromkeys(n.parent for n in nodes if n.parent))
            case ".":
                return list
            case _:
                raise Wrong(What.SYNTAX, expression=token.source)

    def filtered(self, before: Act, token: XPathToken) -> Act:
        """Compile a condition in square brackets; one within another is not allowed."""
        if self.inside:
            raise Wrong(What.NESTED, expression=token.source)
        test = self.within(token)

        def keep(place: Place) -> Value:
            stands = places(place.survey, nodes(before(place)), place.origin)
            return [stand.here for stand in stands if passes(plain(stand, test(stand)), stand)]

        return keep

    def within(self, token: XPathToken) -> Act:
        """Compile a part in which names may be read out of their turn."""
        self.inside += 1
        act = self.act(token)
        self.inside -= 1
        return act

    def reference(self, name: str) -> Act:
        """Compile ${name}."""
        if self.everywhere:
            self.loose.add(name)
            return lambda place: place.origin.line()[0].follow(place.survey.paths[name])
        (self.loose if self.inside else self.names).add(name)
        return lambda place: place.origin.follow(place.survey.paths[name])

    def call(self, name: str, parts: list[XPathToken]) -> Act:
        """Compile a call."""
        given = [argument for part in parts for argument in flattened(part)]
        if name == "if" and len(given) == 3:
            return chosen(*(self.act(part) for part in given))
        if name not in FUNCTIONS or not FUNCTIONS[name].takes(len(given)):
            raise Wrong(What.ARGUMENTS, function=name)
        self.examine(name, given)
        arguments = [self.argument(name, at, part) for at, part in enumerate(given)]
        work = FUNCTIONS[name].work
        return lambda place: work(place, *[argument(place) for argument in arguments])

    def argument(self, name: str, at: int, token: XPathToken) -> Act:
        """Compile an argument; indexed-repeat looks for its nodes in all repetitions."""
        self.everywhere = name == "indexed-repeat" and at in (0, 1, 3, 5)
        act = self.act(token)
        self.everywhere = False
        return act

    def examine(self, name: str, given: list[XPathToken]) -> None:
        """Look at the arguments that must be known beforehand."""
        if name == "regex":
            pattern = str(given[1].value)
            try:
                patterns.translate(pattern if given[1].symbol == "(string)" else "(")
            except patterns.BadPattern:
                raise Wrong(What.PATTERN, pattern=pattern) from None
        if name == "instance":
            self.instances.add(str(given[0].value))
        if name == "choice-name":
            named = NAMED.fullmatch(str(given[1].value))
            if not named:
                raise Wrong(What.CHOICE_NAME)
            self.names.add(named[1])


def is_of_a_list(token: XPathToken) -> bool:
    """Tell whether a path leads into a list of choices, whose columns are none of our names."""
    while token.symbol in ("/", "[") and len(token):
        token = token[0]
    return token.symbol == "instance"


def flattened(token: XPathToken) -> list[XPathToken]:
    """List the arguments that commas join."""
    return [part for side in token for part in flattened(side)] if token.symbol == "," else [token]


def constant(value: Plain) -> Act:
    """Compile a value written out."""
    return lambda _: value


def negative(of: Act) -> Act:
    """Compile a minus in front."""
    return lambda place: -counted(place, of(place))


def chosen(test: Act, yes: Act, no: Act) -> Act:
    """Compile if(test, yes, no), which looks only at the branch taken."""
    return lambda place: (yes if true(place, test(place)) else no)(place)


def passes(value: Plain, place: Place) -> bool:
    """Tell whether a node passes a condition; a number means its position."""
    if isinstance(value, float):
        return value == place.position
    return truth(value)
