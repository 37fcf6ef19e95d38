"""Acting on many things at a provider: one that breaks stops no other, an outage stops all."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog

from app.payments.gateway import GatewayRefused, GatewayUnavailable, NotOffered
from app.payments.refund_limits import RefundRefused
from app.session import end_reading, get_session

# Each unanswered call takes up to a minute: who has not answered so often is away.
MOST_UNANSWERED = 3
NOT_WELL = frozenset({"not reached", "refused", "broken", "given up"})

Thing = TypeVar("Thing")
log = structlog.get_logger("shop.jobs")


def each(find: Callable[[], Iterable[Thing]], act: Callable[[Thing], str]) -> Counter[str]:
    """Act on everything that is found, and count in words what came of it."""
    # No transaction, not even a reading one, waits for the provider.
    end_reading()
    things: list[Thing] = []
    outcomes = Counter[str]()

    def look(_: None) -> str:
        things.extend(find())
        return ""

    word = _try(look, None)
    if word:
        outcomes[word] += 1
    for thing in things:
        outcomes[_try(act, thing)] += 1
        if outcomes["not reached"] >= MOST_UNANSWERED:
            break
    return outcomes


def words(outcomes: Counter[str]) -> str:
    """Say what was counted."""
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))


def is_well(outcomes: Counter[str]) -> bool:
    """Whether nothing is left that somebody should look at."""
    return not NOT_WELL & outcomes.keys()


def _try(act: Callable[[Thing], str], thing: Thing) -> str:
    try:
        return act(thing)
    except NotOffered:
        # A server that speaks a part of Stripe's API only.
        return "not offered"
    except GatewayUnavailable as error:
        log.warning("provider not reached", reason=str(error))
        return "not reached"
    except (GatewayRefused, RefundRefused) as error:
        log.warning("provider refused", reason=str(error))
        return "refused"
    except Exception:
        # After a lost connection the session would refuse everything that follows.
        get_session().rollback()
        log.exception("job item broke")
        return "broken"
