"""Many people doing something at the same moment."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Person = TypeVar("Person")
Result = TypeVar("Result")


def all_at_once(people: Sequence[Person], act: Callable[[Person], Result]) -> list[Result]:
    """Let everybody act at one moment, each in a thread; returns what came of it, in order."""
    barrier = threading.Barrier(len(people))

    def step(person: Person) -> Result:
        barrier.wait(30)
        return act(person)

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(step, people))
