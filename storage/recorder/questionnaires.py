"""Questionnaires: what was answered, not by whom."""

from sqlmodel import Session

from dialogs.speech import say
from dialogs.xlsform.play import FormAnswered
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, record
from storage.tables import QuestionnaireAnswer


@record.register
def questionnaire_answered(
    event: FormAnswered, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write a questionnaire's answers down, without whose they are."""
    session.add(
        QuestionnaireAnswer(
            form=event.form,
            version=event.version,
            answered_on=occasion.today,
            answers=dict(event.answers),
        )
    )
    return Outcome([say("questionnaire.thanks")])
