"""What is told about questionnaires, to those who answer and to those who look after them."""

from uuid import UUID

from sqlmodel import Session

from dialogs import facts
from dialogs.errors import Refused
from dialogs.flows.questionnaire import FormAtHand
from dialogs.rules.access import Action
from dialogs.vocabulary import QuestionnaireState
from dialogs.xlsform.exporting import AnswersAtHand
from storage import people, questionnaires
from storage.briefing.telling import recall, tells
from storage.occasion import Occasion
from storage.questionnaires import Offer


@tells(Action.QUESTIONNAIRE)
def questionnaire(session: Session, occasion: Occasion, subject: str) -> facts.FormToAnswer:
    """Tell which version is answered, and on which day; it must be meant for the person."""
    found = questionnaires.named(session, subject)
    found.must_take(occasion.standing, today=occasion.today)
    return facts.FormToAnswer(found.form, occasion.today, found.id)


@tells(Action.PREVIEW_QUESTIONNAIRE)
def preview(session: Session, occasion: Occasion, subject: str) -> facts.FormToAnswer:
    """Tell which version is tried out."""
    found = questionnaires.about(session, subject)
    return facts.FormToAnswer(found.form, occasion.today, found.id)


@recall.register
def form_at_hand(told: facts.FormToAnswer, session: Session) -> FormAtHand:
    """Give the questionnaire itself."""
    form = questionnaires.form_of(session, told.form, told.questionnaire)
    return FormAtHand(form, told.today, told.questionnaire)


@tells(Action.PUBLISH_QUESTIONNAIRE)
def to_publish(session: Session, occasion: Occasion, subject: str) -> facts.FormToPublish:
    """Tell what is to be published, in the place of what, and the units it could be for."""
    found, questionnaire = sent(session, subject, QuestionnaireState.DRAFT)
    before = [one.version for one in questionnaires.on_offer(session) if one.form == found.form]
    return facts.FormToPublish(
        questionnaire=questionnaire,
        title=found.title,
        version=found.version,
        replaces=", ".join(one or "—" for one in before),
        today=occasion.today,
        units=[facts.UnitNamed(unit.id, unit.name) for unit in people.units(session)],
    )


@tells(Action.DISCARD_QUESTIONNAIRE)
def to_discard(session: Session, occasion: Occasion, subject: str) -> facts.QuestionnaireListed:
    """Tell which draft is to be dropped."""
    found, _ = sent(session, subject, QuestionnaireState.DRAFT)
    return facts.QuestionnaireListed(found.subject, found.title, found.version, found.state)


@tells(Action.WITHDRAW_QUESTIONNAIRE)
def to_withdraw(session: Session, occasion: Occasion, subject: str) -> facts.QuestionnaireListed:
    """Tell which questionnaire is to be taken back, and how many have answered it."""
    found, _ = sent(session, subject, QuestionnaireState.OFFERED)
    return listed(found, questionnaires.counts(session).get((found.form, found.version), 0))


@tells(Action.QUESTIONNAIRES)
def looked_at(session: Session, occasion: Occasion, subject: str) -> facts.VersionNamed:
    """Tell which version is looked at."""
    return facts.VersionNamed(subject)


@tells(Action.EXPORT_ANSWERS)
def to_export(session: Session, occasion: Occasion, subject: str) -> facts.FormNamed:
    """Tell whose answers are wanted."""
    return facts.FormNamed(questionnaires.about(session, subject).form)


@recall.register
def answers_at_hand(told: facts.FormNamed, session: Session) -> AnswersAtHand:
    """Give the answers themselves."""
    return AnswersAtHand(told.form, questionnaires.answered(session, told.form))


def sent(session: Session, subject: str, state: QuestionnaireState) -> tuple[Offer, UUID]:
    """Find a version an officer sent that stands as it must; raise Refused if it does not."""
    found = questionnaires.about(session, subject)
    if found.id is None or found.state is not state:
        raise Refused("questionnaire_elsewhere", title=found.title, state=found.state)
    return found, found.id


def listed(offer: Offer, answers: int) -> facts.QuestionnaireListed:
    """List a version."""
    return facts.QuestionnaireListed(
        offer.subject, offer.title, offer.version, offer.state, answers
    )
