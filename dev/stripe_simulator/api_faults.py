"""What may go wrong with a request to the API on the way, by the rules that are set."""

import socket
import time
from collections.abc import Callable
from typing import Any

from .errors import ApiError
from .faults import take_fault
from .simulator import Simulator


def refuse_if_broken(simulator: Simulator, method: str, path: str) -> None:
    """Raise a server error, before anything is done, when a rule wants it."""
    if take_fault(simulator, "server-error", path, method):
        raise ApiError("An unknown error occurred.", status=500, kind="api_error", executed=False)


def spoil_answer(simulator: Simulator, method: str, path: str, hang_up: Callable[[], None]) -> None:
    """Hold the answer to an executed request back, or lose it by hanging up, when a rule wants it."""
    slow = take_fault(simulator, "slow", path, method)
    if slow:
        time.sleep(slow.seconds)
    if take_fault(simulator, "lose-reply", path, method):
        hang_up()


def hang_up(environ: dict[str, Any]) -> None:
    """Close the connection of a request; what is written to it afterwards goes nowhere."""
    connection: socket.socket = environ["werkzeug.socket"]
    connection.shutdown(socket.SHUT_RDWR)
