"""Reads the guides: Markdown files whose front matter holds everything but the body."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

import frontmatter
import yaml

from app.catalog.seed_problem import SeedProblem
from app.guidance.guide_rows import ChangeRow, ClaimRow, GuideRow, LinkRow
from app.guidance.key_values import read_choice, read_count, read_day, read_key, read_text, text_up_to
from app.guidance.models import Basis, Grade, Role
from app.guidance.taxonomy import BODY_AREAS, GOALS, PAIN_STAGES, PageType
from app.guidance.yaml_keys import Keys, find_key_lines


def read_guides(folder: Path, sources: Collection[str], problems: list[SeedProblem]) -> list[GuideRow]:
    """Read every `guides/*.md`, in the order of the file names."""
    guides = []
    for path in sorted((folder / "guides").glob("*.md")):
        file = f"guides/{path.name}"
        try:
            text = path.read_text(encoding="utf-8")
            page = frontmatter.loads(text)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            problems.append(SeedProblem(file, 0, "", f"cannot be read: {error}"))
            continue
        if not page.metadata:
            problems.append(SeedProblem(file, 0, "", "has no front matter"))
            continue
        keys = Keys(file, page.metadata, problems, lines=find_key_lines(text))
        guides.append(_read_guide(file, keys, page.content, sources))
    if not guides:
        problems.append(SeedProblem("guides", 0, "", "has no guides"))
    return guides


def _read_guide(file: str, keys: Keys, body: str, sources: Collection[str]) -> GuideRow:
    guide = GuideRow(
        file=file,
        slug=keys.required("slug", text_up_to(120), ""),
        title=keys.required("title", text_up_to(200), ""),
        question=keys.required("question", read_text, ""),
        answer=keys.required("answer", read_text, ""),
        description=keys.required("description", text_up_to(200), ""),
        page_type=keys.required("page_type", read_choice(PageType), PageType.EXPLAIN),
        position=keys.required("position", read_count, 0),
        body=body.strip(),
        when_to_see_someone=keys.required("when_to_see_someone", read_text, ""),
        warning_box=keys.required("warning_box", read_text, ""),
        written_by=keys.required("written_by", text_up_to(120), ""),
        reviewed_by=keys.optional("reviewed_by", text_up_to(200)),
        last_reviewed=keys.optional("last_reviewed", read_day),
        published_on=keys.required("published_on", read_day, date.min),
        next_review=keys.required("next_review", read_day, date.max),
        body_areas=keys.words("body_areas", BODY_AREAS),
        pain_stages=keys.words("pain_stages", PAIN_STAGES),
        goals=keys.words("goals", GOALS),
        evidence=tuple(_read_claim(part, sources) for part in keys.parts("evidence")),
        sources=keys.words("sources", sources),
        products=tuple(_read_link(part) for part in keys.parts("products")),
        changes=tuple(_read_change(part) for part in keys.parts("changes")),
    )
    keys.finish()
    return guide


def _read_claim(keys: Keys, sources: Collection[str]) -> ClaimRow:
    row = ClaimRow(
        key=keys.required("key", read_key, ""),
        about=keys.required("about", read_text, ""),
        role=keys.required("role", read_choice(Role), Role.UNKNOWN),
        grade=keys.required("grade", read_choice(Grade), Grade.D),
        basis=keys.required("basis", read_choice(Basis), Basis.DIRECT),
        scope=keys.required("scope", read_text, ""),
        sources=keys.words("sources", sources),
    )
    keys.finish()
    return row


def _read_link(keys: Keys) -> LinkRow:
    row = LinkRow(
        code=keys.required("code", text_up_to(20), ""),
        claim=keys.required("claim", read_key, ""),
        role=keys.required("role", read_choice(Role), Role.UNKNOWN),
        reason=keys.required("reason", read_text, ""),
    )
    keys.finish()
    return row


def _read_change(keys: Keys) -> ChangeRow:
    row = ChangeRow(
        changed_on=keys.required("date", read_day, date.min),
        note=keys.required("note", read_text, ""),
    )
    keys.finish()
    return row
