"""A broadcast to thirty thousand: how fast it goes, whether Telegram complains, who waits for it.

Run `python -m tests.benchmarks.broadcast`; with `--whole` the broadcast is waited for, which takes
eighteen minutes at Telegram's limit, else the first minute of it.
"""

import statistics
import sys
import time

from tests.benchmarks.bench import FIRST, Bench, latencies, playground, qingfeng, running

PEOPLE = 30_000
ASKED = 50  # answers whose latency is measured
RATE = 30  # messages a second that Telegram takes
MINUTE = 60.0


def press(bench: Bench, label: str, person: int = FIRST) -> None:
    """Let somebody press their newest such button."""
    until = time.monotonic() + 60
    while person not in (found := bench.buttons(label)):
        assert time.monotonic() < until, label
        time.sleep(0.5)
    message, data = found[person]
    bench.feed([{"person_id": person, "message_id": message, "data": data}])
    time.sleep(1.5)


def order(bench: Bench) -> None:
    """Let the first person draw a notice up and the second approve it, both of the commission."""
    bench.say(FIRST, "/menu")
    for label in ("通知與公示", "發通知", "選好了", "選好了"):
        press(bench, label)
    bench.say(FIRST, "{{姓名}}，請看一看。")
    time.sleep(1.5)
    for label in ("選好了", "確認送出", "請同事批准"):
        press(bench, label)
    press(bench, "✅ 批准", FIRST + 1)


def ours(*, whole: bool) -> tuple[list[float], list[float], float, int]:
    """Measure ours: answers idle and beside it, its rate, and how often we were told to wait."""
    with playground(PEOPLE, flood=True) as bench, qingfeng(bench, PEOPLE, rate=RATE):
        bench.say(FIRST, "/help")
        bench.wait(1, "sendMessage")
        idle = latencies(bench, first=FIRST + PEOPLE - ASKED, count=ASKED)
        ordered = bench.newest()
        order(bench)
        bench.wait(2 * RATE, "sendMessage", since=ordered)  # it is on its way
        begun, before = time.monotonic(), bench.newest()
        busy = latencies(bench, first=FIRST + PEOPLE - 2 * ASKED, count=ASKED)
        if whole:
            while len(bench.calls("sendMessage")) < PEOPLE + 2 * ASKED:
                time.sleep(5)
        else:
            time.sleep(max(0.0, begun + MINUTE - time.monotonic()))
        calls = bench.news(before)
        sent = [call for call in calls if call["ok"] and call["method"] != "answerCallbackQuery"]
        took = float(sent[-1]["at"]) - float(sent[0]["at"])
        return idle, busy, len(sent) / took, sum(not call["ok"] for call in calls)


def through_ptb() -> tuple[list[float], list[float], int]:
    """Measure the same through PTB's limiter: answers idle and beside it, and refusals."""
    command = [sys.executable, "-m", "tests.benchmarks.limiter"]
    with playground(PEOPLE, flood=True) as bench, running([*command, bench.url]):
        bench.say(FIRST, "/help")
        bench.wait(1, "sendMessage")
        idle = latencies(bench, first=FIRST + PEOPLE - ASKED, count=ASKED)
        bench.say(FIRST, f"/begin {PEOPLE}")
        time.sleep(5)
        before = bench.newest()
        try:
            busy = latencies(bench, first=FIRST + PEOPLE - 2 * ASKED, count=ASKED)
        except AssertionError:
            busy = []
        return idle, busy, sum(not call["ok"] for call in bench.news(before))


def main() -> None:
    """Print the figures."""
    idle, busy, rate, refused = ours(whole="--whole" in sys.argv)
    shown("an answer, idle", idle)
    shown(f"an answer, beside a broadcast to {PEOPLE}", busy)
    ratio = statistics.median(busy) / statistics.median(idle)
    print(f"median beside : idle = {ratio:.2f}")  # noqa: T201
    print(f"{rate:.1f} messages/s of {RATE} ({rate / RATE:.0%}); refused {refused}")  # noqa: T201
    idle, busy, refused = through_ptb()
    shown("PTB's AIORateLimiter, idle", idle)
    if busy:
        shown("PTB's AIORateLimiter, beside its broadcast", busy)
    else:
        print("PTB's AIORateLimiter: no answer within 30 s beside its broadcast")  # noqa: T201
    print(f"refused {refused}")  # noqa: T201


def shown(name: str, figures: list[float]) -> None:
    """Print a row."""
    late = statistics.quantiles(figures, n=100)[98]
    middle, worst = statistics.median(figures), max(figures)
    print(f"{name}: median {middle:.0f} ms, p99 {late:.0f} ms, worst {worst:.0f} ms")  # noqa: T201


if __name__ == "__main__":
    main()
