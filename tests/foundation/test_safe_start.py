"""What a shop refuses to start with, and the key that it makes for itself."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.config import ConfigError, read_config
from app.factory import create_app
from app.session import close_database

PRODUCTION = {
    "SHOP_ENV": "production",
    "SECRET_KEY": "k" * 40,
    "STRIPE_API_KEY": "rk_live_of_nobody",
    "STRIPE_WEBHOOK_SECRET": "whsec_of_nobody",
    "BASE_URL": "https://shop.example",
}


def test_production_refuses_debug(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(ConfigError, match="FLASK_DEBUG"):
        create_app(read_config({**PRODUCTION, "DATA_DIR": str(tmp_path)}))


def test_development_refuses_to_move_real_money(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="STRIPE_API_KEY"):
        read_config({"STRIPE_API_KEY": "rk_live_of_somebody", "DATA_DIR": str(tmp_path)})


def test_production_lets_forms_lead_to_stripe_and_nowhere_else(tmp_path: Path) -> None:
    settings = {**PRODUCTION, "DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/shop.db"}
    app = create_app(read_config(settings))
    policy = app.test_client().get("/healthz").headers["Content-Security-Policy"]
    close_database(app)
    assert "form-action 'self' https://checkout.stripe.com;" in policy


def test_development_makes_one_key_however_many_start_at_once(tmp_path: Path) -> None:
    environ = {"DATA_DIR": str(tmp_path / "new")}
    with ThreadPoolExecutor(8) as pool:
        keys = {config.secret_keys for config in pool.map(read_config, [environ] * 8)}
    assert len(keys) == 1
    assert len(keys.pop()[0]) >= 32
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["secret_key"]
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o077 == 0


def test_an_empty_kept_key_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(ConfigError, match="SECRET_KEY"):
        read_config({"DATA_DIR": str(tmp_path)})
