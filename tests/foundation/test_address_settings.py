"""The addresses of the mail server and of Redis: what they may be, and that their passwords stay unsaid."""

from pathlib import Path

import pytest

from app.config import ConfigError, read_config
from app.mail_url import MailFolder, MailServer


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default data folder is relative; keep it away from the checkout."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REDIS_URL", "redis"),
        ("REDIS_URL", "http://127.0.0.1:6379"),
        ("REDIS_URL", "redis://"),
        ("REDIS_URL", "redis://127.0.0.1:port"),
        ("REDIS_URL", "redis://127.0.0.1/0?socket_timeout=1"),
        ("MAIL_URL", "nobody@shop.example"),
        ("MAIL_URL", "file:"),
        ("MAIL_URL", "http://mail.example"),
        ("MAIL_URL", "smtp:mail.example"),
        ("MAIL_URL", "smtp://"),
        ("MAIL_URL", "smtp://mail.example:99999"),
        ("MAIL_URL", "smtp://mail.example/inbox"),
        ("MAIL_URL", "smtp://[::1"),
        # What follows holds a password, which the complaint must not repeat.
        ("DATABASE_URL", "postgres://shop:hunter2@host/shop"),
        ("REDIS_URL", "redis://shop:hunter2@host/zero"),
        ("MAIL_URL", "smpt://shop:hunter2@host"),
        ("MAIL_URL", "smtp://shop:hunter2@host:port"),
        ("MAIL_URL", "smtp://shop:hunter2/@host"),
        ("MAIL_URL", "smtp://shop:hunter2#@host"),
        ("MAIL_URL", "smtp://shop:hunter2%FF@host"),
        ("MAIL_URL", "smtp://shop:hunter2%0D%0A@host"),
        ("MAIL_URL", "smtp://:hunter2@host"),
    ],
)
def test_a_wrong_address_stops_the_start_and_its_password_is_not_repeated(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name) as refusal:
        read_config({name: value})
    assert "hunter2" not in str(refusal.value)


def test_a_mail_folder_that_is_a_file_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ConfigError, match="MAIL_URL"):
        read_config({"MAIL_URL": "file:taken"})


def test_passwords_are_not_shown_when_settings_are_printed() -> None:
    config = read_config({"REDIS_URL": "redis://:hunter2@host", "MAIL_URL": "smtp://shop:hunter2@host"})
    assert "hunter2" not in repr(config)


def test_mails_go_to_a_folder_unless_a_server_is_named(tmp_path: Path) -> None:
    assert read_config({"DATA_DIR": "elsewhere"}).mail == MailFolder(tmp_path / "elsewhere" / "mail")
    assert read_config({"MAIL_URL": "file:post"}).mail == MailFolder(tmp_path / "post")


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", MailServer("mail.example", 587)),
        ("smtp://127.0.0.1:25", MailServer("127.0.0.1", 25)),
        ("smtp://[::1]:25/", MailServer("::1", 25)),
        ("smtps://mail.example", MailServer("mail.example", 465, speaks_tls=True)),
        (
            "smtp://shop%40mail.example:p%2Fss%20w%40rd@mail.example:2525",
            MailServer("mail.example", 2525, "shop@mail.example", "p/ss w@rd"),
        ),
    ],
)
def test_a_mail_server_is_named_with_its_port_and_whom_it_knows(url: str, server: MailServer) -> None:
    assert read_config({"MAIL_URL": url}).mail == server


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_a_mail_server_on_this_machine_is_known_as_such(host: str) -> None:
    assert MailServer(host, 25).is_this_machine
    assert not MailServer(f"{host}.example", 25).is_this_machine


@pytest.mark.parametrize(
    "url", ["redis://127.0.0.1", "redis://:secret@redis.example:6379/2", "rediss://shop:secret@[::1]:6380"]
)
def test_a_redis_is_named_by_its_address(url: str) -> None:
    assert read_config({"REDIS_URL": url}).redis_url == url
