"""Guides with one fault each: how it is made, the part that is named, and words of the message."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from app import clock
from app.guidance.models import Basis, Grade, Guide, Role

LONG = "This one sentence " + "goes on and on " * 8 + "until nobody can follow what it says."
HARD = "Superficial thermotherapy facilitates symptomatic amelioration of musculoskeletal discomfort."
Spoil = Callable[[Guide], object]


def change(row: object, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def put(**values: object) -> Spoil:
    return lambda guide: change(guide, values)


def put_in_claim(**values: object) -> Spoil:
    return lambda guide: change(guide.claims[0], values)


def put_in_link(basis: Basis, **values: object) -> Spoil:
    def spoil(guide: Guide) -> None:
        link = next(each for each in guide.recommendations if each.basis is basis)
        change(link, values)

    return spoil


def put_in_card(**values: object) -> Spoil:
    def spoil(guide: Guide) -> None:
        first, *others = guide.warning_cards
        guide.warning_cards = [{**first, **values}, *others]

    return spoil


def add(part: str, words: str) -> Spoil:
    return lambda guide: setattr(guide, part, f"{getattr(guide, part)}\n\n{words}")


TODAY = clock.today()
FAULTS: dict[str, tuple[Spoil, str, str]] = {
    "no title": (put(title=" "), "title", "is missing"),
    "no question": (put(question=""), "question", "is missing"),
    "no answer": (put(answer=""), "answer", "is missing"),
    "two answers": (put(answer="It helps a bit. Or so."), "answer", "is not one sentence"),
    "open answer": (put(answer="It helps a bit"), "answer", "is not one sentence"),
    "no description": (put(description=""), "description", "is missing"),
    "no body": (put(body=""), "", "has no words"),
    "no author": (put(written_by=""), "written_by", "is missing"),
    "no day of review": (put(reviewed_by="A physical therapist"), "reviewed_by", "belong together"),
    "late review": (put(next_review=TODAY + timedelta(days=800)), "next_review", "is not within 12 months"),
    "overdue": (
        put(published_on=TODAY - timedelta(days=300), next_review=TODAY), "next_review", "was due on",
    ),
    "review ahead": (
        put(reviewed_by="A physical therapist", last_reviewed=TODAY + timedelta(days=9)),
        "last_reviewed", "lies ahead",
    ),
    "no cards": (put(warning_cards=[]), "warning_cards", "has no card for an emergency"),
    "no emergency": (
        put(warning_cards=[{"level": "urgent", "title": "Call", "intro": "If", "items": ["pain"]}]),
        "warning_cards", "has no card for an emergency",
    ),
    "no numbers": (put_in_card(title="Call 911 now"), "warning_cards[1]", "does not name 999, 112"),
    "no signs": (put_in_card(items=[]), "warning_cards[1]", "does not say what to do"),
    "odd level": (put_in_card(level="soon"), "warning_cards[1]", "is no level of care"),
    "hard card": (put_in_card(items=[HARD] * 9), "warning_cards", "reads at grade"),
    "card that claims": (put_in_card(intro="It heals."), "warning_cards[1]", '"heals" is never said'),
    "no advice to ask": (
        put(when_to_see_someone="It is not medical advice."),
        "when_to_see_someone", "does not say \"Always ask",
    ),
    "advice": (put(when_to_see_someone="See a doctor."), "when_to_see_someone", "not medical advice"),
    "no changes": (put(changes=[]), "changes", "is missing"),
    "empty change": (lambda guide: setattr(guide.changes[0], "note", ""), "changes[1].note", "is missing"),
    "hard body": (put(body="\n\n".join([HARD] * 5)), "body", "reads at grade"),
    "long sentence": (add("body", LONG), "body", "25 are the most"),
    "long cell": (add("body", f"| A |\n| --- |\n| {LONG} |"), "body", "25 are the most"),
    "claim in title": (put(title="Heat cures pain"), "title", '"cures" is never said'),
    "claim in question": (put(question="Why is it proven?"), "question", '"proven" is never said'),
    "claim in answer": (put(answer="Heat heals."), "answer", '"heals" is never said'),
    "claim in description": (put(description="Relief guaranteed."), "description", "is never said"),
    "claim in body": (add("body", "Doctor recommended."), "body", "is never said"),
    "claim in advice": (
        add("when_to_see_someone", "It is risk-free."), "when_to_see_someone", "is never said",
    ),
    "claim in change": (
        lambda guide: setattr(guide.changes[0], "note", "Now it cures."), "changes[1].note", "cures",
    ),
    "claim in evidence": (
        put_in_claim(about="Healing wraps"), "evidence[1].about", '"Healing" is never said',
    ),
    "claim in scope": (put_in_claim(scope="It prevents back pain."), "evidence[1].scope", "is never said"),
    "claim in reason": (put_in_link(Basis.DIRECT, reason="FDA approved."), "reason", "is never said"),
    "no scope": (put_in_claim(scope=" "), "evidence[1].scope", "is missing"),
    "no source of a claim": (
        lambda guide: guide.claims[0].sources.clear(), "evidence[1].sources", "without a source",
    ),
    "source of a claim alone": (
        lambda guide: guide.sources.remove(guide.sources[0]),
        "evidence[1].sources", "is not among the sources",
    ),
    "no sources": (lambda guide: guide.sources.clear(), "sources", "is missing"),
    "role too kind": (
        put_in_claim(role=Role.HELPS), "evidence[1].role", "helps does not go with the grade B",
    ),
    "tie too kind": (
        put_in_link(Basis.INDIRECT, role=Role.HELPS), "role", "helps does not go with the grade",
    ),
    "tie without advice": (
        put_in_link(Basis.INDIRECT, grade=Grade.AGAINST), "role", "so its role is against",
    ),
    "grades differ": (put_in_link(Basis.INDIRECT, grade=Grade.A), "claim", "is graded"),
    "no scope of a tie": (put_in_link(Basis.INDIRECT, scope=""), "scope", "never stands without its scope"),
    "letter in reason": (
        put_in_link(Basis.INDIRECT, reason="Some evidence (B)."), "reason", '"(B)" is a letter',
    ),
    "rated in reason": (
        put_in_link(Basis.INDIRECT, reason="Warm, rated B."), "reason", '"rated B" is a letter',
    ),
    "letter in scope": (
        put_in_link(Basis.INDIRECT, scope="Grade C for heat."), "reason", '"Grade C" is a letter',
    ),
    "safety page that sells": (put(page_type="safety"), "products", "names no products"),
}  # fmt: skip
