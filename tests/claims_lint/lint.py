"""Looks for banned claims in many texts at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from app.guidance.claims import find_banned_claims


@dataclass
class Lint:
    """The texts that were read, and what stands in them that should not.

    `cited` are the titles of studies: they are names of works of others and never words of the shop.
    """

    cited: Collection[str] = ()
    texts: int = 0
    found: list[str] = field(default_factory=list)

    def read(self, place: str, texts: Iterable[str]) -> None:
        """Read the texts of one place."""
        for text in texts:
            self.texts += 1
            own = self._without_titles(text)
            for claim in find_banned_claims(own):
                around = own[max(0, claim.position - 40) : claim.position + 60].replace("\n", " / ")
                self.found.append(f"{place}: {claim.words!r} in {around!r}")

    def _without_titles(self, text: str) -> str:
        for title in self.cited:
            text = text.replace(title, "a study")
        return text
