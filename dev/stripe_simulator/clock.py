"""The one place from which the simulator takes the time."""

import time


class Clock:
    """Tells the time in seconds since 1970."""

    def now(self) -> float:
        """Return the current time with fractions of a second."""
        return time.time()

    def timestamp(self) -> int:
        """Return the current time in whole seconds, as Stripe's objects carry it."""
        return int(self.now())
