"""Reads the decision table of the finder, and who has reviewed it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import yaml

from app.catalog.cell_values import read_all, read_code, read_key, read_word
from app.catalog.csv_table import Record, read_table
from app.catalog.seed_problem import SeedProblem
from app.guidance.finder_answers import Area, Goal, Situation, Stage
from app.guidance.finder_models import ANY, BETWEEN
from app.guidance.key_values import LONGEST_KEY, read_day, text_up_to
from app.guidance.yaml_keys import Keys, find_key_lines

FILE = "finder.csv"
REVIEW_FILE = "finder-review.yaml"
COLUMNS = ("key", "where", "how_long", "goal", "situation", "guide", "products", "advice", "note")
LONGEST_CELL = 40
LONGEST_ADVICE = 400


@dataclass(frozen=True)
class FinderRow:
    """One row of the table; the guide is a slug, the products are codes, the note is for reviewers."""

    line: int
    key: str
    area: str
    stage: str
    goal: str
    situation: str
    guide: str
    products: tuple[str, ...]
    advice: str
    note: str


@dataclass(frozen=True)
class FinderSeed:
    """The whole table in its order, and its review; a shop without the files has no finder."""

    rows: tuple[FinderRow, ...] = ()
    reviewed_by: str | None = None
    last_reviewed: date | None = None


def read_finder(folder: Path, problems: list[SeedProblem]) -> FinderSeed:
    """Read the table and its review."""
    if not (folder / FILE).exists() and not (folder / REVIEW_FILE).exists():
        return FinderSeed()
    rows = tuple(_read_row(record) for record in read_table(folder / FILE, COLUMNS, problems))
    reviewed_by, last_reviewed = _read_review(folder, problems)
    return FinderSeed(rows, reviewed_by, last_reviewed)


def _read_row(record: Record) -> FinderRow:
    return FinderRow(
        line=record.line,
        key=record.required("key", read_key(LONGEST_KEY), ""),
        area=record.required("where", _read_answers(Area), ANY),
        stage=record.required("how_long", _read_answers(Stage), ANY),
        goal=record.required("goal", _read_answers(Goal), ANY),
        situation=record.required("situation", _read_answers(Situation), ANY),
        guide=record.required("guide", read_key(120), ""),
        products=record.optional("products", read_all(read_code(20))) or (),
        advice=record.text("advice", LONGEST_ADVICE),
        note=record.optional_text("note", 1_000),
    )


def _read_answers(kind: type[StrEnum]) -> Callable[[str], str]:
    keys: Collection[str] = [member.value for member in kind]
    read_each = read_all(read_word(keys))

    def read(text: str) -> str:
        if text == ANY:
            return ANY
        answers = BETWEEN.join(read_each(text))
        if len(answers) > LONGEST_CELL:
            raise ValueError(f"is longer than {LONGEST_CELL} characters")
        return answers

    return read


def _read_review(folder: Path, problems: list[SeedProblem]) -> tuple[str | None, date | None]:
    try:
        text = (folder / REVIEW_FILE).read_text(encoding="utf-8")
        values = yaml.safe_load(text)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        problems.append(SeedProblem(REVIEW_FILE, 0, "", f"cannot be read: {type(error).__name__}"))
        return None, None
    if not isinstance(values, dict):
        problems.append(SeedProblem(REVIEW_FILE, 0, "", "is not a set of keys"))
        return None, None
    keys = Keys(REVIEW_FILE, values, problems, lines=find_key_lines(text))
    reviewed_by = keys.optional("reviewed_by", text_up_to(200))
    last_reviewed = keys.optional("last_reviewed", read_day)
    if (reviewed_by is None) is not (last_reviewed is None):
        keys.refuse("reviewed_by", "and last_reviewed go together")
    keys.finish()
    return reviewed_by, last_reviewed
