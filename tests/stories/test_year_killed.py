"""The township's year once more, in which the program dies time and again."""

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.builders.year import BOOK, lines_of, read_back, undecided_of

ROOT = Path(__file__).parents[2]
KILLS = 200


def without_progress(lines: Sequence[str]) -> Counter[str]:
    """Count letters; how far a broadcast has come is shown anew with every change."""
    return Counter(line for line in lines if "\t改 " not in line)


def test_killed_at_any_moment_it_says_the_same_but_for_what_was_on_its_way(
    tmp_path: Path,
) -> None:
    """What was on its way comes twice, or of a broadcast perhaps never: that is all."""
    command = [sys.executable, "-m", "tests.builders.year", str(tmp_path), str(KILLS), "20260214"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) == KILLS, done.stderr
    golden = without_progress(read_back(BOOK))
    said = without_progress(lines_of(tmp_path / "ledger"))
    undecided = without_progress(lines_of(undecided_of(tmp_path / "ledger")))
    assert said - golden <= undecided
    assert golden - said <= undecided
