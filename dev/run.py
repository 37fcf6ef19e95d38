"""Starts the whole shop on a development machine and stops all of it again.

Standard library only: it runs with the shop's interpreter, but it is no part of the shop.
"""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
FLASK = [sys.executable, "-m", "flask", "--app", "app.factory"]
# The same names that the shop's settings fall back to when no Stripe key is set.
STAND_IN_KEY = "sk_test_plainback_stand_in"
STAND_IN_SECRET = "whsec_plainback_stand_in"  # noqa: S105 (opens nothing but the stand-in)
PATIENCE_SECONDS = 60
# The shop is on this machine: a proxy that the environment names has no part in it.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
PR_SET_PDEATHSIG = 1
LAST_PORT = 65535


class StartError(Exception):
    """The shop cannot start; the text says why."""


@dataclass
class Shop:
    """The processes of one shop."""

    environ: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def port(self) -> int:
        """Where the shop listens."""
        text = self.environ.get("PORT") or "8000"
        if not (text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) <= LAST_PORT):
            raise StartError(f"PORT must be a whole number from 1 to {LAST_PORT}, not {text!r}")
        return int(text)

    @property
    def host(self) -> str:
        """The address that the shop listens on."""
        return self.environ.get("HOST") or "127.0.0.1"

    @property
    def data_dir(self) -> Path:
        """Where the shop keeps its data."""
        return Path(self.environ.get("DATA_DIR") or "var")

    def start(self) -> None:
        """Prepare the data, start every process and wait until the shop answers."""
        self._refuse_taken(self.port)
        print(
            "Preparing the shop; the first time this renders its pictures and takes about a minute.",
            flush=True,
        )
        self._command([*FLASK, "db", "upgrade"])
        self._command([*FLASK, "seed"])
        if not self.environ.get("STRIPE_API_KEY"):
            self._start_stand_in()
        self._spawn("web", [*_granian(self.host, self.port, self.environ.get("WEB_WORKERS") or "2")])
        self._spawn("worker", [*FLASK, "jobs", "work"])
        self._wait_for(f"http://127.0.0.1:{self.port}/readyz")

    def watch(self) -> None:
        """Return when any process ends."""
        while all(process.poll() is None for process in self.processes.values()):
            time.sleep(0.2)
        ended = [name for name, process in self.processes.items() if process.poll() is not None]
        raise StartError(f"{', '.join(ended)} ended by itself; see the lines above")

    def stop(self) -> None:
        """End every process: politely first, then not; who asks twice need not wait longer."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for process in self.processes.values():
            _signal(process, signal.SIGTERM)
        deadline = time.monotonic() + 8
        for process in self.processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal(process, signal.SIGKILL)
                process.wait()

    def _start_stand_in(self) -> None:
        port = self.port + 3000 if self.port + 3000 <= LAST_PORT else self.port - 3000
        self._refuse_taken(port)
        state = self.data_dir / "stripe-simulator.db"
        address = f"http://127.0.0.1:{self.port}/webhooks/stripe"
        options = ["--port", str(port), "--state", str(state), "--webhook-url", address]
        options += ["--webhook-secret", self.environ.get("STRIPE_WEBHOOK_SECRET") or STAND_IN_SECRET]
        options += ["--api-key", STAND_IN_KEY]
        self._spawn("stripe simulator", [sys.executable, "-m", "dev.stripe_simulator", *options])
        self._wait_for(f"http://127.0.0.1:{port}/healthz")

    def _command(self, command: list[str]) -> None:
        done = subprocess.run(command, cwd=ROOT, env=self.environ, check=False)
        if done.returncode:
            raise StartError(f"`{' '.join(command[3:])}` failed; see the lines above")

    def _spawn(self, name: str, command: list[str]) -> None:
        # A session of its own, so that Ctrl-C reaches only us and everything ends in order.
        self.processes[name] = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environ,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 (there are no threads here)
        )

    def _wait_for(self, address: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if any(process.poll() is not None for process in self.processes.values()):
                self.watch()
            try:
                with DIRECT.open(address, timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise StartError(f"{address} did not answer within {PATIENCE_SECONDS} seconds")

    def _refuse_taken(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise StartError(f"port {port} is taken; choose another with PORT=… make run") from None


def main() -> int:
    """Run the shop until Ctrl-C."""
    shop = Shop(_environment())
    # Said for each: a shell that starts us in the background lets us ignore Ctrl-C.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    _die_with_parent()
    try:
        shop.start()
        address = shop.environ.get("BASE_URL") or f"http://127.0.0.1:{shop.port}"
        print(f"The shop is open at {address} (Ctrl-C closes it)", flush=True)
        shop.watch()
    except KeyboardInterrupt:
        return 0
    except StartError as error:
        print(f"The shop did not start: {error}", file=sys.stderr)
        return 1
    finally:
        shop.stop()
    return 0


def _environment() -> dict[str, str]:
    return {**_dotenv(ROOT / ".env"), **os.environ, "PYTHONUNBUFFERED": "1"}


def _dotenv(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = (line.partition("=") for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def _granian(host: str, port: int, workers: str) -> list[str]:
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": workers,
        "--blocking-threads": "4",
        "--log-level": "warning",
        # A worker that is told to stop while it starts may miss it.
        "--workers-kill-timeout": "3",
    }
    words = [word for pair in options.items() for word in pair]
    return [str(BIN / "granian"), *words, "--no-ws", "--factory", "app.factory:create_app"]


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _die_with_parent() -> None:
    """Ask Linux to end this process when its parent is gone, however that died; elsewhere do nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
