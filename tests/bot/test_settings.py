from datetime import time
from pathlib import Path

import pytest

from bot.settings import Misconfigured, Mode, Settings, read_settings
from dialogs.rules.calendar import Calendar, Land

SECRET = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K"
PASSWORD = "hunter2hunter2"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings from outside."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"QINGFENG_{name.upper()}", raising=False)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TIMEZONE", "Mars/Olympus", "「Mars/Olympus」 is no time zone; use an IANA name"),
        ("TELEGRAM_API_URL", "api.telegram.org", "must begin with https://"),
        ("DATABASE_URL", "qingfeng.db", "is no database URL; use sqlite:///file.db"),
        ("DATABASE_URL", f"postgresql://u:x@h:{PASSWORD}", "is no database URL"),
        ("DATABASE_URL", "mysql://u@h/n", "must begin with sqlite:/// or postgresql://"),
        ("WEBHOOK_PORT", "99999", "「99999」 is no port; use a whole number from 0 to 65535"),
        ("WEBHOOK_PORT", "door", "「door」 is no port"),
        ("PLAYGROUND_PORT", "-1", "「-1」 is no port"),
        ("SEND_RATE", "1", "「1」 is no rate; use a whole number from 2"),
        ("CALENDAR", "moon", "「moon」 is no calendar; use mainland or taiwan"),
        ("OFFICE_HOURS", "all day", "「all day」 are no hours; use two of one day, such as 08:30"),
        ("OFFICE_HOURS", "18:00-08:30", "「18:00-08:30」 are no hours"),
        ("MODE", "pigeon", "「pigeon」 is no way to hear of updates; use polling or webhook"),
        ("PUBLIC_CHANNEL", "@qinghe", "「@qinghe」 is no chat; use the number of the channel"),
        ("PUBLIC_CHANNEL", "1234", "「1234」 is no chat"),
        ("TELEGRAM_TOKEN", PASSWORD, "is no token; copy it whole from @BotFather"),
    ],
)
def test_every_mistake_has_its_sentence(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"QINGFENG_{name}", value)
    with pytest.raises(Misconfigured, match=f"^QINGFENG_{name}: ") as mistakes:
        read_settings()
    assert sentence in str(mistakes.value)
    assert PASSWORD not in str(mistakes.value)


def test_a_misspelt_setting_is_named_with_the_right_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QINGFENG_TELEGRAM_TOKN", SECRET)
    tmp_path.joinpath(".env").write_text("QINGFENG_TIME_ZONE=Asia/Shanghai\n", "utf-8")
    with pytest.raises(Misconfigured) as mistakes:
        read_settings()
    assert str(mistakes.value).splitlines() == [
        "QINGFENG_TELEGRAM_TOKN: there is no such setting; did you mean QINGFENG_TELEGRAM_TOKEN?",
        "QINGFENG_TIME_ZONE: there is no such setting; did you mean QINGFENG_TIMEZONE?",
    ]


def test_the_public_channel_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().public_channel is None
    monkeypatch.setenv("QINGFENG_PUBLIC_CHANNEL", "-1001234567890")
    assert read_settings().public_channel == -1001234567890


def test_the_calendar_is_the_land_s_with_the_office_s_hours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert read_settings().working_days == Calendar()
    monkeypatch.setenv("QINGFENG_CALENDAR", "taiwan")
    monkeypatch.setenv("QINGFENG_OFFICE_HOURS", "09:00-17:30")
    working_days = read_settings().working_days
    assert working_days == Calendar(Land.TAIWAN, opens=time(9), closes=time(17, 30))


def test_webhook_mode_needs_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QINGFENG_MODE", "webhook")
    with pytest.raises(Misconfigured, match=r"^QINGFENG_WEBHOOK_URL: webhook mode needs"):
        read_settings()


def test_all_mistakes_are_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QINGFENG_TIMEZONE", "Mars")
    monkeypatch.setenv("QINGFENG_WEBHOOK_PORT", "door")
    with pytest.raises(Misconfigured) as mistakes:
        read_settings()
    assert len(str(mistakes.value).splitlines()) == 2


def test_no_secret_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QINGFENG_TELEGRAM_TOKEN", SECRET)
    monkeypatch.setenv("QINGFENG_DATABASE_URL", f"postgresql://town:{PASSWORD}@host/name")
    settings = read_settings()
    for said in (repr(settings), str(settings), str(settings.model_dump()), f"{settings}"):
        assert SECRET not in said
        assert PASSWORD not in said


@pytest.mark.parametrize("url", [f"mysql://u:{PASSWORD}@h/n", f"post gres:/{PASSWORD}"])
def test_a_mistake_in_a_secret_does_not_repeat_it(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QINGFENG_TELEGRAM_TOKEN", SECRET)
    monkeypatch.setenv("QINGFENG_DATABASE_URL", url)
    with pytest.raises(Misconfigured) as mistakes:
        read_settings()
    assert PASSWORD not in str(mistakes.value)
    assert mistakes.value.__cause__ is None
    assert SECRET not in str(mistakes.value)


def test_a_file_of_settings_is_read(tmp_path: Path) -> None:
    tmp_path.joinpath(".env").write_text("QINGFENG_TOWN=清河鎮\nQINGFENG_MODE=\n", "utf-8")
    settings = read_settings()
    assert settings.town == "清河鎮"
    assert settings.mode is Mode.POLLING


def test_files_lie_in_the_data_folder_unless_said_otherwise() -> None:
    settings = Settings(data_dir=Path("there"))
    assert settings.database == "sqlite:///there/qingfeng.db"
    assert settings.key_file == Path("there/qingfeng.key")
