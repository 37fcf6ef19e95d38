"""Settings: what can be set, what is refused at the start, and what production insists on."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from dotenv import dotenv_values

from app import config as settings
from app.config import Config, ConfigError, read_config
from dev import run

# What the shop promises to scripts and outside checks; empty stands for a default that is worked out.
PROMISED = {
    "SHOP_ENV": "development",
    "SECRET_KEY": "",
    "DATABASE_URL": "",
    "REDIS_URL": "",
    "BASE_URL": "",
    "HOST": "127.0.0.1",
    "PORT": "8000",
    "WEB_WORKERS": "2",
    "STRIPE_API_KEY": "",
    "STRIPE_WEBHOOK_SECRET": "",
    "STRIPE_API_BASE": "",
    "TAX_SOURCE": "table",
    "MAIL_URL": "",
    "MEDIA_URL": "",
    "DATA_DIR": "var",
    "SHOP_NAME": "Plainback",
    "SHOP_EMAIL": "hello@plainback.example",
    "SHOP_COUNTRY": "US",
    "SHOP_CURRENCY": "USD",
}
LONG_KEY = "k" * 32
PRODUCTION = {
    "SHOP_ENV": "production",
    "SECRET_KEY": LONG_KEY,
    "BASE_URL": "https://shop.example",
    "STRIPE_API_KEY": "sk_live_of_the_tests",
    "STRIPE_WEBHOOK_SECRET": "whsec_of_the_tests",
}


class Asked(Mapping[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values_by_name = values
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self.values_by_name[name]

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("settings are read by name")

    def __len__(self) -> int:
        return len(self.values_by_name)


@pytest.fixture
def example(project_folder: Path) -> dict[str, str]:
    return {name: value or "" for name, value in dotenv_values(project_folder / ".env.example").items()}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default data folder is relative; keep it away from the checkout."""
    monkeypatch.chdir(tmp_path)


def test_the_example_lists_what_is_promised_with_its_defaults(example: dict[str, str]) -> None:
    assert example == PROMISED


@pytest.mark.parametrize("environ", [{}, PRODUCTION], ids=["development", "production"])
def test_the_example_lists_every_setting_that_is_read_and_no_other(
    example: dict[str, str], environ: dict[str, str]
) -> None:
    asked = Asked(environ)
    read_config(asked)
    assert asked.names == set(example)


def test_the_example_changes_nothing(example: dict[str, str]) -> None:
    assert read_config(example) == read_config({})


def test_spaces_around_a_value_and_empty_values_mean_nothing() -> None:
    spaced = {"PORT": " 8000 ", "SHOP_NAME": "  ", "SHOP_COUNTRY": "", "DATABASE_URL": " "}
    assert read_config(spaced) == read_config({})


def test_defaults_follow_the_port_and_the_data_folder(tmp_path: Path) -> None:
    config = read_config({"PORT": "8123", "DATA_DIR": "elsewhere"})
    assert config.base_url == "http://127.0.0.1:8123"
    assert config.stripe.api_base == "http://127.0.0.1:11123"
    assert config.database_url == f"sqlite:///{tmp_path}/elsewhere/shop.db"
    assert config.media_dir == tmp_path / "elsewhere" / "media"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHOP_ENV", "staging"),
        ("SHOP_ENV", "Production"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://root@host/shop"),
        ("DATABASE_URL", "postgresql://user@host/shop"),
        ("BASE_URL", "shop.example"),
        ("BASE_URL", "ftp://shop.example"),
        ("BASE_URL", "http://"),
        ("BASE_URL", "http://["),
        ("BASE_URL", "http://shop.example:http"),
        ("BASE_URL", "https://shop.example/shop"),
        ("BASE_URL", "https://shop.example?a=b"),
        ("BASE_URL", "https://user:pass@shop.example"),
        ("STRIPE_API_BASE", "localhost"),
        ("TAX_SOURCE", "avalara"),
        ("TAX_SOURCE", "Table"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "eighty"),
        ("PORT", "8000.5"),
        ("PORT", "٣٠٠٠"),
        ("PORT", "9" * 5000),
        ("WEB_WORKERS", "0"),
        ("WEB_WORKERS", "65"),
        ("WEB_WORKERS", "two"),
        ("STRIPE_API_KEY", "pk_test_publishable"),
        ("STRIPE_API_KEY", "nonsense"),
        ("MEDIA_URL", "s3://bucket/prefix"),
        ("MEDIA_URL", "file:"),
        ("SHOP_EMAIL", "nobody"),
        ("SHOP_COUNTRY", "us"),
        ("SHOP_COUNTRY", "USA"),
        ("SHOP_COUNTRY", "U1"),
        ("SHOP_CURRENCY", "usd"),
        ("SHOP_CURRENCY", "$"),
    ],
)
def test_a_wrong_value_stops_the_start_with_its_name(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        read_config({name: value})


def test_a_data_folder_that_is_a_file_stops_the_start_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ConfigError, match="DATA_DIR"):
        read_config({"DATA_DIR": str(tmp_path / "taken")})


def test_a_wrong_database_address_is_not_repeated_with_its_password() -> None:
    with pytest.raises(ConfigError) as refusal:
        read_config({"DATABASE_URL": "postgres://shop:hunter2@host/shop"})
    assert "hunter2" not in str(refusal.value)


def test_production_starts_with_real_settings() -> None:
    config = read_config(PRODUCTION)
    assert config.is_production
    assert config.stripe.is_live
    assert config.stripe.api_base == "https://api.stripe.com"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", " , "),
        ("SECRET_KEY", "k" * 31),
        ("SECRET_KEY", f"{LONG_KEY},short"),
        ("STRIPE_API_KEY", ""),
        ("STRIPE_API_KEY", "sk_test_of_the_tests"),
        ("STRIPE_API_KEY", "rk_test_of_the_tests"),
        ("STRIPE_WEBHOOK_SECRET", ""),
        ("STRIPE_API_BASE", "http://127.0.0.1:11000"),
        ("STRIPE_API_BASE", "https://api.stripe.example"),
        ("BASE_URL", ""),
        ("BASE_URL", "http://shop.example"),
    ],
)
def test_production_refuses_what_only_development_may_have(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        read_config({**PRODUCTION, name: value})


def test_production_makes_no_secret_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        read_config({**PRODUCTION, "SECRET_KEY": "", "DATA_DIR": str(tmp_path / "data")})
    assert not (tmp_path / "data").exists()


def test_development_makes_one_secret_and_keeps_it_to_itself(tmp_path: Path) -> None:
    first, again = read_config({}), read_config({})
    assert first.secret_keys == again.secret_keys
    assert len(first.secret_keys[0]) >= settings.MIN_SECRET_LENGTH
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert read_config({"DATA_DIR": "other"}).secret_keys != first.secret_keys


def test_several_keys_are_kept_in_their_order() -> None:
    assert read_config({"SECRET_KEY": " new , old ,"}).secret_keys == ("new", "old")


def test_settings_show_no_secret_when_printed() -> None:
    config: Config = read_config(
        {**PRODUCTION, "DATABASE_URL": "postgresql+psycopg://shop:hunter2@host/shop"}
    )
    for secret in (LONG_KEY, "sk_live_of_the_tests", "whsec_of_the_tests", "hunter2"):
        assert secret not in repr(config)


def test_the_starter_and_the_shop_agree_on_the_stand_in_for_stripe() -> None:
    stripe = read_config({}).stripe
    assert (stripe.api_key, stripe.webhook_secret) == (run.STAND_IN_KEY, run.STAND_IN_SECRET)
