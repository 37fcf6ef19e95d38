"""Reads the studies and guidelines that guides cite."""

import re
from dataclasses import dataclass
from pathlib import Path

from app.catalog.csv_table import Record, read_table
from app.catalog.seed_problem import SeedProblem

FILE = "sources.csv"
COLUMNS = ("key", "authors", "title", "publication", "year", "url", "note")
ANY_LENGTH = 2_000
LONGEST_URL = 300


@dataclass(frozen=True)
class SourceRow:
    """One study or guideline; the note is for the editors."""

    line: int
    key: str
    authors: str
    title: str
    publication: str
    year: int
    url: str
    note: str


def read_sources(folder: Path, problems: list[SeedProblem]) -> dict[str, SourceRow]:
    """Read the sources by key."""
    rows: dict[str, SourceRow] = {}
    for record in read_table(folder / FILE, COLUMNS, problems):
        row = _read_source(record)
        if row.key in rows:
            record.refuse("key", f'"{row.key}" is already on line {rows[row.key].line}')
        rows[row.key] = row
    return rows


def _read_source(record: Record) -> SourceRow:
    return SourceRow(
        line=record.line,
        key=record.text("key", 20),
        authors=record.text("authors", ANY_LENGTH),
        title=record.text("title", ANY_LENGTH),
        publication=record.text("publication", 200),
        year=record.required("year", _read_year, 0),
        url=record.required("url", _read_url, ""),
        note=record.optional_text("note", ANY_LENGTH),
    )


def _read_year(text: str) -> int:
    if not re.fullmatch(r"(19|20)\d\d", text, re.ASCII):
        raise ValueError("is not a year")
    return int(text)


def _read_url(text: str) -> str:
    if not text.startswith("https://") or len(text) > LONGEST_URL:
        raise ValueError(f"is not an https address of at most {LONGEST_URL} characters")
    return text
