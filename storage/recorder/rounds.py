"""Rounds written down: opened, begun in a unit, and how far the units have come."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from dialogs import events
from dialogs.errors import Refused
from dialogs.flows.round import lacking_phrase
from dialogs.rules.access import Action, reaches
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable, say
from dialogs.vocabulary import Stage
from storage import coverage, rounds, self_checks
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, record
from storage.recorder.pages import in_pages
from storage.tables import Mobilisation, Round, RoundStage, Unit

ABREAST = 3  # buttons in a row


@record.register
def round_opened(
    event: events.RoundOpened, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Open a round in the place of the one before; call for the self-checks of its second stage."""
    current = rounds.open_round(session)
    if (current.id if current else None) != event.closes:
        raise Refused("round_changed")
    if current:
        current.closed_on = occasion.today
        session.add(current)
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
    """Say how far the units in reach have come, a line each; of one unit, all that it lacks."""
    current = rounds.open_round(session)
    if current is None:
        return Outcome([say("round.none")])
    units = [
        unit
        for unit in session.exec(select(Unit).order_by(col(Unit.kind), col(Unit.code)))
        if reaches(occasion.standing, Action.STAGES, unit.id)
        if event.unit in (None, unit.id)
    ]
    if not units:
        raise Refused("not_your_unit")
    if len(units) == 1:
        return Outcome(of_one(session, current, units[0], occasion=occasion))
    return Outcome([of_all(session, current, units, occasion=occasion)])


def of_one(session: Session, current: Round, unit: Unit, *, occasion: Occasion) -> Sequence[Reply]:
    """Say which stage a unit is in, and everything it lacks there."""
    stage, lacking = rounds.reached(session, current, unit, today=occasion.today)
    head: list[Sayable] = [heading(current), calendar(session, current, occasion=occasion)]
    if stage is None:
        return [Reply([*head, Phrase("round.complete", {"unit": unit.name})])]
    first, *rest = in_pages([lacking_phrase(one) for one in lacking], occasion.language)
    values: dict[str, Sayable] = {"unit": unit.name, "stage": stage, "lacking": Listing(first)}
    pages = [Reply([Listing(page)]) for page in rest]
    return [Reply([*head, Phrase("round.unit", values)]), *pages]


def of_all(session: Session, current: Round, units: Sequence[Unit], *, occasion: Occasion) -> Reply:
    """Say of each unit, stage by stage, how much it lacks; a button tells what."""
    held: dict[Stage | None, list[tuple[Unit, int]]] = defaultdict(list)
    for unit in units:
        stage, lacking = rounds.reached(session, current, unit, today=occasion.today)
        held[stage].append((unit, len(lacking)))
    parts: list[Sayable] = [heading(current), calendar(session, current, occasion=occasion)]
    parts.append(coverage_phrase(coverage.of(session, today=occasion.today)))
    for stage in Stage:
        if at := held[stage]:
            title = Phrase("round.at", {"stage": stage, "count": len(at)})
            parts.append(Listing([title, *(lacks(unit, count) for unit, count in at)]))
    if done := held[None]:
        names = Listing([unit.name for unit, _ in done], inline=True)
        parts.append(Phrase("round.all_complete", {"count": len(done), "units": names}))
    open_ones = [unit for stage in Stage for unit, _ in held[stage]]
    keys = [Button(Phrase("round.what", {"unit": one.name}), go_to(one)) for one in open_ones]
    return Reply(parts, [keys[start : start + ABREAST] for start in range(0, len(keys), ABREAST)])


def lacks(unit: Unit, count: int) -> Phrase:
    """Say on a line how much a unit lacks."""
    return Phrase("round.lacks", {"unit": unit.name, "count": count})


def go_to(unit: Unit) -> Go:
    """Lead to what a unit lacks."""
    return Go(Action.STAGES, unit.id.hex)


def heading(current: Round) -> Phrase:
    """Name a round."""
    return Phrase("round.head", {"name": current.name})


def calendar(session: Session, current: Round, *, occasion: Occasion) -> Listing:
    """Say by when each stage is to be complete, and which days are over."""
    days = rounds.days_of(session, current.id)
    return Listing(
        [
            Phrase(
                "round.day_over" if days[one] < occasion.today else "round.day",
                {"stage": one, "due": days[one]},
            )
            for one in Stage
        ]
    )


def coverage_phrase(of: coverage.Coverage) -> Phrase:
    """Say how much is there, in the whole township."""
    return Phrase("round.coverage", dict(vars(of)))
