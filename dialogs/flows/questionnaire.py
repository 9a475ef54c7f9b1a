"""問卷: a questionnaire of the catalogue, played as a conversation."""

from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.facts import FormToAnswer
from dialogs.xlsform.library import questionnaires
from dialogs.xlsform.play import FormAnswered, play


def answer_questionnaire(told: FormToAnswer) -> Dialogue[FormAnswered]:
    """Play a questionnaire up to its review."""
    form = questionnaires().get(told.form)
    if form is None:
        raise Refused("unknown_action")
    return (yield from play(form, today=told.today))
