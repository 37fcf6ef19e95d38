"""A faulty table is refused with the line named, and a right one loads once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.queries import content_version
from app.catalog.seed_problem import SeedProblem
from app.guidance.finder_models import FinderReview, FinderRule
from app.guidance.finder_rows import FILE, REVIEW_FILE, FinderRow, FinderSeed, read_finder
from app.guidance.finder_rules import find_finder_faults
from app.guidance.load import load_guidance
from app.jobs.seed import SEED_FOLDER, ShopSeed, load_shop_seed
from tests.guidance.statements import counted_statements

Spoil = Callable[[list[FinderRow]], None]


def _change(rows: list[FinderRow], which: str, **values: object) -> None:
    place = next(place for place, row in enumerate(rows) if row.key == which)
    rows[place] = replace(rows[place], **values)  # type: ignore[arg-type]


def _repeat(rows: list[FinderRow]) -> None:
    rows.insert(1, replace(rows[0], line=3, key="again"))


FAULTS: list[tuple[Spoil, str, str]] = [
    (_repeat, "", "is never reached"),
    (lambda rows: rows.reverse(), "", "does not fit everything"),
    (lambda rows: _change(rows, "heat-lower", key="pregnant"), "key", "is already on line 2"),
    (lambda rows: _change(rows, "sleep", guide="back-pain-warning-signs"), "guide", "come before the table"),
    (lambda rows: _change(rows, "sleep", guide="no-such-guide"), "guide", 'no guide "no-such-guide"'),
    (lambda rows: _change(rows, "heat-lower", products=("XX-NOT",)), "products", 'no product "XX-NOT"'),
    (lambda rows: _change(rows, "heat-lower", products=("ST-MAT",)), "products", "does not name the guide"),
    (lambda rows: _change(rows, "flare-heat", products=("BR-KLL",)), "products", "advise against BR-KLL"),
    (
        lambda rows: _change(rows, "heat-lower", products=("HC-DAY", "HC-TRN", "HC-FLX", "HC-BLY", "HC-GLB")),
        "products",
        "more than 4",
    ),
    (lambda rows: _change(rows, "pregnant", products=("ST-BLK",)), "products", "asks a midwife first"),
    (lambda rows: _change(rows, "desk", products=("ST-LAT",)), "products", "wants to understand"),
    (
        lambda rows: _change(rows, "leg-loosen", guide="stretching-basics"),
        "products",
        "has the guide sciatica",
    ),
    (lambda rows: _change(rows, "sleep", advice="It cures back pain."), "advice", "may not be said"),
]


@pytest.mark.parametrize(("spoil", "column", "message"), FAULTS, ids=[fault[2] for fault in FAULTS])
def test_a_fault_is_named_with_its_line(
    shop_seed: ShopSeed, table: Sequence[FinderRow], spoil: Spoil, column: str, message: str
) -> None:
    rows = list(table)
    spoil(rows)
    faults = find_finder_faults(rows, shop_seed.guidance.guides, shop_seed.catalog.products)
    named = [fault for fault in faults if message in fault.message]
    assert named
    assert all(fault.file == FILE and fault.line > 1 and fault.column == column for fault in named)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("lower-back|hips-glutes", "lower-back|tail", "column where"),
        (",acute,", ",acute|acute,", "names a value twice"),
        (",relieve,", ",cure,", "column goal"),
        ("pregnant,any,any", "pregnant,,any", "column where: is empty"),
        ("how_long", "how_much", "this column is missing"),
        ("ST-LAP|ST-MAT", "st-lap", "is not capitals"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = (SEED_FOLDER / FILE).read_text()
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1))
    (tmp_path / REVIEW_FILE).write_text("reviewed_by: null\nlast_reviewed: null\n")
    problems: list[SeedProblem] = []
    read_finder(tmp_path, problems)
    assert [problem for problem in problems if message in str(problem)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("reviewed_by: Somebody\n", "go together"),
        ("- a\n", "is not a set of keys"),
        ("a: [", "cannot be read"),
        ("stamp: 1\n", "is not a known key"),
        (None, "cannot be read"),
    ],
)
def test_a_faulty_review_is_named(tmp_path: Path, text: str | None, message: str) -> None:
    (tmp_path / FILE).write_text((SEED_FOLDER / FILE).read_text())
    if text is not None:
        (tmp_path / REVIEW_FILE).write_text(text)
    problems: list[SeedProblem] = []
    read_finder(tmp_path, problems)
    assert [problem.file for problem in problems] == [REVIEW_FILE]
    assert message in problems[0].message


def test_a_folder_without_the_files_has_no_finder(tmp_path: Path) -> None:
    problems: list[SeedProblem] = []
    assert read_finder(tmp_path, problems) == FinderSeed()
    assert problems == []


def test_nobody_is_said_to_have_reviewed_the_shipped_table(shop_seed: ShopSeed) -> None:
    finder = shop_seed.guidance.finder
    assert (finder.reviewed_by, finder.last_reviewed) == (None, None)


def test_the_table_loads_once_and_follows_its_file(session: Session, shop_seed: ShopSeed) -> None:
    load_shop_seed(session, shop_seed)
    session.commit()
    version = content_version(session)
    with counted_statements(session) as sent:
        load_guidance(session, shop_seed.guidance, shop_seed.catalog)
        session.commit()
    assert [statement for statement in sent if not statement.startswith("SELECT")] == []
    shorter = replace(shop_seed.guidance.finder, rows=shop_seed.guidance.finder.rows[1:])
    load_guidance(session, replace(shop_seed.guidance, finder=shorter), shop_seed.catalog)
    session.commit()
    keys = session.scalars(select(FinderRule.key).order_by(FinderRule.position)).all()
    assert keys == [row.key for row in shorter.rows]
    assert content_version(session) == version + 1
    load_guidance(session, replace(shop_seed.guidance, finder=FinderSeed()), shop_seed.catalog)
    session.commit()
    for kind in (FinderRule, FinderReview):
        assert session.scalar(select(func.count()).select_from(kind)) == 0
