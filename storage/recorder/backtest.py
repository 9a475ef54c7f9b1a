"""The rules are asked again by another number; the answer is said, and nothing is written."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlmodel import Session

from dialogs import events
from dialogs.catalogue.policy import policy
from dialogs.errors import Refused
from dialogs.rules.signals import GRAVITY, numbers_used
from dialogs.rules.signals.replaying import Replayed
from dialogs.speech import Listing, Phrase, Reply, Sayable
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, prepare, record
from storage.signals.replaying import Compared, compare


@prepare.register
def try_it(event: events.NumberTried, occasion: Occasion) -> Compared:
    """Ask the rules again, in a session that only reads, before any lock is held."""
    if event.name not in numbers_used():
        raise Refused("policy_unknown", name=event.name)
    with occasion.shelf.reading() as session:
        return compare(
            *(session, {event.name: event.value}),
            first=event.first,
            last=event.last,
            calendar=occasion.calendar,
        )


@record.register
def number_tried(
    event: events.NumberTried, session: Session, occasion: Occasion, prepared: Compared
) -> Outcome:
    """Say by rule and level how many drafts there would be; about nobody and no unit."""
    what = Phrase(f"signal.number_{event.name}")
    now = policy()[event.name].value
    head = [
        Phrase(
            "backtest.period",
            {"first": event.first, "last": event.last, "signals": prepared.signals},
        ),
        Phrase("backtest.number", {"name": what, "now": now, "trial": event.value}),
    ]
    counts = list(counted(prepared.now, prepared.trial))
    said = Listing(counts) if counts else Phrase("backtest.none")
    return Outcome([Reply([*head, said, *difference(prepared), Phrase("backtest.unchanged")])])


def counted(now: Sequence[Replayed], trial: Sequence[Replayed]) -> Iterator[Phrase]:
    """Count drafts by level and rule, by the numbers in force and by the one tried."""
    of_now, of_trial = (Counter((one.level, one.rule) for one in drafts) for drafts in (now, trial))
    for level, rule in sorted(of_now | of_trial, key=lambda one: (-GRAVITY[one[0]], one[1])):
        values: dict[str, Sayable] = {
            "level": level,
            "rule": Phrase(f"signal.rule_{rule}"),
            "now": of_now[level, rule],
            "trial": of_trial[level, rule],
        }
        yield Phrase("backtest.count", values)


def difference(compared: Compared) -> Iterator[Phrase]:
    """Say how many drafts there would be more and fewer."""
    if not compared.more and not compared.fewer:
        yield Phrase("backtest.same")
    else:
        more, fewer = len(compared.more), len(compared.fewer)
        yield Phrase("backtest.difference", {"more": more, "fewer": fewer})
