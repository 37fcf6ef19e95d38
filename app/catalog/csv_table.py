"""A spreadsheet saved as CSV, read as records that know their line and collect their faults."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.catalog.cell_values import read_words
from app.catalog.seed_problem import SeedProblem

T = TypeVar("T")


@dataclass(frozen=True)
class Record:
    """One line of a table; what cannot be read is added to `problems` and stands as the fallback."""

    file: str
    line: int
    cells: dict[str, str]
    problems: list[SeedProblem]

    def required(self, column: str, read: Callable[[str], T], fallback: T) -> T:
        """Read a cell that must be filled; a missing column was named already and is not named again."""
        if column not in self.cells:
            return fallback
        if not self.cells[column]:
            self.refuse(column, "is empty")
            return fallback
        value = self.optional(column, read)
        return fallback if value is None else value

    def optional(self, column: str, read: Callable[[str], T]) -> T | None:
        """Read a cell that may be empty; empty or unreadable gives None."""
        text = self.cells.get(column, "")
        if not text:
            return None
        try:
            return read(text)
        except ValueError as error:
            self.refuse(column, f'"{text}" {error}')
            return None

    def text(self, column: str, longest: int) -> str:
        """Read words that must be there, at most so many characters."""
        return self.required(column, read_words(longest), "")

    def optional_text(self, column: str, longest: int) -> str:
        """Read words that may be missing, at most so many characters."""
        return self.optional(column, read_words(longest)) or ""

    def refuse(self, column: str, message: str) -> None:
        """Add a fault of one cell."""
        self.problems.append(SeedProblem(self.file, self.line, column, message))


def read_table(path: Path, columns: Sequence[str], problems: list[SeedProblem]) -> list[Record]:
    """Read a CSV file with exactly these columns; faults of the file itself are added to `problems`."""
    lines = list(_read_lines(path, problems))
    if not lines:
        return []
    (_, header), *body = lines
    _check_header(path.name, header, columns, problems)
    if not body:
        problems.append(SeedProblem(path.name, 0, "", "has no rows"))
    records = []
    for line, cells in body:
        if len(cells) != len(header):
            message = f"has {len(cells)} cells where the header has {len(header)}"
            problems.append(SeedProblem(path.name, line, "", message))
        named = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        records.append(Record(path.name, line, named, problems))
    return records


def _read_lines(path: Path, problems: list[SeedProblem]) -> Iterator[tuple[int, list[str]]]:
    try:
        # Spreadsheets put a byte-order mark before the first column name.
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.append(SeedProblem(path.name, 0, "", "is missing"))
        return
    except UnicodeDecodeError:
        problems.append(SeedProblem(path.name, 0, "", "is not UTF-8 text"))
        return
    if not text.strip():
        problems.append(SeedProblem(path.name, 0, "", "is empty"))
    reader = csv.reader(io.StringIO(text, newline=""))
    first_line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield first_line, cells
            first_line = reader.line_num + 1
    except csv.Error as error:
        problems.append(SeedProblem(path.name, first_line, "", f"is not a line of CSV: {error}"))


def _check_header(file: str, header: list[str], columns: Sequence[str], problems: list[SeedProblem]) -> None:
    missing = [name for name in columns if name not in header]
    problems.extend(SeedProblem(file, 1, name, "this column is missing") for name in missing)
    for name in sorted(set(header)):
        if name not in columns:
            problems.append(SeedProblem(file, 1, name, "this column is unknown"))
        elif header.count(name) > 1:
            problems.append(SeedProblem(file, 1, name, "this column is there twice"))
