"""The two forms of the finder, read from what a browser sends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from werkzeug.datastructures import MultiDict

from app.guidance.care_advice import Country, Urgency, find_urgencies
from app.guidance.finder_answers import Answers, Area, Goal, Situation, Stage

NO_SIGN = "none"
SIGNS_FIELD = "signs"
UNANSWERED = 'Please tick every sign that you have, or "None of these" below the signs.'
NOT_CHOSEN = "Please choose one answer."


@dataclass(frozen=True)
class Question:
    """One question with its answers as people read them; `kind` is what they may send."""

    name: str
    legend: str
    kind: type[StrEnum]
    words: Mapping[StrEnum, str]
    hint: str = ""


QUESTIONS = (
    Question(
        "where",
        "Where is it?",
        Area,
        {
            Area.LOWER_BACK: "Lower back",
            Area.UPPER_BACK: "Upper back",
            Area.NECK_SHOULDERS: "Neck and shoulders",
            Area.HIPS_GLUTES: "Hips and buttocks",
            Area.PELVIS: "Pelvis",
            Area.DOWN_THE_LEG: "It runs down one leg",
            Area.SEVERAL: "Several places, or all over",
        },
        "Where it hurts most, or what you want to work on.",
    ),
    Question(
        "how_long",
        "How long has it lasted this time?",
        Stage,
        {
            Stage.ACUTE: "Under 6 weeks",
            Stage.SUBACUTE: "6 to 12 weeks",
            Stage.CHRONIC: "Over 12 weeks",
            Stage.PREVENTION: "I have no pain now",
        },
    ),
    Question(
        "goal",
        "What do you want to do?",
        Goal,
        {
            Goal.RELIEVE: "Ease the pain",
            Goal.LOOSEN: "Loosen up",
            Goal.STRENGTHEN: "Build strength",
            Goal.SUPPORT: "Support my back, or someone suggested a brace",
            Goal.UNDERSTAND: "Understand it",
        },
    ),
    Question(
        "situation",
        "Does one of these fit you?",
        Situation,
        {
            Situation.PREGNANT: "I am pregnant",
            Situation.NOT_EASING: "It is not easing, or it keeps me from work or daily life",
            Situation.FLARE_UP: "It came back after a better time",
            Situation.DESK: "I spend my days at a desk",
            Situation.LIFTING: "I lift or carry a lot",
            Situation.SLEEP: "I want to sleep better with it",
            Situation.SPORT: "I want to get back to sport",
            Situation.NEEDLING: "I am thinking about dry needling",
            Situation.NONE: "None of these",
        },
        "Choose the first one that fits.",
    ),
)


@dataclass(frozen=True, repr=False)
class SignsForm:
    """The warning signs that somebody has ticked."""

    country: Country
    ticked: frozenset[str] = frozenset()
    has_none: bool = False
    error: str = ""

    @classmethod
    def read(cls, form: "MultiDict[str, str]") -> "SignsForm":
        """Read what was sent; a country that is missing or unknown must not keep anybody from advice."""
        country = form.get("country", "")
        return cls(
            Country(country) if country in list(Country) else Country.ELSEWHERE,
            frozenset(form.getlist("sign")),
            form.get("no_sign") == NO_SIGN,
        )

    @property
    def urgencies(self) -> list[Urgency]:
        """How urgent the ticked signs are; a sign beside "None of these" counts, because that is safer."""
        return find_urgencies(self.ticked)


@dataclass(frozen=True, repr=False)
class QuestionsForm:
    """The answers to the four questions, as far as they are given."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    answers: Answers | None = None

    @classmethod
    def read(cls, form: "MultiDict[str, str]") -> "QuestionsForm":
        """Read what was sent; `answers` are there when every question has one."""
        sent = {question.name: form.get(question.name, "") for question in QUESTIONS}
        chosen = {each.name: sent[each.name] for each in QUESTIONS if sent[each.name] in list(each.kind)}
        errors = {each.name: NOT_CHOSEN for each in QUESTIONS if each.name not in chosen}
        return cls(chosen, errors, None if errors else _answers(chosen))


def _answers(chosen: Mapping[str, str]) -> Answers:
    return Answers(
        Area(chosen["where"]),
        Stage(chosen["how_long"]),
        Goal(chosen["goal"]),
        Situation(chosen["situation"]),
    )
