"""Settings, by environment or .env, each checked at start with a sentence for every mistake."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError


class Mode(StrEnum):
    """How updates reach us."""

    POLLING = "polling"
    WEBHOOK = "webhook"


class Settings(BaseSettings):
    """Everything that differs from one township's installation to the next."""

    model_config = SettingsConfigDict(
        env_prefix="QINGFENG_", env_file=".env", env_ignore_empty=True, extra="ignore"
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
    town: Annotated[str, Field(description="The township's name, as forms print it.")] = "本鎮"
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
    clock_file: Annotated[
        Path | None,
        Field(description="File with seconds to add to the clock; only for trying things out."),
    ] = None

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
    def database(self) -> str:
        """The database's URL, the default filled in."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.data_dir / 'qingfeng.db'}"

    @property
    def key_file(self) -> Path:
        """The file of the master key."""
        return self.data_dir / "qingfeng.key"


class Misconfigured(Exception):  # noqa: N818 - it is a sentence for a person
    """Say every mistake in the settings, a line each."""


def read_settings() -> Settings:
    """Read the settings; raise Misconfigured with a sentence for every mistake."""
    try:
        return Settings()
    except ValidationError as error:
        raise Misconfigured(
            "\n".join(sentence(dict(mistake)) for mistake in error.errors())
        ) from None


def sentence(mistake: dict[str, object]) -> str:
    """Say one mistake; never the value, which may be a secret."""
    where = mistake.get("loc")
    name = (
        "".join(f"QINGFENG_{str(part).upper()}: " for part in where)
        if isinstance(where, tuple)
        else ""
    )
    return f"{name}{str(mistake['msg']).removeprefix('Value error, ')}"
