"""The functions an expression may call, under the names XLSForm gives them."""

from collections.abc import Mapping

from dialogs.xlsform.arithmetic import ARITHMETIC
from dialogs.xlsform.calls import Function, counted, each, plain, said, true, words
from dialogs.xlsform.days import DAYS
from dialogs.xlsform.nodes import Node, Place, Plain, Value
from dialogs.xlsform.texts import TEXTS
from dialogs.xlsform.values import NOT_A_NUMBER


def selected_at(place: Place, value: Value, at: Value) -> str:
    """Give one of what was chosen, counted from 0."""
    chosen, wanted = words(place, value), counted(place, at)
    return chosen[int(wanted)] if 0 <= wanted < len(chosen) else ""


def choice_name(place: Place, value: Value, question: Value) -> str:
    """Give the label of what was chosen; the question is named in quotes."""
    name = said(place, question).strip().removeprefix("${").removesuffix("}").strip()
    return place.survey.name_choice(name, said(place, value))


def coalesce(place: Place, *values: Value) -> Plain:
    """Give the first that was answered."""
    return next((value for value in each(place, values) if value != ""), "")


def count(_: Place, nodes: Value) -> float:
    """Count nodes."""
    return float(len(nodes)) if isinstance(nodes, list) else NOT_A_NUMBER


def position(place: Place, nodes: Value | None = None) -> float:
    """Tell which repetition a node is, from 1."""
    if nodes is None:
        return float(place.position)
    return float(nodes[0].position()) if isinstance(nodes, list) and nodes else NOT_A_NUMBER


def instance(place: Place, name: Value) -> list[Node]:
    """Find a list of choices by its name."""
    found = place.survey.instances.get(said(place, name).strip())
    return [found] if found else []


def checklist(place: Place, least: Value, most: Value, *tests: Value) -> bool:
    """Tell whether so many of some conditions hold; -1 lifts a bound."""
    return within(place, least, most, float(sum(true(place, test) for test in tests)))


def weighted_checklist(place: Place, least: Value, most: Value, *tests: Value) -> bool:
    """Tell whether the weights of the conditions that hold lie between two bounds."""
    pairs = zip(tests[::2], tests[1::2], strict=False)
    weight = sum(counted(place, weighs) for test, weighs in pairs if true(place, test))
    return within(place, least, most, float(weight))


def within(place: Place, least: Value, most: Value, number: float) -> bool:
    """Tell whether a number lies between two bounds; -1 lifts one."""
    low, high = counted(place, least), counted(place, most)
    return (low == -1 or number >= low) and (high == -1 or number <= high)


def indexed_repeat(place: Place, nodes: Value, *indexed: Value) -> list[Node]:
    """Pick the nodes that stand in the wanted repetition of each repeat, the nearest first."""
    found = nodes if isinstance(nodes, list) else []
    for repeats, at in zip(indexed[::2], indexed[1::2], strict=False):
        wanted = counted(place, at)
        names = {node.name for node in repeats} if isinstance(repeats, list) else set()
        found = [node for node in found if standing(node, names) == wanted]
    line = set(place.origin.line())
    return sorted(found, key=lambda node: -len(line.intersection(node.line())))


def standing(node: Node, repeats: set[str]) -> int:
    """Tell in which repetition of a repeat a node stands; 0 if in none."""
    return next((up.position() for up in reversed(node.line()) if up.name in repeats), 0)


FUNCTIONS: Mapping[str, Function] = {
    **TEXTS,
    **ARITHMETIC,
    **DAYS,
    "true": Function(lambda _: True),
    "false": Function(lambda _: False),
    "not": Function(lambda place, value: not true(place, value), 1),
    "boolean": Function(true, 1),
    "boolean-from-string": Function(
        lambda place, value: said(place, value).lower() in ("true", "1"), 1
    ),
    "once": Function(plain, 1),
    "coalesce": Function(coalesce, 1, any_number=True),
    "selected": Function(
        lambda place, value, wanted: said(place, wanted).strip() in words(place, value), 2
    ),
    "count-selected": Function(lambda place, value: float(len(words(place, value))), 1),
    "selected-at": Function(selected_at, 2),
    "choice-name": Function(choice_name, 2),
    "count": Function(count, 1),
    "count-non-empty": Function(
        lambda place, nodes: float(sum(value != "" for value in each(place, (nodes,)))), 1
    ),
    "position": Function(position, 0, 1),
    "last": Function(lambda place: float(place.size)),
    "current": Function(lambda place: [place.origin]),
    "instance": Function(instance, 1),
    "checklist": Function(checklist, 3, any_number=True),
    "weighted-checklist": Function(weighted_checklist, 4, any_number=True),
    "indexed-repeat": Function(indexed_repeat, 3, 7),
}
