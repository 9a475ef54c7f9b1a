import io
import json
import logging

import pytest

from bot.logs import Lines, set_up

TOKEN = "1234567890:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"


@pytest.fixture
def written() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def log(written: io.StringIO) -> logging.Logger:
    handler = logging.StreamHandler(written)
    handler.setFormatter(Lines())
    logger = logging.Logger("bot.test")
    logger.addHandler(handler)
    return logger


def test_a_record_is_one_json_object_on_one_line(log: logging.Logger, written: io.StringIO) -> None:
    log.warning("update %d\nstumbled", 7)
    (line,) = written.getvalue().splitlines()
    said = json.loads(line)
    assert said["says"] == "update 7\nstumbled"
    assert (said["level"], said["from"]) == ("warning", "bot.test")


@pytest.mark.parametrize(
    "said",
    [
        TOKEN,
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        f"https://api.telegram.org/file/bot{TOKEN}/photos/1.jpg",
        "http://127.0.0.1:8080/bot1000000001:demo/getUpdates",
    ],
)
def test_a_token_is_never_printed(said: str, log: logging.Logger, written: io.StringIO) -> None:
    log.info("HTTP Request: %s", said)
    log.info(f"{said} again")
    assert TOKEN.partition(":")[2] not in written.getvalue()
    assert ":demo" not in written.getvalue()
    assert written.getvalue().count("[token]") == 2


def test_of_an_exception_only_its_kind_is_printed(
    log: logging.Logger, written: io.StringIO
) -> None:
    try:
        raise ValueError("王大娘說修路的錢")
    except ValueError:
        log.exception("an update stumbled")
    assert "王大娘" not in written.getvalue()
    assert "Traceback" not in written.getvalue()
    assert json.loads(written.getvalue())["error"] == "ValueError"


def test_libraries_say_only_what_is_wrong_however_much_is_logged() -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        set_up(logging.DEBUG)
        assert logging.getLogger("bot.desk").isEnabledFor(logging.DEBUG)
        for library in ("sqlalchemy.engine", "httpx", "PIL.TiffImagePlugin", "telegram.Bot"):
            assert not logging.getLogger(library).isEnabledFor(logging.INFO)
        scheduler = logging.getLogger("apscheduler.scheduler")
        assert not scheduler.isEnabledFor(logging.WARNING)
        assert scheduler.isEnabledFor(logging.ERROR)
    finally:
        set_up()
        root.handlers[:] = before
        root.setLevel(level)
