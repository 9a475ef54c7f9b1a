"""A questionnaire as values: what it asks, in which order and under which conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from dialogs.prompts import Option
from dialogs.speech import Label
from dialogs.xlsform.answers import code
from dialogs.xlsform.faults import Fault
from dialogs.xlsform.kinds import Kind
from dialogs.xlsform.nodes import Node, Path


@dataclass(frozen=True)
class Wording:
    """A text in each of its languages, by BCP 47 tag, the form's own language first."""

    texts: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.texts)

    @cached_property
    def mentions(self) -> bool:
        """Whether answers are to be filled in."""
        return any("${" in text for _, text in self.texts)

    @cached_property
    def label(self) -> Label:
        """The text as it stands."""
        return Label(dict(self.texts))


@dataclass(frozen=True)
class Scale:
    """The numbers of a range: from `low` to `high` by `step`."""

    low: Decimal
    high: Decimal
    step: Decimal

    def has(self, number: Decimal) -> bool:
        """Tell whether a number stands on the scale."""
        return self.low <= number <= self.high and (number - self.low) % self.step == 0

    def numbers(self, most: int) -> tuple[Decimal, ...]:
        """List the numbers; none if they are more than `most`."""
        count = int((self.high - self.low) / self.step) + 1
        return tuple(self.low + self.step * n for n in range(count)) if count <= most else ()


@dataclass(frozen=True)
class Choice:
    """One row of a list of choices; `columns` are what a choice_filter may read.

    One without columns came with or_other and passes every filter.
    """

    name: str
    label: Wording
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Item:
    """Something of a form; conditions are expressions, "" where there is none."""

    name: str
    label: Wording = Wording()
    relevant: str = ""


@dataclass(frozen=True, kw_only=True)
class Note(Item):
    """A sentence that wants no answer."""

    hint: Wording = Wording()


@dataclass(frozen=True, kw_only=True)
class Calculation(Item):
    """A value nobody is asked for; one that is not `kept` serves expressions only."""

    formula: str
    kept: bool = True


@dataclass(frozen=True, kw_only=True)
class Question(Item):
    """A question; `default` is an expression too, and `choices` the name of a list."""

    kind: Kind
    hint: Wording = Wording()
    required: str = ""
    required_message: Wording = Wording()
    constraint: str = ""
    constraint_message: Wording = Wording()
    default: str = ""
    choices: str = ""
    choice_filter: str = ""
    scale: Scale | None = None


@dataclass(frozen=True, kw_only=True)
class Group(Item):
    """Items that belong together."""

    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Repeat(Group):
    """Items asked several times: `count` times, or as often as the person wants."""

    count: str = ""


@dataclass(frozen=True, kw_only=True)
class Form:
    """A questionnaire; hashable, and free of whatever it was read from.

    `language` is the form's own, the first of `languages`; "" if it names none. `remarks` say
    what of the workbook is left out.
    """

    id: str
    version: str
    title: str
    language: str
    languages: tuple[str, ...]
    items: tuple[Item, ...]
    lists: tuple[tuple[str, tuple[Choice, ...]], ...] = field(default=(), repr=False)
    remarks: tuple[Fault, ...] = field(default=(), repr=False, compare=False)

    @cached_property
    def choices(self) -> Mapping[str, tuple[Choice, ...]]:
        """The lists of choices by name."""
        return dict(self.lists)

    @cached_property
    def options(self) -> Mapping[str, tuple[Option, ...]]:
        """The lists as they are offered when nothing is filtered or filled in."""
        return {
            name: tuple(Option(code(c.name), c.label.label, c.name) for c in choices)
            for name, choices in self.lists
            if not any(choice.label.mentions for choice in choices)
        }

    @cached_property
    def rows(self) -> Mapping[str, tuple[Node, ...]]:
        """The lists as nodes, as a choice_filter sees them."""
        return {name: tuple(row(choice) for choice in choices) for name, choices in self.lists}

    @cached_property
    def instances(self) -> Mapping[str, Node]:
        """The lists as instance() sees them: root, then an item a choice."""
        return {name: instance(choices) for name, choices in self.lists}

    @cached_property
    def paths(self) -> Mapping[str, Path]:
        """Where each name stands; names that are mentioned stand in one place only."""
        return {item.name: path for path, item in walk(self.items)}

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The questions by name."""
        return {item.name: item for _, item in walk(self.items) if isinstance(item, Question)}


def row(choice: Choice) -> Node:
    """Make a node of a choice, a child for each column."""
    node = Node(choice.name)
    for name, value in choice.columns:
        node.add(name).held = value
    return node


def instance(choices: tuple[Choice, ...]) -> Node:
    """Make the nodes of a list, a child of the root an item."""
    top = Node("instance")
    root = top.add("root")
    for choice in choices:
        item = root.add("item")
        columns = dict(choice.columns)
        columns.setdefault("label", next((text for _, text in choice.label.texts), ""))
        for name, value in columns.items():
            item.add(name).held = value
    return top


def walk(items: tuple[Item, ...], above: Path = ()) -> Iterator[tuple[Path, Item]]:
    """List all items with their paths, in the order of the sheet."""
    for item in items:
        path = (*above, item.name)
        yield path, item
        if isinstance(item, Group):
            yield from walk(item.items, path)
