"""問卷發布: an officer sends a questionnaire, publishes it, looks after it, takes it back."""

from collections.abc import Sequence
from uuid import UUID

from dialogs.asking import confirm, day, pick, review, tell
from dialogs.engine import Dialogue
from dialogs.events import (
    FormDiscarded,
    FormPublished,
    FormSent,
    FormWithdrawn,
    QuestionnaireChosen,
)
from dialogs.facts import FormToPublish, Nothing, QuestionnaireListed, VersionNamed
from dialogs.flows.at_once import silence
from dialogs.prompts import Attachment, Handing, Option
from dialogs.speech import Phrase
from dialogs.vocabulary import Role
from dialogs.xlsform.exporting import AnswersAtHand, AnswersExported

LARGEST = 5_000_000  # bytes of a workbook


def send_questionnaire(_: Nothing) -> Dialogue[FormSent]:
    """Ask for the workbook."""
    file: Attachment = yield Handing(key="questionnaire.file", kinds=("document",), at_most=LARGEST)
    return FormSent(file)


def publish_questionnaire(told: FormToPublish) -> Dialogue[FormPublished]:
    """Ask for whom it is and until when, and publish it."""
    yield from tell("publish.begin", title=told.title, version=told.version or "—")
    if told.replaces:
        yield from tell("publish.replaces", version=told.replaces)
    roles: Sequence[Role] = yield from pick(
        "publish.roles", Role, columns=2, nothing=Phrase("publish.everybody")
    )
    units: Sequence[UUID] = ()
    if tuple(roles) != (Role.VILLAGER,):
        options = [Option(str(unit.unit)[:8], unit.name, unit.unit) for unit in told.units]
        units = yield from pick(
            "publish.units", options, columns=2, nothing=Phrase("broadcast.every_unit")
        )
    due = yield from day("publish.due", earliest=told.today)
    yield from review("publish.review", title=told.title)
    return FormPublished(told.questionnaire, tuple(roles), tuple(units), due)


def look_at_questionnaires(told: VersionNamed) -> Dialogue[QuestionnaireChosen]:
    """Ask how a questionnaire stands, or which there are."""
    yield from silence()
    return QuestionnaireChosen(told.subject)


def discard_questionnaire(told: QuestionnaireListed) -> Dialogue[FormDiscarded | None]:
    """Drop a draft, once it is sure."""
    if not (yield from confirm("questionnaire.discard", title=told.title)):
        return None
    return FormDiscarded(UUID(told.subject))


def withdraw_questionnaire(told: QuestionnaireListed) -> Dialogue[FormWithdrawn | None]:
    """Take a questionnaire back, once it is sure."""
    if not (yield from confirm("questionnaire.withdraw", title=told.title, answers=told.answers)):
        return None
    return FormWithdrawn(UUID(told.subject))


def export_answers(hand: AnswersAtHand) -> Dialogue[AnswersExported]:
    """Ask for the answers as a workbook."""
    yield from silence()
    return AnswersExported(hand)
