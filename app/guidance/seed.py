"""Reads all seed files of the guidance, or refuses them with every fault named."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.catalog.seed_problem import SeedError, SeedProblem
from app.catalog.seed_rows import CatalogSeed
from app.guidance.caution_rows import FILE as RULES_FILE
from app.guidance.caution_rows import CautionRuleRow, find_faulty_rules, read_caution_rules
from app.guidance.finder_rows import FinderSeed, read_finder
from app.guidance.finder_rules import find_finder_faults
from app.guidance.guide_agreement import find_disagreements
from app.guidance.guide_files import read_guides
from app.guidance.guide_rows import GuideRow
from app.guidance.guide_rules import find_broken_rules
from app.guidance.source_rows import SourceRow, read_sources
from app.guidance.warning_boxes import CareCard, read_warning_boxes

__all__ = ["GuidanceSeed", "read_guidance"]


@dataclass(frozen=True)
class GuidanceSeed:
    """All seed files of the guidance, checked; sources and the cards of warning boxes by key."""

    sources: Mapping[str, SourceRow]
    warning_boxes: Mapping[str, tuple[CareCard, ...]]
    guides: tuple[GuideRow, ...]
    caution_rules: tuple[CautionRuleRow, ...]
    finder: FinderSeed = field(default_factory=FinderSeed)


def read_guidance(folder: Path, catalog: CatalogSeed | None) -> GuidanceSeed:
    """Read the guides and all they rest on; raises SeedError with all faults when there is one.

    Without a catalogue (its files have faults of their own) the ties to products are not checked.
    """
    problems: list[SeedProblem] = []
    sources = read_sources(folder, problems)
    boxes = read_warning_boxes(folder, problems)
    guides = read_guides(folder, sources, problems)
    caution_rules = read_caution_rules(folder, problems)
    # A guide with values that cannot be read would seem to break rules that it keeps.
    unreadable = {problem.file for problem in problems}
    for guide in guides:
        if guide.file not in unreadable:
            problems += find_broken_rules(guide, boxes)
    if catalog is not None:
        problems += find_disagreements(guides, catalog.products)
        if RULES_FILE not in {problem.file for problem in problems}:
            problems += find_faulty_rules(caution_rules, catalog)
    finder = _read_finder(folder, guides, catalog, problems)
    if problems:
        raise SeedError(problems)
    return GuidanceSeed(sources, boxes, tuple(guides), caution_rules, finder)


def _read_finder(
    folder: Path, guides: list[GuideRow], catalog: CatalogSeed | None, problems: list[SeedProblem]
) -> FinderSeed:
    faults: list[SeedProblem] = []
    finder = read_finder(folder, faults)
    # Cells that cannot be read would seem to leave holes in the table.
    if not faults:
        faults += find_finder_faults(finder.rows, guides, None if catalog is None else catalog.products)
    problems += faults
    return finder
