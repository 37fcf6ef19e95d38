"""What is wrong in the seed files, said so that the person who edits the spreadsheet can find it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class SeedProblem:
    """One fault in one cell; line 0 means the file as a whole, an empty column the whole line."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f" line {self.line}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.message}"


class SeedError(Exception):
    """The seed files have faults; `problems` lists all of them, in the order of the files' lines."""

    def __init__(self, problems: Sequence[SeedProblem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
