"""Finds words in a reader's question that may stand for a warning sign."""

import re

# From the warning boxes, in other words too. It is better to show a card too often than once too rarely.
_SIGNS = (
    r"numb\w*|tingl\w*|pins and needles|genitals?|private parts|groin|inner thighs?|saddle",
    r"bladder|bowels?|pee(?:ing|d)?|urin\w*|incontinen\w*",
    r"both (?:of my )?legs|(?:foot|leg) (?:that )?drag\w*|foot drop|paraly\w*|weak\w*",
    r"chest|short(?:ness)? (?:of )?breath|faint\w*|collaps\w*|fevers?|feverish|chills",
    r"cancer|tumou?rs?|accident|fell|crash|bleed\w*|swollen (?:leg|calf|thigh)|blood clot",
)
_NAMED = re.compile(rf"\b(?:{'|'.join(_SIGNS)})\b", re.IGNORECASE)


def names_warning_sign(text: str) -> bool:
    """Say whether a text has a word that people use for a warning sign."""
    return _NAMED.search(" ".join(text.split())) is not None
