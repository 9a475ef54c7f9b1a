"""What somebody is told who wants to try another number of the rules."""

from datetime import timedelta

from sqlmodel import Session

from dialogs import facts
from dialogs.catalogue.policy import number
from dialogs.rules.access import Action
from dialogs.rules.signals import numbers_used
from dialogs.rules.warning import YEAR
from storage.briefing.telling import tells
from storage.occasion import Occasion

HALF_A_YEAR = timedelta(days=182)


@tells(Action.BACKTEST)
def numbers_to_try(_: Session, occasion: Occasion, subject: str) -> facts.NumbersToTry:
    """Tell the numbers of the rules as they are in force."""
    return facts.NumbersToTry(
        [facts.NumberToTry(name, number(name)) for name in numbers_used()],
        today=occasion.today,
        earliest=occasion.today - 2 * YEAR,
        proposed=occasion.today - HALF_A_YEAR,
    )
