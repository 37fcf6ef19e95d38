"""The shop as it runs for real: granian with two worker processes."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.live_shop import wait_until_up

ROOT = Path(__file__).resolve().parents[2]
WORKERS = "2"


@contextmanager
def granian(settings: Mapping[str, str], log: Path) -> Iterator[str]:
    """Serve the shop on the port of its settings; what it logs goes to a file."""
    options = {
        "--interface": "wsgi",
        "--host": "127.0.0.1",
        "--port": settings["PORT"],
        "--workers": WORKERS,
        "--blocking-threads": "4",
        "--log-level": "warning",
        "--workers-kill-timeout": "3",
    }
    words = [word for pair in options.items() for word in pair]
    command = [str(Path(sys.executable).parent / "granian"), *words, "--no-ws"]
    with log.open("w") as file:
        process = subprocess.Popen(
            [*command, "--factory", "app.factory:create_app"],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{settings['PORT']}"
            wait_until_up(f"{address}/healthz")
            yield address
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
