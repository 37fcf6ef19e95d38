"""The table as it is shipped: every combination of answers, without a server."""

from collections import Counter
from collections.abc import Sequence

import pytest

from app.guidance.finder_answers import Answers, Area, Goal, Situation, Stage, all_answers
from app.guidance.finder_rows import FinderRow
from app.guidance.finder_rules import MOST_PRODUCTS, find_finder_faults
from app.guidance.models import Grade
from app.guidance.triage import NoRuleFits, decide, deciding_answers, fits
from app.jobs.seed import ShopSeed
from tests.guidance_text.plain_prose import reading_grade, sentences_of, words_in
from tests.telling import say

NO_GUIDE_OF_THE_TABLE = "back-pain-warning-signs"


def test_every_combination_of_answers_has_one_outcome(
    table: Sequence[FinderRow], request: pytest.FixtureRequest
) -> None:
    outcomes = Counter(decide(table, answers).key for answers in all_answers())
    expected = len(Area) * len(Stage) * len(Goal) * len(Situation)
    assert outcomes.total() == expected == 1260
    assert outcomes.keys() == {row.key for row in table}
    selling = sum(count for key, count in outcomes.items() if _row(table, key).products)
    say(
        request.node,
        f"Finder: {outcomes.total()} combinations of answers end in {len(outcomes)} rows; {selling} of them "
        f"name products, {outcomes.total() - selling} say that nothing need be bought.",
    )
    for line in _lines(table):
        say(request.node, line)


def _lines(table: Sequence[FinderRow]) -> list[str]:
    return [
        f"  {row.key}: {len(answers)} combinations -> {row.guide}, {', '.join(row.products) or 'no product'}"
        for row, answers in zip(table, deciding_answers(table), strict=True)
    ]


def _row(table: Sequence[FinderRow], key: str) -> FinderRow:
    return next(row for row in table if row.key == key)


def test_an_earlier_row_wins(table: Sequence[FinderRow]) -> None:
    for answers in all_answers():
        decided = decide(table, answers)
        assert not any(fits(row, answers) for row in table[: list(table).index(decided)])


def test_a_table_with_a_hole_says_so_without_the_answers(table: Sequence[FinderRow]) -> None:
    answers = Answers(Area.SEVERAL, Stage.ACUTE, Goal.RELIEVE, Situation.NONE)
    with pytest.raises(NoRuleFits) as caught:
        decide(table[:-1], answers)
    assert str(caught.value) == ""


def test_the_table_keeps_its_own_rules(shop_seed: ShopSeed) -> None:
    table = shop_seed.guidance.finder.rows
    assert len(table) > 40
    assert find_finder_faults(table, shop_seed.guidance.guides, shop_seed.catalog.products) == []


def test_the_table_leads_to_every_guide_but_the_warning_signs(shop_seed: ShopSeed) -> None:
    slugs = {guide.slug for guide in shop_seed.guidance.guides}
    assert len(slugs) == 18
    assert {row.guide for row in shop_seed.guidance.finder.rows} == slugs - {NO_GUIDE_OF_THE_TABLE}


def test_nothing_is_suggested_in_pregnancy(table: Sequence[FinderRow]) -> None:
    for answers in _all(situation=Situation.PREGNANT):
        row = decide(table, answers)
        assert (row.guide, row.products) == ("back-pain-in-pregnancy", ())


def test_nothing_is_suggested_to_somebody_who_is_not_getting_better(table: Sequence[FinderRow]) -> None:
    for answers in _all(situation=Situation.NOT_EASING):
        assert decide(table, answers).products == ()


def test_a_thing_is_suggested_only_to_somebody_who_asks_for_one(table: Sequence[FinderRow]) -> None:
    for answers in all_answers():
        if answers.goal in (Goal.UNDERSTAND, Goal.SUPPORT):
            assert decide(table, answers).products == ()


def test_leg_pain_gets_at_most_the_three_things_of_its_guide(table: Sequence[FinderRow]) -> None:
    for answers in all_answers():
        if answers.area is Area.DOWN_THE_LEG:
            assert set(decide(table, answers).products) <= {"ST-LAP", "ST-FLT", "ST-MAT"}


def test_exercise_aids_are_not_suggested_for_new_pain(table: Sequence[FinderRow]) -> None:
    for answers in all_answers():
        if answers.stage is Stage.ACUTE and answers.goal is Goal.STRENGTHEN:
            assert decide(table, answers).products == ()


def test_heat_is_suggested_only_for_pain_under_12_weeks(table: Sequence[FinderRow]) -> None:
    for answers in all_answers():
        if any(code.startswith("HC-") for code in decide(table, answers).products):
            assert answers.stage in (Stage.ACUTE, Stage.SUBACUTE)
            assert answers.goal is Goal.RELIEVE


def test_products_are_few_and_meant_for_the_goal_and_the_place(shop_seed: ShopSeed) -> None:
    products = {product.code: product for product in shop_seed.catalog.products}
    tables = shop_seed.guidance.finder.rows
    for row, decided in zip(tables, deciding_answers(tables), strict=True):
        assert len(row.products) <= MOST_PRODUCTS
        for code in row.products:
            tags = {str(axis): set(values) for axis, values in products[code].tags.items()}
            assert products[code].evidence_grade != Grade.AGAINST
            assert {answers.goal.value for answers in decided} <= _tags(tags, "goal"), (row.key, code)
            areas = {answers.area for answers in decided} - {Area.SEVERAL, Area.DOWN_THE_LEG}
            where = _tags(tags, "body")
            assert "whole-body" in where or {area.value for area in areas} <= where, (row.key, code)


def _tags(tags: dict[str, set[str]], axis: str) -> set[str]:
    return next(values for name, values in tags.items() if name.startswith(axis))


def test_the_advice_is_short_and_plain(table: Sequence[FinderRow]) -> None:
    for row in table:
        sentences = sentences_of(row.advice)
        assert len(sentences) <= 4, row.key
        assert max(map(words_in, sentences)) <= 25, row.key
        assert row.advice.endswith(".")
    assert reading_grade([each for row in table for each in sentences_of(row.advice)]) <= 8


def test_advice_about_heat_names_the_medicine_patch(table: Sequence[FinderRow]) -> None:
    heat = [row for row in table if any(code.startswith("HC-") for code in row.products)]
    assert heat
    assert [row.key for row in heat if "medicine patch" not in row.advice] == []


def _all(situation: Situation) -> list[Answers]:
    return [answers for answers in all_answers() if answers.situation is situation]
