"""What sealing costs, and whether anybody waits for somebody else's photos.

Run `python -m tests.benchmarks.vault`.
"""

import os
import statistics
import time
from collections.abc import Sequence
from io import BytesIO
from uuid import uuid4

from nacl.public import PrivateKey
from PIL import Image

from dialogs.vocabulary import PaperKind
from storage.vault import cases, papers
from storage.vault.keys import KeyHolder, fingerprint
from tests.benchmarks.bench import FIRST, PATIENCE, Bench, latencies, playground, qingfeng
from tests.builders.web import HTTP

SEALED = 200  # times a text is sealed
OFFICIALS = 200  # of the roster, two of them handlers; whoever writes and asks is a villager
ROUNDS = 5  # of asking idle, then beside photos, so that the machine sways alike for both
LETTERS = 10  # in a round, sent at one moment
ASKED = 80  # answers of a round whose latency is measured, idle and beside the photos
WRITER = FIRST + OFFICIALS  # the first of the villagers
ASKER = WRITER + ROUNDS * LETTERS
PEOPLE = OFFICIALS + ROUNDS * (LETTERS + 2 * ASKED)
UNLIMITED = 100_000


def sealing() -> float:
    """Seal a text of 4 KiB to three keys; give the median in milliseconds."""
    holders = []
    for number in range(3):
        public = bytes(PrivateKey.generate().public_key)
        holders.append(KeyHolder(uuid4(), str(number), key_id=fingerprint(public), public=public))
    taken = []
    for _ in range(SEALED):
        begun = time.perf_counter()
        case, private = uuid4(), PrivateKey.generate()
        papers.write(case, PaperKind.ACCOUNT, "x" * 4096, public=private.public_key)
        for holder in holders:
            cases.wrapped(case, private, holder)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def photo() -> bytes:
    """Take a photo of twelve megapixels, with something on it."""
    written = BytesIO()
    noise = Image.frombytes("RGB", (1000, 750), os.urandom(1000 * 750 * 3))
    noise.resize((4000, 3000)).save(written, "JPEG", quality=80)
    return written.getvalue()


def everybody(bench: Bench, label: str, *methods: str, among: Sequence[int]) -> None:
    """Let every writer press a button, and wait until each has been answered."""
    since = bench.newest()
    assert bench.press(label, among=among) == LETTERS, label
    bench.wait(LETTERS, *methods, since=since)
    time.sleep(0.5)


def written(bench: Bench, content: bytes, writers: Sequence[int]) -> None:
    """Bring letters with a photo as far as the last press."""
    since = bench.newest()
    bench.feed([{"person_id": writer, "text": "/menu"} for writer in writers])
    bench.wait(LETTERS, "sendMessage", since=since)
    everybody(bench, "意見與反映", "sendMessage", among=writers)
    for label in ("不針對個人", "其他", "建議意見"):
        everybody(bench, label, "editMessageText", among=writers)
    since = bench.newest()
    texts = [f"路燈壞了{writer}天沒有人修" for writer in writers]
    bench.feed([{"person_id": one, "text": text} for one, text in zip(writers, texts, strict=True)])
    bench.wait(LETTERS, "sendMessage", since=since)
    since = bench.newest()
    for writer in writers:
        HTTP.post(
            f"{bench.url}/play/send",
            data={"person_id": str(writer), "chat_id": str(writer), "as": "document"},
            files={"file": ("photo.jpg", content, "image/jpeg")},
            timeout=60,
        ).raise_for_status()
    bench.wait(LETTERS, "sendMessage", since=since)
    everybody(bench, "沒有別的了", "editMessageText", among=writers)


def all_in(bench: Bench, writers: Sequence[int], *, since: int) -> float:
    """Wait until each of some writers has been sent a receipt; give the moment of the last."""
    waiting, last = set(writers), 0.0
    until = time.monotonic() + PATIENCE
    while waiting:
        assert time.monotonic() < until, f"{len(waiting)} letters are not taken in"
        time.sleep(0.2)
        for call in bench.news(since):
            since = int(call["seq"])
            if call["method"] == "sendMessage" and call["ok"]:
                waiting.discard(int(call["params"]["chat_id"]))
                last = float(call["at"])
    return last


def beside_photos() -> tuple[list[float], list[float], float]:
    """Ask while nothing happens, then while photos are cleaned and sealed; and so again."""
    idle: list[float] = []
    busy: list[float] = []
    took = 0.0
    content = photo()
    with playground(PEOPLE) as bench, qingfeng(bench, OFFICIALS, rate=UNLIMITED):
        for number in range(ROUNDS):
            writers = range(WRITER + number * LETTERS, WRITER + (number + 1) * LETTERS)
            asker = ASKER + number * 2 * ASKED
            written(bench, content, writers)
            idle += latencies(bench, first=asker, count=ASKED, every=0.15)
            since, begun = bench.newest(), time.monotonic()
            bench.press("確認送出", among=writers)
            busy += latencies(bench, first=asker + ASKED, count=ASKED, every=0.15)
            took += all_in(bench, writers, since=since) - begun
    return idle, busy, took


def late(figures: list[float]) -> float:
    """Give the 99th of a hundred."""
    return statistics.quantiles(figures, n=100)[98]


def main() -> None:
    """Print the figures."""
    print(f"4 KiB sealed to 3 keys: {sealing():.2f} ms")  # noqa: T201
    idle, busy, took = beside_photos()
    photos = f"beside {ROUNDS * LETTERS} photos"
    for name, figures in (("idle", idle), (photos, busy)):
        middle, worst = statistics.median(figures), max(figures)
        row = f"median {middle:.0f} ms, p99 {late(figures):.0f}, worst {worst:.0f}"
        print(f"an answer, {name}: {row}")  # noqa: T201
    print(f"p99 beside : p99 idle = {late(busy) / late(idle):.2f}; all taken in {took:.0f} s")  # noqa: T201


if __name__ == "__main__":
    main()
