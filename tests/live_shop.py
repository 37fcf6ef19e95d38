"""The shop and Stripe's simulator as servers that a browser can visit."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import requests
from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SIMULATOR_KEY = "sk_test_of_the_tests"
WEBHOOK_SECRET = "whsec_of_the_tests"


class _QuietHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 (the library's own name)
        pass


@contextmanager
def serving(app: Flask, port: int) -> Iterator[str]:
    """Serve the shop with a thread per request; at the end every request is done."""
    server: BaseWSGIServer = make_server(
        "127.0.0.1", port, _read_whole(app), threaded=True, request_handler=_QuietHandler
    )
    server.daemon_threads = False  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _read_whole(app: Flask) -> "WSGIApplication":
    """Close files before they are sent: a browser that leaves a page drops half of its pictures."""

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        answer = app(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            answer.close()  # type: ignore[attr-defined]

    return serve


@contextmanager
def simulating(state: Path, shop_port: int) -> Iterator[str]:
    """Run Stripe's simulator as its own process, reporting to the shop's port."""
    port = free_port()
    options = {
        "--port": str(port),
        "--state": str(state),
        "--webhook-url": f"http://127.0.0.1:{shop_port}/webhooks/stripe",
        "--webhook-secret": WEBHOOK_SECRET,
        "--api-key": SIMULATOR_KEY,
    }
    words = [word for pair in options.items() for word in pair]
    process = subprocess.Popen(
        [sys.executable, "-m", "dev.stripe_simulator", *words],
        env={**os.environ, "SHOP_ENV": "development"},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_up(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def wait_until_up(address: str, patience: float = 20) -> None:
    """Return when an address answers."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            if requests.get(address, timeout=2).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise TimeoutError(address)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
