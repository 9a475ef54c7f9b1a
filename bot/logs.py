"""Logs, one JSON object a line, without addresses, tokens or anything a person wrote."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}|/bot\d+:[^/\s]+")
ROOMS = ("bot", "scheduler", "storage", "dialogs")
SWEEPS = "apscheduler.scheduler"  # warns of a turn that passes while a sweep is still at the last


class Lines(logging.Formatter):
    """Writes a record as one line; of an exception only its type, for texts may be quoted in it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": TOKEN.sub("[token]", record.getMessage()),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def set_up(level: int = logging.INFO) -> None:
    """Log to standard error; libraries, which quote what they carry, only what is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for room in ROOMS:
        logging.getLogger(room).setLevel(level)
    logging.getLogger(SWEEPS).setLevel(logging.ERROR)
