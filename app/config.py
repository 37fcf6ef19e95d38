"""The settings of the shop: read once, checked at the start, named in every complaint."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from app.kept_secret import keep_secret
from app.mail_url import MailFolder, MailServer, read_mail_url
from app.setting import ConfigError, choice, number, origin, text

__all__ = ["Config", "ConfigError", "Environment", "TaxSource", "read_config"]

MIN_SECRET_LENGTH = 32
REDIS = re.compile(
    r"rediss?://([^@/?#\s]*@)?([A-Za-z0-9._-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?(/[0-9]{0,4})?", re.ASCII
)
STRIPE_API = "https://api.stripe.com"
LIVE_KEYS = ("sk_live_", "rk_live_")
TEST_KEYS = ("sk_test_", "rk_test_")
STAND_IN_KEY = "sk_test_plainback_stand_in"
STAND_IN_SECRET = "whsec_plainback_stand_in"  # noqa: S105 (opens nothing but the stand-in)


class Environment(StrEnum):
    """Where the shop runs."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class TaxSource(StrEnum):
    """Who works out sales tax: the shop from its own table of rates, or Stripe Tax on the payment page."""

    TABLE = "table"
    STRIPE = "stripe"


@dataclass(frozen=True)
class StripeConfig:
    """How to reach Stripe; amounts go to `api_base`, events come signed with `webhook_secret`."""

    api_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    api_base: str = STRIPE_API

    @property
    def is_live(self) -> bool:
        """Whether real money moves."""
        return self.api_key.startswith(LIVE_KEYS)


@dataclass(frozen=True)
class ShopConfig:
    """How the shop presents itself."""

    name: str
    email: str
    country: str
    currency: str


@dataclass(frozen=True)
class Config:
    """Every setting of the shop, checked."""

    env: Environment
    secret_keys: tuple[str, ...] = field(repr=False)
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    base_url: str
    host: str
    port: int
    web_workers: int
    stripe: StripeConfig
    tax_source: TaxSource
    mail: MailFolder | MailServer
    media_dir: Path
    data_dir: Path
    shop: ShopConfig

    @property
    def is_production(self) -> bool:
        """Whether this is the real shop."""
        return self.env is Environment.PRODUCTION


def read_config(environ: Mapping[str, str]) -> Config:
    """Build the settings from environment variables; raises ConfigError naming the first wrong one."""
    env = choice(environ, "SHOP_ENV", Environment.DEVELOPMENT)
    data_dir = _data_dir(environ)
    port = number(environ, "PORT", 8000, 1, 65535)
    host = text(environ, "HOST", "127.0.0.1")
    config = Config(
        env=env,
        secret_keys=_secret_keys(environ, env, data_dir),
        database_url=_database_url(environ, data_dir),
        redis_url=_redis_url(environ),
        base_url=origin(environ, "BASE_URL", f"http://127.0.0.1:{port}"),
        host=host,
        port=port,
        web_workers=number(environ, "WEB_WORKERS", 2, 1, 64),
        stripe=_stripe(environ, env, port),
        tax_source=choice(environ, "TAX_SOURCE", TaxSource.TABLE),
        mail=_mail(environ, data_dir),
        media_dir=_media_dir(environ, data_dir),
        data_dir=data_dir,
        shop=_shop(environ),
    )
    if config.is_production:
        _refuse_what_production_must_not_have(config)
    return config


def _data_dir(environ: Mapping[str, str]) -> Path:
    path = Path(text(environ, "DATA_DIR", "var")).absolute()
    if path.exists() and not path.is_dir():
        raise ConfigError(f"DATA_DIR must be a folder, not {str(path)!r}")
    return path


def _database_url(environ: Mapping[str, str], data_dir: Path) -> str:
    url = text(environ, "DATABASE_URL", f"sqlite:///{data_dir}/shop.db")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        # The value stays out of the message, because it may hold a password.
        raise ConfigError("DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://")
    return url


def _redis_url(environ: Mapping[str, str]) -> str:
    url = text(environ, "REDIS_URL", "")
    if url and not REDIS.fullmatch(url):
        raise ConfigError(
            "REDIS_URL must be redis://HOST:PORT/NUMBER or rediss://…, with USER:PASSWORD@ if any"
        )
    return url


def _mail(environ: Mapping[str, str], data_dir: Path) -> MailFolder | MailServer:
    try:
        return read_mail_url(text(environ, "MAIL_URL", f"file:{data_dir}/mail"))
    except ValueError as error:
        raise ConfigError(f"MAIL_URL {error}") from None


def _secret_keys(environ: Mapping[str, str], env: Environment, data_dir: Path) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in environ.get("SECRET_KEY", "").split(",") if key.strip())
    if env is Environment.DEVELOPMENT:
        return keys or (_own_key(data_dir / "secret_key"),)
    if not keys:
        raise ConfigError("SECRET_KEY must be set in production")
    if any(len(key) < MIN_SECRET_LENGTH for key in keys):
        raise ConfigError(f"SECRET_KEY must have at least {MIN_SECRET_LENGTH} characters in production")
    return keys


def _own_key(path: Path) -> str:
    key = keep_secret(path)
    if len(key) < MIN_SECRET_LENGTH:
        raise ConfigError(
            f"SECRET_KEY: the key in {path} is too short; remove the file, and a new one is made"
        )
    return key


def _stripe(environ: Mapping[str, str], env: Environment, port: int) -> StripeConfig:
    key = text(environ, "STRIPE_API_KEY", "")
    secret = text(environ, "STRIPE_WEBHOOK_SECRET", "")
    if not key and env is Environment.DEVELOPMENT:
        # The stand-in that `make run` starts beside the shop; its key and secret open nothing else.
        base = origin(environ, "STRIPE_API_BASE", f"http://127.0.0.1:{stand_in_port(port)}")
        return StripeConfig(STAND_IN_KEY, secret or STAND_IN_SECRET, base)
    if not key.startswith(LIVE_KEYS + TEST_KEYS):
        found = "not something else" if key else "not empty"
        raise ConfigError(f"STRIPE_API_KEY must be a secret or restricted key of Stripe, {found}")
    if key.startswith(LIVE_KEYS) and env is Environment.DEVELOPMENT:
        raise ConfigError("STRIPE_API_KEY is a live key; development must not move real money")
    return StripeConfig(key, secret, origin(environ, "STRIPE_API_BASE", STRIPE_API))


def stand_in_port(port: int) -> int:
    """Return where Stripe's stand-in listens beside a development shop on a port."""
    return port + 3000 if port + 3000 <= 65535 else port - 3000


def _media_dir(environ: Mapping[str, str], data_dir: Path) -> Path:
    url = text(environ, "MEDIA_URL", f"file:{data_dir}/media")
    if not url.startswith("file:") or not url.removeprefix("file:"):
        raise ConfigError(f"MEDIA_URL must be file:FOLDER, not {url!r}")
    return Path(url.removeprefix("file:")).absolute()


def _shop(environ: Mapping[str, str]) -> ShopConfig:
    shop = ShopConfig(
        name=text(environ, "SHOP_NAME", "Plainback"),
        email=text(environ, "SHOP_EMAIL", "hello@plainback.example"),
        country=text(environ, "SHOP_COUNTRY", "US"),
        currency=text(environ, "SHOP_CURRENCY", "USD"),
    )
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", shop.email):
        raise ConfigError(f"SHOP_EMAIL must be an email address, not {shop.email!r}")
    if not re.fullmatch("[A-Z]{2}", shop.country):
        raise ConfigError(f"SHOP_COUNTRY must be a two-letter code such as US, not {shop.country!r}")
    if not re.fullmatch("[A-Z]{3}", shop.currency):
        raise ConfigError(f"SHOP_CURRENCY must be a three-letter code such as USD, not {shop.currency!r}")
    return shop


def _refuse_what_production_must_not_have(config: Config) -> None:
    if not config.stripe.is_live:
        raise ConfigError("STRIPE_API_KEY is a test key; production needs a live one")
    if not config.stripe.webhook_secret:
        raise ConfigError("STRIPE_WEBHOOK_SECRET must be set, or anyone could say that an order was paid")
    if config.stripe.api_base != STRIPE_API:
        raise ConfigError("STRIPE_API_BASE must not be set in production: only Stripe takes real money")
    if not config.base_url.startswith("https://"):
        raise ConfigError("BASE_URL must begin with https:// in production")
