"""Finds the letter of a grade in a text, where a product that was not studied itself must show none."""

import re

# "(A)", "grade B", "rated C", "a D rating", "A-grade"; never the article in "a grade" or a vitamin.
_LETTER = re.compile(
    r"\((?-i:[A-D])\)"
    r"|\b(?:grade[ds]?|rated|rating|evidence|scored|scores)\s*(?:[:=]|of|as|is|an?)?\s*(?-i:[A-D])\b"
    r"|\b(?-i:[A-D])(?:[- ](?:grade[ds]?|rated|rating|badge))\b",
    re.IGNORECASE,
)


def find_grade_letters(text: str) -> list[str]:
    """List the words of a text that show the letter of a grade, such as "(A)" or "rated B"."""
    return [match.group() for match in _LETTER.finditer(text)]
