"""How far two words are apart, counted in slips of the fingers."""

from collections.abc import Collection, Mapping

LONG = 8


def nearest(word: str, candidates: Mapping[str, int], urgent: Collection[str] = ()) -> str | None:
    """Return the candidate that a word was most probably meant to be; `candidates` counts their uses.

    A short word may hold one slip, a word of 8 letters or more two. Among equals an urgent word is meant.
    """
    allowed = 1 if len(word) < LONG else 2
    near = [
        (slips, other not in urgent, other[0] != word[0], -uses, other)
        for other, uses in candidates.items()
        if (slips := slips_between(word, other, allowed)) <= allowed
    ]
    return min(near)[-1] if near else None


def slips_between(one: str, other: str, most: int) -> int:
    """Count the letters that are wrong, missing, too many or swapped; more than `most` are not counted on."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    line = list(range(len(other) + 1))
    for row, sign in enumerate(one, start=1):
        last, before, line = before, line, [row]
        for column, other_sign in enumerate(other, start=1):
            cost = min(line[-1] + 1, before[column] + 1, before[column - 1] + (sign != other_sign))
            if _is_swap(one, other, row, column):
                cost = min(cost, last[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
    return line[-1]


def _is_swap(one: str, other: str, row: int, column: int) -> bool:
    return row > 1 and column > 1 and one[row - 1] == other[column - 2] and one[row - 2] == other[column - 1]
