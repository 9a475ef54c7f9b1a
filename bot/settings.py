"""Settings, by environment or .env, each checked at start with a sentence for every mistake."""

import logging
import re
from collections.abc import Iterator, Mapping
from datetime import time
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    SettingsConfigDict,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from dialogs.rules.calendar import Calendar, Land

PREFIX = "QINGFENG_"
TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
PORT = "is no port; use a whole number from 0 to 65535"
ASKS = {  # what is wrong with a value that does not even have the form of its setting
    "calendar": "is no calendar; use mainland or taiwan",
    "mode": "is no way to hear of updates; use polling or webhook",
    "log_level": "is no level; use debug, info or warning",
    "webhook_port": PORT,
    "playground_port": PORT,
    "send_rate": "is no rate; use a whole number from 2 to 100000, and 30 unless more is paid for",
    "public_channel": "is no chat; use the number of the channel, such as -1001234567890",
}


class Mode(StrEnum):
    """How updates reach us."""

    POLLING = "polling"
    WEBHOOK = "webhook"


class Detail(StrEnum):
    """How much is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"


class Settings(BaseSettings):
    """Everything that differs from one township's installation to the next."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore"
    )

    telegram_token: Annotated[SecretStr, Field(description="The bot's token, from @BotFather.")] = (
        SecretStr("")
    )
    telegram_api_url: Annotated[str, Field(description="Root URL of the Bot API server.")] = (
        "https://api.telegram.org"
    )
    database_url: Annotated[
        SecretStr,
        Field(description="SQLAlchemy URL; empty is a SQLite file in the data folder."),
    ] = SecretStr("")
    mode: Annotated[Mode, Field(description="polling or webhook.")] = Mode.POLLING
    webhook_url: Annotated[
        str, Field(description="Public https address Telegram delivers to, in webhook mode.")
    ] = ""
    webhook_port: Annotated[
        int, Field(description="Port the webhook listens on.", ge=0, le=65535)
    ] = 8443
    data_dir: Annotated[Path, Field(description="Folder of the database file and of the keys.")] = (
        Path("data")
    )
    timezone: Annotated[str, Field(description="IANA time zone of the township.")] = "Asia/Shanghai"
    calendar: Annotated[
        Land, Field(description="Whose public holidays are kept: mainland or taiwan.")
    ] = Land.MAINLAND
    office_hours: Annotated[
        str, Field(description="Between which hours people may be reminded, on working days.")
    ] = "08:30-18:00"
    town: Annotated[str, Field(description="The township's name, as forms print it.")] = "本鎮"
    public_channel: Annotated[
        int | None,
        Field(
            description="Chat id of the public channel, such as -1001234567890; empty for none.",
            lt=0,
        ),
    ] = None
    send_rate: Annotated[
        int,
        Field(
            description="Messages a second Telegram takes from this bot; 30 unless it is paid for.",
            ge=2,
            le=100_000,
        ),
    ] = 30
    playground_port: Annotated[
        int, Field(description="Port of the demo's page.", ge=0, le=65535)
    ] = 8080
    log_level: Annotated[
        Detail, Field(description="How much is logged: debug, info or warning.")
    ] = Detail.INFO
    clock_file: Annotated[
        Path | None,
        Field(description="File with seconds to add to the clock; only for trying things out."),
    ] = None

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, secret: SecretStr) -> SecretStr:
        if (token := secret.get_secret_value()) and TOKEN.fullmatch(token) is None:
            raise ValueError(
                "is no token; copy it whole from @BotFather: a number, a colon, letters and digits"
            )
        return secret

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(
                f"「{zone}」 is no time zone; use an IANA name such as Asia/Shanghai"
            ) from None
        return zone

    @field_validator("office_hours")
    @classmethod
    def _hours(cls, hours: str) -> str:
        try:
            opens, closes = hours_of(hours)
        except ValueError:
            opens = closes = time()
        if opens >= closes:
            raise ValueError(f"「{hours}」 are no hours; use two of one day, such as 08:30-18:00")
        return hours

    @field_validator("telegram_api_url")
    @classmethod
    def _address(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            raise ValueError("must begin with https:// (or http:// for a server of your own)")
        return url.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database(cls, secret: SecretStr) -> SecretStr:
        if url := secret.get_secret_value():
            try:
                backend = make_url(url).get_backend_name()
            except (ArgumentError, ValueError):  # a port that is none may be half a password
                raise ValueError(
                    "is no database URL; use sqlite:///file.db or postgresql://user@host/name"
                ) from None
            if backend not in ("sqlite", "postgresql", "postgres"):
                raise ValueError("must begin with sqlite:/// or postgresql://")
        return secret

    @model_validator(mode="after")
    def _whole_webhook(self) -> "Settings":
        if self.mode is Mode.WEBHOOK and not self.webhook_url.startswith(("https://", "http://")):
            raise ValueError(
                "QINGFENG_WEBHOOK_URL: webhook mode needs the public https address of this bot"
            )
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The township's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def working_days(self) -> Calendar:
        """The calendar, before what the township adds to it in the chat."""
        opens, closes = hours_of(self.office_hours)
        return Calendar(self.calendar, opens=opens, closes=closes)

    @property
    def logged(self) -> int:
        """The least that is logged."""
        return logging.getLevelNamesMapping()[self.log_level.upper()]

    @property
    def database(self) -> str:
        """The database's URL, the default filled in."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.data_dir / 'qingfeng.db'}"

    @property
    def key_file(self) -> Path:
        """The file of the master key."""
        return self.data_dir / "qingfeng.key"


def hours_of(written: str) -> tuple[time, time]:
    """Read two hours of a day; raise ValueError where they are not two."""
    opens, closes = (time.fromisoformat(one.strip()) for one in written.split("-"))
    return opens, closes


class Misconfigured(Exception):  # noqa: N818 - it is a sentence for a person
    """Say every mistake in the settings, a line each."""


def read_settings() -> Settings:
    """Read the settings; raise Misconfigured with a sentence for every mistake."""
    mistakes = [*misspelt()]
    try:
        settings = Settings()
    except ValidationError as error:
        mistakes += [sentence(mistake) for mistake in error.errors()]
    if mistakes:
        raise Misconfigured("\n".join(mistakes))
    return settings


def misspelt() -> Iterator[str]:
    """Name every setting that is none, with the one that was probably meant."""
    given = {**EnvSettingsSource(Settings).env_vars, **DotEnvSettingsSource(Settings).env_vars}
    for name in given:
        word = name.removeprefix(PREFIX.lower())
        if word == name or word in Settings.model_fields:
            continue
        near = get_close_matches(word, Settings.model_fields, n=1, cutoff=0)
        yield f"{name.upper()}: there is no such setting; did you mean {PREFIX}{near[0].upper()}?"


def sentence(mistake: Mapping[str, Any]) -> str:
    """Say one mistake; the value only where it cannot be a secret."""
    said = mistake["msg"].removeprefix("Value error, ")
    where = [str(part) for part in mistake["loc"]]
    if where and where[0] in ASKS and mistake["type"] != "value_error":
        said = f"「{mistake['input']}」 {ASKS[where[0]]}"
    return "".join([*(f"{PREFIX}{part.upper()}: " for part in where), said])
