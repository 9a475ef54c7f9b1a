"""The township's year once more, in which every sweep runs twice."""

from pathlib import Path

from tests.builders.year import BOOK, laid_out, lines_of, township


def test_every_sweep_run_twice_changes_nothing(tmp_path: Path) -> None:
    with township(tmp_path, times=2) as town:
        town.play()
        assert laid_out(lines_of(town.ledger)) == BOOK.read_text(encoding="utf-8")
