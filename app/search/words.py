"""How text becomes words that can be looked up: lower case, without accents, cut to their stems."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

LONGEST_WORD = 40
_STEMMER = snowballstemmer.stemmer("english")
# A possessive adds nothing, and "can't" is one word.
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_APOSTROPHES = re.compile(r"['\u2019\u02bc`]")
_WORD = re.compile(r"[a-z0-9]+")
_CODE = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+")
# Words that say nothing of what is looked for.
_SAYS_NOTHING = """
a about after am an and any are as at be been before best buy by can cannot cant cheap could did do does
doing dont during else ever find for from get getting good got had has have having help helps how i if
im in into is it its ive just like me my near need new now of off on or our out over please really
should so some something that the their them then there these they thing things this those to too under
use using very vs want was we were what when where which while who why will with would you your
"""
_EMPTY_WORDS = frozenset(_SAYS_NOTHING.split())


def split_words(text: str) -> list[str]:
    """Return the words of a text in their order, each at most 40 letters and digits."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = _APOSTROPHES.sub("", _POSSESSIVE.sub("", plain))
    return [word[:LONGEST_WORD] for word in _WORD.findall(plain)]


def content_words(text: str) -> list[str]:
    """Return the words that say what a text is about; all of them when none does."""
    words = split_words(text)
    return [word for word in words if word not in _EMPTY_WORDS] or words


def join_code(text: str) -> str:
    """Return a code or SKU as one word, for its parts alone say nothing."""
    return "".join(_WORD.findall(text.lower()))[:LONGEST_WORD]


def is_code(text: str) -> bool:
    """Say whether a text has the form of a code: parts with hyphens between them and nothing else."""
    return _CODE.fullmatch(text.strip()) is not None


@lru_cache(maxsize=65536)
def stem_of(word: str) -> str:
    """Cut a word to the part that its plural and its other forms share."""
    # The stems of words with digits are codes and sizes, of which nothing may be cut.
    return str(_STEMMER.stemWord(word)) if word.isalpha() else word


def stems_of(text: str) -> list[str]:
    """Return the stems of the words that say what a text is about."""
    return [stem_of(word) for word in content_words(text)]


def key_of(text: str) -> str:
    """Return the form in which a phrase of a table is looked up."""
    return " ".join(stems_of(text))


def join_stems(texts: Iterable[str]) -> str:
    """Return all stems of several texts as the full-text index takes them."""
    return " ".join(stem for text in texts for stem in stems_of(text) if text)


def trigrams_of(word: str) -> frozenset[str]:
    """Return every three signs in a row of a word, its ends marked by blanks."""
    padded = f"  {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
