"""The answers given so far as a small tree, in which expressions find their way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

FRAMES = 400  # of Python's stack that calculations resting on one another may take

Path: TypeAlias = tuple[str, ...]
Plain: TypeAlias = str | float | bool | date
"""What one answer is worth; no answer is the empty text."""


class Said(str):
    """A text that has wordings in other languages, by their tags."""

    __slots__ = ("texts",)
    texts: Mapping[str, str]


class TooDeep(Exception):  # noqa: N818 - it never reaches a person
    """A calculation rests on too many others; `node` is to be worked out first."""

    def __init__(self, node: Node) -> None:
        super().__init__(node.name)
        self.node = node


class Node:
    """A question, a group or one repetition; every name leads to a list of nodes.

    A calculation has a `formula`, worked out when it is read and again when an answer changed,
    and its `cost` in frames of the stack.
    """

    __slots__ = ("busy", "children", "cost", "formula", "held", "name", "parent", "seen")

    def __init__(self, name: str, parent: Node | None = None) -> None:
        self.name = name
        self.parent = parent
        self.children: dict[str, list[Node]] = {}
        self.held: Plain = ""
        self.formula: Callable[[], Plain] | None = None
        self.cost = 0
        self.seen = -1
        self.busy = False

    def add(self, name: str) -> Node:
        """Hang a new node under this one."""
        child = Node(name, self)
        self.children.setdefault(name, []).append(child)
        return child

    def only(self, name: str) -> Node:
        """Find the one child of a name."""
        return self.children[name][0]

    def line(self) -> list[Node]:
        """List the nodes from the root down to this one."""
        line = [self]
        while (parent := line[-1].parent) is not None:
            line.append(parent)
        return line[::-1]

    def position(self) -> int:
        """Count which of its name it is, from 1."""
        return self.parent.children[self.name].index(self) + 1 if self.parent else 1

    def follow(self, path: Path) -> list[Node]:
        """Find what an absolute path means from here: the same repetition first."""
        line = self.line()
        shared = 0
        for name, near in zip(path[:-1], line[1:], strict=False):
            if near.name != name:
                break
            shared += 1
        nodes = [line[shared]]
        for name in path[shared:]:
            nodes = [child for node in nodes for child in node.children.get(name, ())]
        return nodes


class Survey:
    """One filling-in: the tree, the day it happens on, and where each name stands in the form."""

    def __init__(
        self,
        *,
        today: date,
        paths: Mapping[str, Path],
        name_choice: Callable[[str, str], str],
    ) -> None:
        self.root = Node("data")
        self.today = today
        self.paths = paths
        self.name_choice = name_choice
        self.instances: Mapping[str, Node] = {}
        self.changes = 0
        self.frames = 0

    def put(self, node: Node, value: Plain) -> None:
        """Answer a question; calculations are worked out anew from now on."""
        node.held = value
        self.changes += 1

    def read(self, node: Node) -> Plain:
        """Read what a node is worth now."""
        if node.formula is None or node.seen == self.changes or node.busy:
            return node.held
        if self.frames:
            return self.work_out(node, node.formula)
        open_ = [node]
        while open_ and (formula := open_[-1].formula):
            try:
                self.work_out(open_[-1], formula)
                open_.pop()
            except TooDeep as deep:
                if deep.node in open_:
                    return ""
                open_.append(deep.node)
        return node.held

    def work_out(self, node: Node, formula: Callable[[], Plain]) -> Plain:
        """Work a calculation out, and those it rests on."""
        if self.frames + node.cost > FRAMES:
            raise TooDeep(node)
        node.busy, self.frames = True, self.frames + node.cost
        try:
            node.held = formula()
        finally:
            node.busy, self.frames = False, self.frames - node.cost
        node.seen = self.changes
        return node.held

    def unpack(self, value: Value) -> Plain:
        """Read the first of some nodes; a plain value is itself."""
        if isinstance(value, list):
            return self.read(value[0]) if value else ""
        return value


Value: TypeAlias = Plain | list[Node]


class Place:
    """Where an expression is evaluated: `here` is its dot, `origin` the question it belongs to."""

    __slots__ = ("here", "origin", "position", "size", "survey")

    def __init__(
        self, survey: Survey, here: Node, origin: Node, position: int = 1, size: int = 1
    ) -> None:
        self.survey = survey
        self.here = here
        self.origin = origin
        self.position = position
        self.size = size


def places(survey: Survey, nodes: Sequence[Node], origin: Node) -> list[Place]:
    """Stand at each of some nodes, as a predicate does."""
    return [Place(survey, node, origin, n, len(nodes)) for n, node in enumerate(nodes, 1)]
