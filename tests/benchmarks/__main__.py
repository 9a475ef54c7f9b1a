"""Measure, and print the tables of docs/benchmarks.md: ``make bench``."""

import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks import broadcast, reminders, size, vault
from tests.benchmarks.bench import FIRST, Bench, cpu, playground, qingfeng, running

PEOPLE = 1000
RUNS = 3
UNLIMITED = 100_000  # messages a second, where the local Telegram sets no limit


@dataclass(frozen=True)
class Speed:
    """Updates a second, and the processor time each cost in milliseconds."""

    rate: float
    cost: float


def measured(calls: Sequence[dict[str, float]], spent: float) -> Speed:
    """Work out a speed from the answers to a batch."""
    took = calls[-1]["at"] - calls[0]["at"]
    return Speed((len(calls) - 1) / took, spent * 1000 / len(calls))


def echo(concurrent: int) -> Speed:
    """Let PTB's bare echo answer two texts a person."""
    with (
        playground(PEOPLE) as bench,
        running([sys.executable, "-m", "tests.benchmarks.echo", bench.url, str(concurrent)]) as bot,
    ):
        bench.say(FIRST, "warm")
        bench.wait(1, "sendMessage")
        since, before = bench.newest(), cpu(bot)
        bench.feed(texts())
        calls = bench.wait(2 * PEOPLE, "sendMessage", since=since)
        return measured(calls, cpu(bot) - before)


def whole_path() -> Speed:
    """Let everybody answer two questions of their self-check, in text."""
    with playground(PEOPLE) as bench, qingfeng(bench, PEOPLE, rate=UNLIMITED) as bot:
        into_self_check(bench)
        since, before = bench.newest(), cpu(bot)
        bench.feed(texts())
        calls = bench.wait(2 * PEOPLE, "sendMessage", since=since)
        return measured(calls, cpu(bot) - before)


def texts() -> list[dict[str, object]]:
    """Two texts a person, the first of everybody before the second of anybody."""
    return [
        {"person_id": FIRST + number % PEOPLE, "text": f"第 {number} 次回答，寫得不長也不短"}
        for number in range(2 * PEOPLE)
    ]


def into_self_check(bench: Bench) -> None:
    """Bring everybody to the question after which only text is asked."""
    bench.feed([{"person_id": FIRST + number, "text": "/menu"} for number in range(PEOPLE)])
    bench.wait(PEOPLE, "sendMessage")
    assert bench.press("崗位自查") == PEOPLE
    bench.wait(2 * PEOPLE, "sendMessage")
    for pressed, label in enumerate(("我自己寫", "選好了"), 1):
        assert bench.press(label) == PEOPLE
        bench.wait(pressed * PEOPLE, "editMessageText")
    time.sleep(1)


def at_thirty_a_second() -> list[float]:
    """Feed 30 updates a second for 20 seconds; give the milliseconds to each answer."""
    with playground(PEOPLE) as bench, qingfeng(bench, PEOPLE, rate=UNLIMITED):
        bench.say(FIRST, "/help")
        bench.wait(1, "sendMessage")
        begun: dict[int, float] = {}
        for number in range(600):
            person = FIRST + 1 + number
            begun[person] = time.monotonic()
            bench.say(person, "/help")
            time.sleep(max(0.0, begun[FIRST + 1] + (number + 1) / 30 - time.monotonic()))
        calls = bench.wait(601, "sendMessage")[1:]
        return [(call["at"] - begun[int(call["params"]["chat_id"])]) * 1000 for call in calls]


def shown(name: str, figures: Sequence[float]) -> None:
    """Print a row: the median, the 99th of a hundred, the worst."""
    middle, late = statistics.median(figures), statistics.quantiles(figures, n=100)[98]
    say(f"{name}: median {middle:.1f} ms, p99 {late:.1f} ms, worst {max(figures):.1f} ms")


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 - the figures are what it is for


def main() -> None:
    """Measure everything."""
    speeds: dict[str, list[Speed]] = {
        "echo one by one": [],
        "echo 64 at once": [],
        "whole path": [],
    }
    for _ in range(RUNS):
        speeds["echo one by one"].append(echo(0))
        speeds["echo 64 at once"].append(echo(64))
        speeds["whole path"].append(whole_path())
    for name, runs in speeds.items():
        rates = ", ".join(f"{run.rate:.0f}" for run in runs)
        costs = ", ".join(f"{run.cost:.2f}" for run in runs)
        say(f"{name}: {rates} updates/s; {costs} ms of processor each")
    whole = statistics.median(run.rate for run in speeds["whole path"])
    best = max(
        statistics.median(run.rate for run in speeds[name])
        for name in ("echo one by one", "echo 64 at once")
    )
    say(f"whole path : faster echo = {whole / best:.2f}")
    shown("an answer at 30 updates/s", at_thirty_a_second())
    broadcast.main()
    size.main()
    vault.main()
    reminders.main()


if __name__ == "__main__":
    main()
