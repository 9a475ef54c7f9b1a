"""What expressions can do with numbers."""

import math
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from dialogs.xlsform.calls import Function, counted, numbers
from dialogs.xlsform.nodes import Place, Value
from dialogs.xlsform.values import NOT_A_NUMBER


def rounded(place: Place, value: Value, digits: Value = 0.0) -> float:
    """Round half up, to whole numbers or to some digits after the point."""
    exact, after = counted(place, value), counted(place, digits)
    if not math.isfinite(exact) or math.isnan(after):
        return NOT_A_NUMBER
    if not after:
        return float(math.floor(exact + 0.5))
    if abs(exact) >= 10**15:  # no digits are left after the point
        return exact
    step = Decimal(1).scaleb(-int(max(-15, min(15, after))))
    return float((Decimal(repr(exact)) / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def whole(work: Callable[[float], int]) -> Function:
    """Make a number whole in one way or another."""

    def made(place: Place, value: Value) -> float:
        exact = counted(place, value)
        return float(work(exact)) if math.isfinite(exact) else exact

    return Function(made, 1)


def worked(work: Callable[..., float], arguments: int = 1) -> Function:
    """Calculate; where mathematics gives nothing, NaN, and what is too large is infinite."""

    def out(place: Place, *values: Value) -> float:
        try:
            return work(*(counted(place, value) for value in values))
        except OverflowError:
            return math.inf
        except ValueError:
            return NOT_A_NUMBER

    return Function(out, arguments)


def least(place: Place, *values: Value) -> float:
    """Give the smallest number answered."""
    return min(numbers(place, values), default=NOT_A_NUMBER)


def greatest(place: Place, *values: Value) -> float:
    """Give the largest number answered."""
    return max(numbers(place, values), default=NOT_A_NUMBER)


ARITHMETIC: Mapping[str, Function] = {
    "number": Function(counted, 1),
    "int": whole(math.trunc),
    "floor": whole(math.floor),
    "ceiling": whole(math.ceil),
    "round": Function(rounded, 1, 2),
    "abs": worked(abs),
    "sqrt": worked(math.sqrt),
    "exp": worked(math.exp),
    "log": worked(math.log),
    "log10": worked(math.log10),
    "pow": worked(math.pow, 2),
    "exp10": worked(lambda power: math.pow(10, power)),
    "sin": worked(math.sin),
    "cos": worked(math.cos),
    "tan": worked(math.tan),
    "asin": worked(math.asin),
    "acos": worked(math.acos),
    "atan": worked(math.atan),
    "atan2": worked(math.atan2, 2),
    "pi": Function(lambda _: math.pi),
    "sum": Function(lambda place, *values: float(sum(numbers(place, values))), 1, any_number=True),
    "min": Function(least, 1, any_number=True),
    "max": Function(greatest, 1, any_number=True),
}
