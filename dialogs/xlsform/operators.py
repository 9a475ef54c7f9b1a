"""What the signs between the parts of an expression do."""

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from dialogs.xlsform.calls import counted, plain, true
from dialogs.xlsform.nodes import Node, Place, Value
from dialogs.xlsform.values import compare, equal

Act: TypeAlias = Callable[[Place], Value]
Joining: TypeAlias = Callable[[Act, Act], Act]


def calculation(work: Callable[[float, float], float]) -> Joining:
    """Work on two numbers."""
    return lambda left, right: (
        lambda place: work(counted(place, left(place)), counted(place, right(place)))
    )


def comparison(holds: Callable[[Any, Any], bool]) -> Joining:
    """Compare two values by size."""
    return lambda left, right: (
        lambda place: compare(plain(place, left(place)), plain(place, right(place)), holds)
    )


def equality(*, wanted: bool) -> Joining:
    """Compare two values for being the same, or for not being it."""
    return lambda left, right: (
        lambda place: equal(plain(place, left(place)), plain(place, right(place))) == wanted
    )


def both(left: Act, right: Act) -> Act:
    """Ask for both; the second only if the first holds."""
    return lambda place: true(place, left(place)) and true(place, right(place))


def either(left: Act, right: Act) -> Act:
    """Ask for one of two; the second only if the first does not hold."""
    return lambda place: true(place, left(place)) or true(place, right(place))


def union(left: Act, right: Act) -> Act:
    """Take the nodes of both sides."""
    return lambda place: list(dict.fromkeys([*nodes(left(place)), *nodes(right(place))]))


def nodes(value: Value) -> list[Node]:
    """Take nodes; a plain value has none."""
    return value if isinstance(value, list) else []


def divide(left: float, right: float) -> float:
    """Divide; by zero the answer is infinite, or nothing for zero itself."""
    if right == 0:
        return math.nan if left == 0 or math.isnan(left) else math.copysign(math.inf, left)
    return left / right


def remainder(left: float, right: float) -> float:
    """Give what is left over, with the sign of what was divided."""
    return math.fmod(left, right) if right != 0 and math.isfinite(left) else math.nan


OPERATORS: Mapping[str, Joining] = {
    "and": both,
    "or": either,
    "=": equality(wanted=True),
    "!=": equality(wanted=False),
    "<": comparison(operator.lt),
    "<=": comparison(operator.le),
    ">": comparison(operator.gt),
    ">=": comparison(operator.ge),
    "+": calculation(operator.add),
    "-": calculation(operator.sub),
    "*": calculation(operator.mul),
    "div": calculation(divide),
    "mod": calculation(remainder),
    "|": union,
}
