"""What the addressee of a warning does, written down; the commission hears of it."""

from sqlmodel import Session

from dialogs import events
from dialogs.rules.access import Action
from dialogs.speech import Phrase, Reply
from storage import warnings
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, record
from storage.recorder.warnings import answer_button, is_others, mover, open_button, tell_commission
from storage.subjects import number_of
from storage.tables import GradedWarning


def done(warning: GradedWarning, key: str, occasion: Occasion, *steps: Action) -> Outcome:
    """Say what has been noted, to its addressee or who wrote it down, and offer what comes next."""
    values = {"number": number_of(warning), "due": warning.due_on or occasion.today}
    rows = [[answer_button(step, warning, occasion)] for step in steps]
    reply = Reply([Phrase(key, values)], [*rows, [open_button(warning)]])
    return Outcome([reply], about=warning.id.hex)


@record.register
def warning_signed(
    event: events.WarningSigned, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write down that a warning was signed for."""
    warning = warnings.sign(session, event.warning, mover(occasion))
    if is_others(warning, occasion):
        return done(warning, "warning.signed_on_paper", occasion, Action.ANSWER_WARNING)
    return done(warning, "warning.signed", occasion, Action.ANSWER_WARNING)


@record.register
def warning_replied(
    event: events.WarningReplied,
    session: Session,
    occasion: Occasion,
    prepared: warnings.Received,
) -> Outcome:
    """Write a reply down."""
    warning = warnings.reply(session, event, mover(occasion), files=prepared)
    tell_commission(session, warning, "warning.reply_came", occasion=occasion)
    if is_others(warning, occasion):
        return done(warning, "warning.replied_on_paper", occasion)
    return done(warning, "warning.replied", occasion)


@record.register
def more_time_asked(
    event: events.ExtensionAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write down that more time is asked for."""
    warning = warnings.ask_for_time(session, event, mover(occasion))
    tell_commission(session, warning, "warning.time_asked", occasion=occasion)
    if is_others(warning, occasion):
        return done(warning, "warning.asked_on_paper", occasion)
    return done(warning, "warning.asked", occasion)
