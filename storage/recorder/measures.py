"""Measures written down: planned, reported on, looked at."""

from sqlmodel import Session

from dialogs import events
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Phrase, Reply, say
from dialogs.vocabulary import MeasureState
from storage import letters, measures, reminders
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, record
from storage.tables import Measure, Post


@record.register
def measures_planned(
    event: events.MeasuresPlanned, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Give measures their owners and days; whoever did not plan theirs is told, and all once."""
    for planned in event.measures:
        _, _, declaration = measures.get(session, planned.measure)
        post = session.get_one(Post, declaration.post_id)
        occasion.must_reach(Action.PLAN_MEASURES, post.unit_id)
        measures.must_be_of(session, declaration.person_id, occasion)
        measures.plan(session, planned, post=post.id)
        session.flush()
        if planned.owner == occasion.person or tell_owner(
            session, planned.measure, "measure.assigned", occasion=occasion
        ):
            reminders.note_called(session, planned.measure, today=occasion.today)
    return Outcome([say("measure.planned", count=len(event.measures))])


def tell_owner(session: Session, measure: object, key: str, *, occasion: Occasion) -> int:
    """Tell the owner of a measure what is asked of them; say how many have heard it."""
    one = session.get_one(Measure, measure)
    if one.owner_id is None:
        return 0
    values = {"text": one.text, "due": one.due_on or Phrase("measure.no_day"), "by": occasion.name}
    go = Go(Action.REPORT_MEASURE, one.id.hex)
    return letters.tell(
        session,
        [one.owner_id],
        Reply([Phrase(key, values)], [[Button(Action.REPORT_MEASURE, go)]]),
        keys=occasion.keys,
        now=occasion.now,
    )


@record.register
def measure_reported(
    event: events.MeasureReported, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write down how far a measure is."""
    measure, _, _ = measures.get(session, event.measure)
    measures.must_be_of(session, measure.owner_id, occasion)
    measures.report(session, event, person=occasion.person, now=occasion.now)
    done = measure.state is MeasureState.REPORTED
    return Outcome([say("measure.reported" if done else "measure.progressed")])


@record.register
def measure_verified(
    event: events.MeasureVerified, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write down that somebody looked at a measure; what is missing goes back to its owner."""
    _, _, declaration = measures.get(session, event.measure)
    post = session.get_one(Post, declaration.post_id)
    occasion.must_reach(Action.VERIFY_MEASURE, post.unit_id)
    measures.verify(session, event, person=occasion.person, now=occasion.now)
    session.flush()
    if not event.passed:
        tell_owner(session, event.measure, "measure.sent_back", occasion=occasion)
    return Outcome([say("measure.verified" if event.passed else "measure.returned")])
