"""問卷: one is answered, or tried out before it is published, as a conversation."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dialogs.asking import tell
from dialogs.engine import Dialogue
from dialogs.events import FormPreviewed
from dialogs.xlsform.form import Form
from dialogs.xlsform.play import FormAnswered, play


@dataclass(frozen=True)
class FormAtHand:
    """A questionnaire as it is played, and the day on which it was begun.

    It stands for the FormToAnswer kept with the draft; `questionnaire` is the version's id.
    """

    form: Form
    today: date
    questionnaire: UUID | None = None


def answer_questionnaire(hand: FormAtHand) -> Dialogue[FormAnswered]:
    """Play a questionnaire up to its review."""
    return (yield from play(hand.form, today=hand.today))


def preview_questionnaire(hand: FormAtHand) -> Dialogue[FormPreviewed | None]:
    """Play a questionnaire as the public will meet it; what was answered is dropped."""
    if hand.questionnaire is None:
        return None
    yield from tell("questionnaire.preview", title=hand.form.title)
    yield from play(hand.form, today=hand.today)
    return FormPreviewed(hand.questionnaire)
