"""Try the files in which something failed once more, with nothing beside them: `make test`.

Four files at a time share two processors with browsers and servers, and a wait runs out now and
then. What fails by itself too has failed; so has a run in which more than a few files did.
"""

import json
import sys
from pathlib import Path

import pytest

LAST_FAILED = Path(__file__).parents[1] / ".pytest_cache/v/cache/lastfailed"
FEW = 3


def main() -> int:
    """Give what the second run came to; 1 where there is to be none."""
    failed = json.loads(LAST_FAILED.read_text(encoding="utf-8")) if LAST_FAILED.exists() else ()
    files = sorted({name.partition("::")[0] for name in failed})
    if not 1 <= len(files) <= FEW:
        return 1
    print(f"\nOnce more, with nothing beside: {' '.join(files)}", flush=True)  # noqa: T201
    return pytest.main(files)


if __name__ == "__main__":
    sys.exit(main())
