"""What needs no telling, or only what a button was about."""

from sqlmodel import Session

from dialogs import facts
from dialogs.errors import Refused
from dialogs.rules.access import Action
from dialogs.vocabulary import PrivacyTopic
from storage.briefing.telling import identity, tells
from storage.occasion import Occasion


@tells(
    Action.ASK_AFTER,
    Action.WHO_IS_LATE,
    Action.DAY,
    Action.WORK,
    Action.NOTICES,
    Action.REVIEW_ENTRIES,
    Action.GIVE_CATALOGUE,
    Action.IMPORT_ROSTER,
    Action.EXPORT_ROSTER,
    Action.ADD_QUESTIONNAIRE,
    Action.ASK_MATTER,
    Action.MATTERS,
    Action.VERIFY_LOG,
    Action.SWEEP,
    Action.TAKE_KEYS,
    Action.BRING_KEYS,
    Action.LANGUAGE,
    Action.SWEEP,
    Action.TAKE_KEYS,
    Action.BRING_KEYS,
    Action.WARNINGS,
    Action.OWN_WARNINGS,
    Action.WARNING_LEDGER,
)
def nothing(_: Session, occasion: Occasion, subject: str) -> facts.Nothing:
    """Tell nothing."""
    return facts.Nothing()


@tells(Action.PRIVACY)
def topic(_: Session, occasion: Occasion, subject: str) -> facts.TopicNamed:
    """Tell what a button asks about, if it is more than the first page."""
    if subject and subject not in list(PrivacyTopic):
        raise Refused("unknown_action")
    return facts.TopicNamed(PrivacyTopic(subject) if subject else None)


@tells(
    Action.RECIPIENTS,
    Action.UNREACHED,
    Action.ACKNOWLEDGE,
    Action.CASE_CONTACT,
    Action.CLOSE_NOTICE,
    Action.CONFIRM_ROSTER,
    Action.OPEN_MATTER,
    Action.OPEN_WARNING,
    Action.WARNING_EVIDENCE,
    Action.SIGN_WARNING,
    Action.EVIDENCE,
)
def about(_: Session, occasion: Occasion, subject: str) -> facts.About:
    """Tell what the button was about."""
    return facts.About(identity(subject))
