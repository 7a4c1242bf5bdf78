"""Every setting of an installation, from the environment or .env; .env.example explains each."""

import sys
from typing import Annotated, Literal, NoReturn
from zoneinfo import available_timezones

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from storage.engine import check_url

TELEGRAM = "https://api.telegram.org"
REFUSED = 2


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore")

    bot_token: SecretStr | None = None
    telegram_api_url: str = TELEGRAM
    database_url: str = "sqlite+aiosqlite:///var/glashatai.db"
    redis_url: str | None = None
    owner_ids: Annotated[tuple[int, ...], NoDecode] = ()
    default_time_zone: str = "Europe/Moscow"
    default_language: Literal["ru", "en"] = "ru"
    send_rate: float = Field(default=29.9, gt=0, le=1000)
    paid_send_rate: float = Field(default=0, ge=0, le=1000)
    poll_interval: float = Field(default=15, gt=0)
    """Minutes."""
    fetch_allow_private: bool = False
    vk_token: SecretStr | None = None
    vk_api_url: str = "https://api.vk.com"
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=0, ge=0, le=65535)
    public_url: str | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"

    @field_validator("owner_ids", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isdecimal() for part in parts):
            raise ValueError("wants Telegram ids, comma separated: 123456789,987654321")
        return tuple(int(part) for part in parts)

    @field_validator("default_time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"knows no time zone {value!r}; for example Europe/Moscow or Asia/Krasnoyarsk")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        check_url(value)
        return value

    @field_validator("telegram_api_url", "vk_api_url", "public_url", "webhook_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            AnyHttpUrl(value)
        except ValidationError:
            raise ValueError("wants an address that begins with https:// or http://") from None
        return value.rstrip("/")

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        number, _, secret = value.get_secret_value().partition(":")
        if not (number.isdecimal() and secret and secret.isascii() and not any(c.isspace() for c in secret)):
            raise ValueError("wants a token as @BotFather gives it: 123456789:AAE…")
        return value

    @model_validator(mode="after")
    def _webhook(self) -> "Settings":
        if not self.webhook_url:
            return self
        secret = self.webhook_secret.get_secret_value() if self.webhook_secret else ""
        if not secret:
            raise ValueError("WEBHOOK_SECRET: is needed with WEBHOOK_URL; without it anybody could pose as Telegram")
        if not (secret.isascii() and all(c.isalnum() or c in "_-" for c in secret) and len(secret) <= 256):
            raise ValueError("WEBHOOK_SECRET: may hold 1 to 256 of A-Z a-z 0-9 _ -")
        if not self.web_port:
            raise ValueError("WEB_PORT: is needed with WEBHOOK_URL, the webhook must be listened to somewhere")
        return self

    @property
    def token(self) -> str:
        """Raises SystemExit(2) with one line where there is none."""
        if self.bot_token is None:
            refuse("BOT_TOKEN: is not set; ask @BotFather in Telegram for one and put it into .env")
        return self.bot_token.get_secret_value()


def load() -> Settings:
    """The settings; where one is wrong, one line that names it and exit status 2."""
    try:
        return Settings()
    except ValidationError as error:
        refuse(_one_line(error))


def refuse(reason: str) -> NoReturn:
    """Ends the command with one line on stderr and exit status 2."""
    print(f"glashatai: {reason}", file=sys.stderr)  # noqa: T201
    sys.exit(REFUSED)


def _one_line(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    reason = first["msg"].removeprefix("Value error, ")
    name = ".".join(str(part) for part in first["loc"]).upper()
    return f"{name}: {reason}" if name else reason
