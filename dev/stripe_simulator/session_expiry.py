"""When a session expires: half an hour to a day after its creation."""

from .clock import Clock
from .errors import invalid

SHORTEST, LONGEST = 30 * 60, 24 * 60 * 60


def choose_expiry(wanted: int | None, clock: Clock) -> int:
    """Return when a new session expires by the simulator's clock; raises ApiError outside the limits.

    The shop knows only the real time. After the clock was put forward its wish moves along, so that a session
    lasts as long as the shop meant; a wish by the simulator's own clock is taken as it is.
    """
    if wanted is None:
        return clock.timestamp() + LONGEST
    for now, shift in ((clock.real(), int(clock.offset)), (clock.timestamp(), 0)):
        if now + SHORTEST <= wanted <= now + LONGEST:
            return wanted + shift
    limit = "less than 24 hours" if wanted > clock.timestamp() + LONGEST else "at least 30 minutes"
    message = f"The `expires_at` timestamp must be {limit} from Checkout Session creation."
    raise invalid(message, "expires_at")
