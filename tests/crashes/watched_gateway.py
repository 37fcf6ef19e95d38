"""The provider with a point before and after every call; and one with a fault, to test the tests."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.payments.gateway import PageRequest
from app.payments.money_back import RefundRequest
from app.payments.stripe_gateway import StripeGateway
from tests.crashes.points import Points

# It asks nobody: the signature is checked in the process.
LOCAL = frozenset({"read_event"})


class WatchedGateway:
    """Passes every call on, whatever the shop learns to ask."""

    def __init__(self, inner: StripeGateway, points: Points) -> None:
        self.inner = inner
        self.points = points
        self.is_forgetful = False

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.inner, name)
        return self._watched(name, found) if callable(found) and name not in LOCAL else found

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any) -> Any:
            self.points.pass_by(f"before Stripe: {name}")
            answer = call(*(self._forget(each) for each in arguments))
            self.points.pass_by(f"after Stripe: {name}")
            return answer

        return watched

    def _forget(self, argument: Any) -> Any:
        """Lose the stored key, as a careless gateway would that makes up a new one for each call."""
        if self.is_forgetful and isinstance(argument, PageRequest | RefundRequest):
            return replace(argument, idempotency_key=uuid.uuid4().hex)
        return argument
