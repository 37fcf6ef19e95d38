"""The parts that every guide shares: an answer, a warning box, the advice to ask, and nothing left empty."""

from collections.abc import Iterable, Sequence

from app.guidance.guide_rows import GuideRow
from app.guidance.guide_wording import Card, card_texts, published_texts
from app.guidance.obstacle import Obstacle
from app.guidance.prose import sentences_of
from app.guidance.warning_boxes import CareLevel

ASK_FIRST = (
    "Always ask a licensed physical therapist or your doctor before you start something new, "
    "above all if you have a health condition."
)
NOT_ADVICE = "It is not medical advice."
EMERGENCY_NUMBERS = ("911", "999", "112")


def find_shared_part_faults(guide: GuideRow, cards: Sequence[Card]) -> list[Obstacle]:
    """List the shared parts that a guide lacks; the cards are those of its warning box."""
    return [*_empty_texts(guide), *_answer_faults(guide), *_advice_faults(guide), *_card_faults(cards)]


def _empty_texts(guide: GuideRow) -> Iterable[Obstacle]:
    for part, text in published_texts(guide):
        # A guide that nobody has reviewed says so itself, and its body is asked for elsewhere.
        if not text.strip() and part not in {"reviewed_by", "body"}:
            yield Obstacle(part, "is missing")


def _answer_faults(guide: GuideRow) -> Iterable[Obstacle]:
    if len(sentences_of(guide.answer)) > 1 or (guide.answer and not guide.answer.endswith(".")):
        yield Obstacle("answer", "is not one sentence that ends with a period")


def _advice_faults(guide: GuideRow) -> Iterable[Obstacle]:
    for line in (ASK_FIRST, NOT_ADVICE):
        if line not in " ".join(guide.when_to_see_someone.split()):
            yield Obstacle("when_to_see_someone", f'does not say "{line}"')


def _card_faults(cards: Sequence[Card]) -> Iterable[Obstacle]:
    levels = [card.get("level") for card in cards]
    if CareLevel.EMERGENCY not in levels:
        yield Obstacle("warning_cards", "has no card for an emergency")
    for (part, text), level in zip(card_texts(cards), levels, strict=True):
        if level not in list(CareLevel):
            yield Obstacle(part, f"{level} is no level of care")
        if not all(line.strip() for line in text.split("\n")) or text.count("\n") < 2:
            yield Obstacle(part, "does not say what to do, when, and for which signs")
        missing = [number for number in EMERGENCY_NUMBERS if number not in text.partition("\n")[0]]
        if level == CareLevel.EMERGENCY and missing:
            yield Obstacle(part, f"does not name {', '.join(missing)} in its title")
