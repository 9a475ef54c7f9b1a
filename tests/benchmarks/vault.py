"""What sealing costs, and whether anybody waits for somebody else's photos.

Run `python -m tests.benchmarks.vault`.
"""

import os
import statistics
import time
from io import BytesIO
from uuid import uuid4

from nacl.public import PrivateKey
from PIL import Image

from dialogs.vocabulary import PaperKind
from storage.vault import cases, papers
from storage.vault.keys import KeyHolder, fingerprint
from tests.benchmarks.bench import FIRST, Bench, latencies, playground, qingfeng
from tests.builders.web import HTTP

SEALED = 200  # times a text is sealed
OFFICIALS = 200  # of the roster, two of them handlers; whoever writes and asks is a villager
LETTERS = 50
ASKED = 360  # answers whose latency is measured: as long as the photos are being taken in
WRITER = FIRST + OFFICIALS  # the first of them
ASKER = WRITER + LETTERS
PEOPLE = OFFICIALS + LETTERS + 2 * ASKED
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


def everybody(bench: Bench, label: str, *methods: str) -> None:
    """Let every writer press a button, and wait until each has been answered."""
    since = bench.newest()
    assert bench.press(label) >= LETTERS, label
    bench.wait(LETTERS, *methods, since=since)
    time.sleep(0.5)


def written(bench: Bench, content: bytes) -> None:
    """Bring fifty letters with a photo as far as the last press."""
    writers = range(WRITER, WRITER + LETTERS)
    bench.feed([{"person_id": writer, "text": "/menu"} for writer in writers])
    bench.wait(LETTERS, "sendMessage")
    everybody(bench, "意見與反映", "sendMessage")
    for label in ("不針對個人", "其他", "建議意見"):
        everybody(bench, label, "editMessageText")
    since = bench.newest()
    bench.feed([{"person_id": writer, "text": "路燈壞了半個月沒有人修"} for writer in writers])
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
    everybody(bench, "沒有別的了", "editMessageText")


def beside_photos() -> tuple[list[float], list[float], float]:
    """Ask while nothing happens, then while fifty photos are cleaned and sealed."""
    with playground(PEOPLE) as bench, qingfeng(bench, OFFICIALS, rate=UNLIMITED):
        written(bench, photo())
        idle = latencies(bench, first=ASKER, count=ASKED, every=0.15)
        since, begun = bench.newest(), time.monotonic()
        bench.press("確認送出")
        busy = latencies(bench, first=ASKER + ASKED, count=ASKED, every=0.15)
        said = bench.wait(LETTERS + ASKED, "sendMessage", since=since)
        return idle, busy, float(said[-1]["at"]) - begun


def late(figures: list[float]) -> float:
    """Give the 99th of a hundred."""
    return statistics.quantiles(figures, n=100)[98]


def main() -> None:
    """Print the figures."""
    print(f"4 KiB sealed to 3 keys: {sealing():.2f} ms")  # noqa: T201
    idle, busy, took = beside_photos()
    for name, figures in (("idle", idle), ("beside 50 photos", busy)):
        middle, worst = statistics.median(figures), max(figures)
        row = f"median {middle:.0f} ms, p99 {late(figures):.0f}, worst {worst:.0f}"
        print(f"an answer, {name}: {row}")  # noqa: T201
    print(f"p99 beside : p99 idle = {late(busy) / late(idle):.2f}; all taken in {took:.0f} s")  # noqa: T201


if __name__ == "__main__":
    main()
