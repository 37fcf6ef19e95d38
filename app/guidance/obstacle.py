"""What stands between a page and its readers."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Obstacle:
    """One fault, the part of the guide or product that it is in, and what is wrong there."""

    part: str
    message: str

    def __str__(self) -> str:
        return f"{self.part}: {self.message}" if self.part else self.message
