"""試算: the commission tries another number of the rules on what has been seen so far."""

from dialogs.asking import choose, count, day
from dialogs.engine import Dialogue
from dialogs.events import NumberTried
from dialogs.facts import NumbersToTry, NumberToTry
from dialogs.prompts import Option
from dialogs.speech import Phrase

MOST = 400


def try_number(told: NumbersToTry) -> Dialogue[NumberTried]:
    """Choose a number, another value for it, and over which days it is tried."""
    options = [Option(str(at), said(one), one) for at, one in enumerate(told.numbers)]
    chosen: NumberToTry = yield from choose("backtest.number", options)
    value = yield from count("backtest.value", low=1, high=MOST, number=said(chosen))
    first = yield from day(
        "backtest.first", earliest=told.earliest, latest=told.today, proposed=told.proposed
    )
    last = yield from day("backtest.last", earliest=first, latest=told.today, proposed=told.today)
    return NumberTried(chosen.name, value, first, last)


def said(number: NumberToTry) -> Phrase:
    """Say a number in words, and what it is now."""
    what = Phrase(f"signal.number_{number.name}")
    return Phrase("backtest.option", {"what": what, "value": number.value})
