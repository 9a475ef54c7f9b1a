"""What is told about a questionnaire."""

from sqlmodel import Session

from dialogs import facts
from dialogs.rules.access import Action
from storage.briefing.telling import tells
from storage.occasion import Occasion


@tells(Action.QUESTIONNAIRE)
def questionnaire(_: Session, occasion: Occasion, subject: str) -> facts.FormToAnswer:
    """Tell which questionnaire is answered, and on which day."""
    return facts.FormToAnswer(subject, occasion.today)
