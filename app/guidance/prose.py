"""Takes the sentences out of Markdown, as a reader meets them."""

import re

_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKER = re.compile(r"^\s*(?:[-*>]|\d+\.)\s+")
_SENTENCE_END = re.compile(r"(?<=[.?:])[\"')]?\s+(?=[A-Z0-9\"'(])")
_WORD = re.compile(r"[A-Za-z0-9][\w'\u2019/-]*")


def sentences_of(markdown: str) -> list[str]:
    """List the sentences of paragraphs and list items, without headings and tables."""
    sentences: list[str] = []
    for line in markdown.splitlines():
        if line.startswith(("#", "|")) or not line.strip():
            continue
        sentences += _SENTENCE_END.split(plain(line))
    return sentences


def cells_of(markdown: str) -> list[str]:
    """List the cells of every table, without the line that separates the head."""
    rows = [line.strip("|").split("|") for line in markdown.splitlines() if line.startswith("|")]
    return [plain(cell) for row in rows for cell in row if not set(cell.strip()) <= {"-"}]


def plain(markdown: str) -> str:
    """Take list markers, emphasis and link addresses off one line."""
    return _MARKER.sub("", _LINK.sub(r"\1", markdown).replace("**", "")).strip()


def words_in(sentence: str) -> int:
    """Count the words of one sentence."""
    return len(_WORD.findall(sentence))
