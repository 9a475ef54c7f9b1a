"""Golden files: compared word for word, or written anew with `pytest --update`."""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with the file that holds it."""

    def compare(file: Path, text: str) -> None:
        if request.config.getoption("--update"):
            file.write_text(text, encoding="utf-8")
        assert file.exists(), f"{file.name} is missing: run pytest --update and read what it wrote"
        assert text == file.read_text(encoding="utf-8")

    return compare
