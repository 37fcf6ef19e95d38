"""Starts the simulator from the command line."""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from .server import serve_until
from .settings import Settings, refusal


def main(arguments: list[str]) -> int:
    """Run until SIGTERM or SIGINT; return the exit status, 2 when it refuses to start."""
    settings = _read_arguments(arguments)
    reason = refusal(settings, os.environ)
    if reason is not None:
        print(f"Stripe simulator: {reason}", file=sys.stderr)
        return 2
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    serve_until(settings, stop)
    return 0


def _read_arguments(arguments: list[str]) -> Settings:
    parser = argparse.ArgumentParser("python -m dev.stripe_simulator", description="A stand-in for Stripe.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8010)
    parser.add_argument("--state", type=Path, required=True, help="SQLite file; made when absent")
    parser.add_argument("--webhook-url", required=True)
    parser.add_argument("--webhook-secret", required=True)
    parser.add_argument("--api-key", required=True)
    parser.add_argument("--dispute-delay", type=float, default=2.0, help="seconds from payment to dispute")
    parser.add_argument("--refund-delay", type=float, default=2.0, help="seconds until a refund ends later")
    return Settings(**vars(parser.parse_args(arguments)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
