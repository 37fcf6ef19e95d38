"""Reads the warning boxes: the care cards that a guide shows above everything else."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from app.catalog.seed_problem import SeedProblem
from app.guidance.key_values import read_choice, read_text
from app.guidance.yaml_keys import Keys, find_key_lines

FILE = "guides/warning-boxes.yaml"


class CareLevel(StrEnum):
    """How soon to get help."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NON_URGENT = "non-urgent"


@dataclass(frozen=True)
class CareCard:
    """What to do, for which signs."""

    title: str
    level: CareLevel
    intro: str
    items: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the card as a guide's row keeps it."""
        return {
            "level": self.level.value,
            "title": self.title,
            "intro": self.intro,
            "items": list(self.items),
        }


def read_warning_boxes(folder: Path, problems: list[SeedProblem]) -> dict[str, tuple[CareCard, ...]]:
    """Read the cards of each warning box by its key; the main card comes first."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
        boxes = yaml.safe_load(text)
    except FileNotFoundError:
        problems.append(SeedProblem(FILE, 0, "", "is missing"))
        return {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problems.append(SeedProblem(FILE, 0, "", f"cannot be read: {error}"))
        return {}
    if not isinstance(boxes, dict):
        problems.append(SeedProblem(FILE, 0, "", "is not a set of keys"))
        return {}
    lines = find_key_lines(text)
    return {
        str(key): _read_box(str(key), box, lines.get(str(key), 0), problems) for key, box in boxes.items()
    }


def _read_box(key: str, box: object, line: int, problems: list[SeedProblem]) -> tuple[CareCard, ...]:
    if not isinstance(box, dict):
        problems.append(SeedProblem(FILE, line, key, "is not a set of keys"))
        return ()
    keys = Keys(FILE, box, problems, path=f"{key}.", line=line)
    return tuple(_read_card(card) for card in [keys, *keys.parts("extra")])


def _read_card(keys: Keys) -> CareCard:
    card = CareCard(
        title=keys.required("title", read_text, ""),
        level=keys.required("level", read_choice(CareLevel), CareLevel.EMERGENCY),
        intro=keys.required("intro", read_text, ""),
        items=keys.words("items"),
    )
    if not card.items:
        keys.refuse("items", "is missing")
    keys.finish()
    return card
