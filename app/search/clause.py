"""What is looked for: groups of words of which each must be there, in one of several wordings."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """Stems that must all be there, and how much they count beside what was typed (1.0)."""

    stems: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Group:
    """One thing that was asked for, in the wordings that mean it; the first is what was typed."""

    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class Clause:
    """Everything that was asked for."""

    groups: tuple[Group, ...]

    def stems(self) -> list[str]:
        """Return every stem of every wording, each once."""
        return list(
            dict.fromkeys(stem for group in self.groups for each in group.wordings for stem in each.stems)
        )

    def quoted(self) -> "Clause":
        """Return the clause with each stem in quotes."""
        quote = (
            Group(
                tuple(
                    Wording(tuple(f'"{stem}"' for stem in each.stems), each.weight) for each in group.wordings
                )
            )
            for group in self.groups
        )
        return Clause(tuple(quote))

    def matching(self, *, all_of: str, any_of: str, needs_all: bool = True) -> str:
        """Write the clause with the signs of a database's full text; stems hold letters and digits only."""
        joiner = all_of if needs_all else any_of
        groups = (
            _joined(any_of, (_joined(all_of, each.stems) for each in group.wordings)) for group in self.groups
        )
        return _joined(joiner, groups)


def _joined(sign: str, parts: Iterable[str]) -> str:
    return "(" + f" {sign} ".join(parts) + ")"
