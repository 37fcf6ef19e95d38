"""Reads the guides, warning boxes and sources from seed_data as an editor left them."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

SEED_DATA = Path(__file__).resolve().parents[2] / "seed_data"
GUIDES = SEED_DATA / "guides"


@dataclass(frozen=True)
class Guide:
    """One guide: the front matter as a dictionary, and the Markdown body."""

    slug: str
    front_matter: dict[str, Any]
    body: str

    def __str__(self) -> str:
        return self.slug

    @property
    def published_text(self) -> str:
        """Everything a reader may see on the page, joined by blank lines."""
        meta = self.front_matter
        parts = [meta["title"], meta["question"], meta["answer"], meta["description"], self.body]
        parts += [f"{line['about']}: {line['scope']}" for line in meta["evidence"]]
        parts += [change["note"] for change in meta["changes"]]
        parts += [product["reason"] for product in meta["products"]]
        return "\n\n".join([*parts, meta["when_to_see_someone"]])

    @property
    def guidance_prose(self) -> str:
        """The answer, the body and when to see someone: the words whose reading grade counts."""
        meta = self.front_matter
        return "\n".join([meta["answer"], self.body, meta["when_to_see_someone"]])

    @property
    def product_codes(self) -> list[str]:
        """Codes of the products on the page, in order."""
        return [product["code"] for product in self.front_matter["products"]]

    @property
    def cited_sources(self) -> set[str]:
        """Keys of every source named by the page or by one of its evidence lines."""
        by_line = [key for line in self.front_matter["evidence"] for key in line["sources"]]
        return {*self.front_matter["sources"], *by_line}


def read_guide(path: Path) -> Guide:
    """Reads one Markdown file that starts with YAML front matter between two `---` lines."""
    _, front_matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return Guide(path.stem, yaml.safe_load(front_matter), body.strip())


def read_guides() -> list[Guide]:
    """Reads every guide, in order of file name."""
    return [read_guide(path) for path in sorted(GUIDES.glob("*.md"))]


def read_warning_boxes() -> dict[str, dict[str, Any]]:
    """Reads the warning boxes, keyed by variant such as RF-SHORT."""
    boxes: dict[str, dict[str, Any]] = yaml.safe_load((GUIDES / "warning-boxes.yaml").read_text("utf-8"))
    return boxes


def read_guide_called(slug: str) -> Guide:
    """Reads the guide with one slug."""
    return read_guide(GUIDES / f"{slug}.md")


def cards_of(box: dict[str, Any]) -> list[dict[str, Any]]:
    """Lists the cards of a warning box in the order they are shown."""
    return [box, *box.get("extra", [])]


def text_of(box: dict[str, Any]) -> str:
    """Gives every line a reader sees in a warning box."""
    lines = [line for card in cards_of(box) for line in (card["title"], card["intro"], *card["items"])]
    return "\n".join(lines)


def read_sources() -> dict[str, dict[str, str]]:
    """Reads the sources, keyed as the guides cite them."""
    with (SEED_DATA / "sources.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def read_product_codes() -> set[str]:
    """Reads the codes of every product the shop sells."""
    return {row["code"] for row in _read_products()}


def read_product_grades() -> dict[str, str]:
    """Reads the evidence grade of every product, by its code."""
    return {row["code"]: row["evidence_grade"] for row in _read_products()}


def read_product_bases() -> dict[str, str]:
    """Reads whether each product was studied itself (direct) or not (indirect), by its code."""
    return {row["code"]: row["evidence_basis"] for row in _read_products()}


def read_product_codes_by_guide() -> dict[str, set[str]]:
    """Reads which products belong to each guide, from the shop's own product list."""
    codes: dict[str, set[str]] = {}
    for row in _read_products():
        for slug in filter(None, row["guides"].split("|")):
            codes.setdefault(slug, set()).add(row["code"])
    return codes


def _read_products() -> list[dict[str, str]]:
    path = SEED_DATA / "products.csv"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: the guides' products cannot be checked without it")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
