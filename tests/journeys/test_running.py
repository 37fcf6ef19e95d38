"""Starting the shop as a newcomer does, and stopping it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.buyer import Buyer, payment_status
from tests.live_shop import free_port

MARK = "PLAINBACK_TEST_RUN"


@pytest.fixture
def environ(tmp_path: Path, pictures: Path) -> dict[str, str]:
    """What a newcomer's shell says: nothing of the shop but a free port and a folder."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("STRIPE_", "SHOP_"))}
    settings = {"PORT": str(free_port() % 40000 + 10000), "DATA_DIR": str(tmp_path), MARK: str(tmp_path)}
    return {**own, **settings, "MEDIA_URL": f"file:{pictures}"}


def test_the_shop_starts_sells_stops_and_keeps_its_data(environ: dict[str, str]) -> None:
    with running(environ) as address:
        buyer = Buyer(address)
        buyer.add("FR-DRF-30-TEA")
        order = buyer.come_back(buyer.pay(buyer.open_payment_page()))
        assert payment_status(order.text) == "paid"
    assert left_over(environ) == []
    with running(environ) as address:
        assert payment_status(buyer.get(order.url).text) == "paid"
        buyer.close()
    assert left_over(environ) == []


def test_nothing_is_left_when_the_starter_is_killed(environ: dict[str, str]) -> None:
    with running(environ, ends_with=signal.SIGKILL):
        pass
    for _ in range(100):
        if not left_over(environ):
            break
        threading.Event().wait(0.1)
    assert left_over(environ) == []


def test_a_wrong_setting_stops_the_start_with_its_name(environ: dict[str, str], project_folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "dev/run.py"],
        cwd=project_folder,
        env={**environ, "SHOP_CURRENCY": "dollars"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "SHOP_CURRENCY" in done.stderr


@contextmanager
def running(environ: dict[str, str], ends_with: signal.Signals = signal.SIGINT) -> Iterator[str]:
    """Run the shop until the block ends; gives the address that it prints."""
    process = subprocess.Popen(
        [sys.executable, "dev/run.py"],
        cwd=Path(__file__).resolve().parents[2],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        line = next((line for line in process.stdout if "open at" in line), "")
        assert f"http://127.0.0.1:{environ['PORT']}" in line
        yield f"http://127.0.0.1:{environ['PORT']}"
    finally:
        process.send_signal(ends_with)
        process.wait(20)
        process.stdout.close()
    if ends_with is signal.SIGINT:
        assert process.returncode == 0


def left_over(environ: dict[str, str]) -> list[str]:
    """Return the processes of a run that still live."""
    mark = f"{MARK}={environ[MARK]}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except (OSError, ProcessLookupError):
            continue
    return [line for line in found if line]
