"""Faults of the cautions' files are named with file and line."""

from pathlib import Path

import pytest

from app.catalog.seed_problem import SeedProblem
from app.catalog.seed_rows import CatalogSeed, CautionRow
from app.guidance.caution_models import CautionAction
from app.guidance.caution_rows import FILE, find_faulty_rules, read_caution_rules

RULES = """\
caution,action,circumstance,text
W-ONE,do-not-use,sleep,Never sleep with it.
W-ONE,ask-first,pregnancy,"Ask first, if you are pregnant."
W-TWO,take-care,a fall,Use it next to a wall.
"""
CATALOG = CatalogSeed(
    (), (), (), (), tuple(CautionRow(2, code, code, "Short.", (), ()) for code in ("W-ONE", "W-TWO"))
)


def faults(folder: Path, text: str) -> list[str]:
    (folder / FILE).write_text(text)
    problems: list[SeedProblem] = []
    rules = read_caution_rules(folder, problems)
    return [str(problem) for problem in problems or find_faulty_rules(rules, CATALOG)]


def test_reads_the_rules_of_a_caution_in_their_order(tmp_path: Path) -> None:
    assert faults(tmp_path, RULES) == []
    rules = read_caution_rules(tmp_path, [])
    assert [(rule.caution, rule.action) for rule in rules] == [
        ("W-ONE", CautionAction.DO_NOT_USE),
        ("W-ONE", CautionAction.ASK_FIRST),
        ("W-TWO", CautionAction.TAKE_CARE),
    ]
    assert (rules[1].circumstance, rules[1].text) == ("pregnancy", "Ask first, if you are pregnant.")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("do-not-use", "avoid", 'line 2, column action: "avoid" is not one of'),
        ("sleep,", ",", "line 2, column circumstance: is empty"),
        ("sleep,", "s" * 121 + ",", "is longer than 120 characters"),
        ("Never sleep with it.", "", "line 2, column text: is empty"),
        ("W-TWO", "W-NIL", 'line 4, column caution: there is no caution "W-NIL"'),
        ("W-TWO", "W-NIL", 'cautions.csv line 2, column code: "W-TWO" has no row in caution_rules.csv'),
        ("do-not-use", "take-care", 'line 3, column action: "ask-first" stands after "take-care"'),
        ("circumstance", "when", "line 1, column circumstance: this column is missing"),
    ],
)
def test_names_a_fault(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in RULES
    assert any(fault in each for each in faults(tmp_path, RULES.replace(old, new)))


def test_says_that_the_file_is_missing(tmp_path: Path) -> None:
    problems: list[SeedProblem] = []
    assert read_caution_rules(tmp_path, problems) == ()
    assert [str(problem) for problem in problems] == ["caution_rules.csv: is missing"]
