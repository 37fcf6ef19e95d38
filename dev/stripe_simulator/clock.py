"""The one place from which the simulator takes the time."""

import time


class Clock:
    """Tells the time in seconds since 1970; it can be put forward, and stays ahead from then on."""

    def __init__(self, ahead: float = 0.0) -> None:
        self.offset = ahead

    def now(self) -> float:
        """Return the current time with fractions of a second."""
        return time.time() + self.offset

    def timestamp(self) -> int:
        """Return the current time in whole seconds, as Stripe's objects carry it."""
        return int(self.now())

    def real(self) -> int:
        """Return the time outside the simulation in whole seconds."""
        return int(time.time())
