"""The rules for the words of a guide: no banned claim, short sentences, easy to read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.guidance.claims import find_banned_claims
from app.guidance.guide_rows import GuideRow
from app.guidance.obstacle import Obstacle
from app.guidance.prose import cells_of, sentences_of, words_in
from app.guidance.reading_grade import reading_grade

HARDEST_GUIDE = 8
HARDEST_CARDS = 6
LONGEST_SENTENCE = 25
Card = Mapping[str, object]


def find_wording_faults(guide: GuideRow, cards: Sequence[Card]) -> list[Obstacle]:
    """List what readers of a guide should not have to read; the cards are those of its warning box."""
    texts = [*published_texts(guide), *card_texts(cards)]
    return [
        *(fault for part, text in texts for fault in find_claim_faults(part, text)),
        *(fault for part, text in texts for fault in _long_sentences(part, text)),
        *_reading_faults(guide, cards),
    ]


def find_claim_faults(part: str, text: str) -> Iterator[Obstacle]:
    """Name every banned claim in a text, and what to write instead."""
    for claim in find_banned_claims(text):
        yield Obstacle(part, f'"{" ".join(claim.words.split())}" is never said. {claim.advice}')


def published_texts(guide: GuideRow) -> Iterator[tuple[str, str]]:
    """Return every text of a guide that somebody reads, with the part it stands in."""
    for part in ("title", "question", "answer", "description", "body", "when_to_see_someone", "written_by"):
        yield part, str(getattr(guide, part))
    yield "reviewed_by", guide.reviewed_by or ""
    for number, claim in enumerate(guide.evidence, start=1):
        yield f"evidence[{number}].about", claim.about
        yield f"evidence[{number}].scope", claim.scope
    for number, link in enumerate(guide.products, start=1):
        yield f"products[{number}].reason", link.reason
    for number, change in enumerate(guide.changes, start=1):
        yield f"changes[{number}].note", change.note


def card_texts(cards: Sequence[Card]) -> Iterator[tuple[str, str]]:
    """Return the words of each warning card, a line for its title, its intro and each sign."""
    for number, card in enumerate(cards, start=1):
        items = card.get("items")
        signs = items if isinstance(items, list) else []
        lines = [card.get("title", ""), card.get("intro", ""), *signs]
        yield f"warning_cards[{number}]", "\n".join(str(line) for line in lines)


def _long_sentences(part: str, text: str) -> Iterable[Obstacle]:
    for sentence in [*sentences_of(text), *cells_of(text)]:
        length = words_in(sentence)
        if length > LONGEST_SENTENCE:
            message = f'"{sentence[:40]}..." has {length} words, and {LONGEST_SENTENCE} are the most'
            yield Obstacle(part, message)


def _reading_faults(guide: GuideRow, cards: Sequence[Card]) -> Iterable[Obstacle]:
    prose = "\n".join([guide.answer, guide.body, guide.when_to_see_someone])
    signs = "\n".join(text for _, text in card_texts(cards))
    for part, text, hardest in (("body", prose, HARDEST_GUIDE), ("warning_cards", signs, HARDEST_CARDS)):
        grade = reading_grade(sentences_of(text))
        if grade > hardest:
            yield Obstacle(part, f"reads at grade {grade:.1f}, and {hardest} is the highest")
