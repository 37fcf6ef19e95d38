"""Reads the rules of the cautions: what somebody in a circumstance is told to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from app.catalog.cell_values import read_choice, read_code
from app.catalog.csv_table import Record, read_table
from app.catalog.seed_problem import SeedProblem
from app.catalog.seed_rows import CatalogSeed
from app.guidance.caution_models import CautionAction

FILE = "caution_rules.csv"
COLUMNS = ("caution", "action", "circumstance", "text")
ANY_LENGTH = 2_000
_STRICTNESS = {action: place for place, action in enumerate(CautionAction)}


@dataclass(frozen=True)
class CautionRuleRow:
    """One rule of a caution, which is named by its code."""

    line: int
    caution: str
    action: CautionAction
    circumstance: str
    text: str


def read_caution_rules(folder: Path, problems: list[SeedProblem]) -> tuple[CautionRuleRow, ...]:
    """Read the rules in the order of the file."""
    return tuple(_read_rule(record) for record in read_table(folder / FILE, COLUMNS, problems))


def find_faulty_rules(rules: Iterable[CautionRuleRow], catalog: CatalogSeed) -> list[SeedProblem]:
    """List rules of no caution, cautions without rules, and rules that stand after a milder one."""
    by_caution: dict[str, list[CautionRuleRow]] = {row.code: [] for row in catalog.cautions}
    problems = []
    for rule in rules:
        if rule.caution in by_caution:
            by_caution[rule.caution].append(rule)
        elif rule.caution:
            message = f'there is no caution "{rule.caution}"'
            problems.append(SeedProblem(FILE, rule.line, "caution", message))
    problems += [
        SeedProblem("cautions.csv", row.line, "code", f'"{row.code}" has no row in {FILE}')
        for row in catalog.cautions
        if row.code and not by_caution[row.code]
    ]
    return problems + _rules_out_of_order(by_caution)


def _rules_out_of_order(by_caution: Mapping[str, list[CautionRuleRow]]) -> list[SeedProblem]:
    return [
        SeedProblem(FILE, rule.line, "action", f'"{rule.action}" stands after "{before.action}"')
        for rules in by_caution.values()
        for before, rule in pairwise(rules)
        if _STRICTNESS[rule.action] < _STRICTNESS[before.action]
    ]


def _read_rule(record: Record) -> CautionRuleRow:
    return CautionRuleRow(
        line=record.line,
        caution=record.required("caution", read_code(20), ""),
        action=record.required("action", read_choice(CautionAction), CautionAction.TAKE_CARE),
        circumstance=record.text("circumstance", 120),
        text=record.text("text", ANY_LENGTH),
    )
