"""Rounds written down: opened, begun in a unit, and how far the units have come."""

from sqlmodel import Session, col, select

from dialogs import events
from dialogs.errors import Refused
from dialogs.flows.round import listed
from dialogs.rules.access import Action, reaches
from dialogs.speech import Listing, Phrase, Reply, Sayable, say
from dialogs.vocabulary import Stage
from storage import coverage, rounds, self_checks
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, record
from storage.tables import Mobilisation, Round, RoundStage, Unit

AT_ONCE = 8  # units in one message


@record.register
def round_opened(
    event: events.RoundOpened, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Open a round and call for the self-checks by the day of its second stage."""
    if rounds.open_round(session):
        raise Refused("round_still_open", name=event.name)
    if session.exec(select(Round).where(Round.name == event.name)).first():
        raise Refused("round_name_taken", name=event.name)
    opened = Round(name=event.name, opened_by=occasion.person, opened_on=occasion.today)
    session.add(opened)
    session.flush()
    session.add_all(
        RoundStage(round_id=opened.id, stage=stage, due_on=due) for stage, due in event.due
    )
    posts = self_checks.call(
        session, due=dict(event.due)[Stage.SEARCH], today=occasion.today, fresh=False
    )
    return Outcome([say("round.opened", name=event.name, posts=posts)])


@record.register
def mobilised(
    event: events.Mobilised, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write the meeting of a unit down; its second stage is open from now on."""
    occasion.must_reach(Action.MOBILISE, event.unit)
    if session.get(Mobilisation, (event.round, event.unit)):
        raise Refused("mobilised_already")
    session.add(
        Mobilisation(
            round_id=event.round,
            unit_id=event.unit,
            held_on=event.held,
            attended=event.attended,
            note=event.note,
            reported_by=occasion.person,
        )
    )
    return Outcome([say("mobilise.recorded")])


@record.register
def stages_asked(
    event: events.StagesAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Say of each unit in reach which stage it is in, and what it lacks."""
    current = rounds.open_round(session)
    if current is None:
        return Outcome([say("round.none")])
    days = rounds.days_of(session, current.id)
    head = Phrase("round.head", {"name": current.name})
    plan = Listing([Phrase("round.day", {"stage": one, "due": days[one]}) for one in Stage])
    units = session.exec(select(Unit).order_by(col(Unit.kind), col(Unit.code)))
    pages = [
        unit_page(session, current, unit, occasion=occasion)
        for unit in units
        if reaches(occasion.standing, Action.STAGES, unit.id)
    ]
    if len(pages) == 1:
        return Outcome([Reply([head, plan, *pages])])
    plan = Listing([*plan.items, coverage_phrase(coverage.of(session, today=occasion.today))])
    groups = [pages[start : start + AT_ONCE] for start in range(0, len(pages), AT_ONCE)]
    return Outcome([Reply([head, plan]), *(Reply(group) for group in groups)])


def coverage_phrase(of: coverage.Coverage) -> Phrase:
    """Say how much is there, in the whole township."""
    return Phrase("round.coverage", dict(vars(of)))


def unit_page(session: Session, current: Round, unit: Unit, *, occasion: Occasion) -> Sayable:
    """Say which stage a unit is in, and what it lacks there."""
    stage, lacking = rounds.reached(session, current, unit, today=occasion.today)
    if stage is None:
        return Phrase("round.complete", {"unit": unit.name})
    return Phrase("round.unit", {"unit": unit.name, "stage": stage, "lacking": listed(lacking)})
