"""Titles and descriptions of the lengths that search engines show; what is cut is always the end."""

import re
from collections.abc import Iterable, Iterator

from app.web.order_links import current_config

LONGEST_TITLE = 60
LONGEST_DESCRIPTION = 155
_SENTENCE_END = re.compile(r"(?<=[.?])\s+")


def fit_title(text: str) -> str:
    """Put the shop's name last, where there is room for it."""
    titled = f"{text} – {current_config().shop.name}"  # noqa: RUF001 (the dash of every title)
    return titled if len(titled) <= LONGEST_TITLE else text


def fit_description(*texts: str) -> str:
    """Join texts as far as whole sentences fit; of the first, as many words as fit stand in any case."""
    sentences = _split(texts)
    fitting = next(sentences, "")
    for sentence in sentences:
        if len(fitting) + 1 + len(sentence) > LONGEST_DESCRIPTION:
            break
        fitting = f"{fitting} {sentence}"
    if len(fitting) <= LONGEST_DESCRIPTION:
        return fitting
    return fitting[: LONGEST_DESCRIPTION - 1].rpartition(" ")[0].rstrip(",;:") + "…"


def _split(texts: Iterable[str]) -> Iterator[str]:
    return (sentence for text in texts for sentence in _SENTENCE_END.split(text.strip()) if sentence)
