"""Without a warning sign: four questions, then what the table says, over HTTP."""

import re
from collections.abc import Sequence

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.guidance.finder_answers import Answers, Area, Goal, Situation, Stage
from app.guidance.finder_rows import FinderRow
from app.guidance.models import Grade, Guide, Recommendation
from app.guidance.triage import deciding_answers
from tests.finder.walks import ask, cards_of, form_of, heading_of, main_of, sales_in, slug_of
from tests.storefront.reader import Tags, counted_statements
from tests.telling import say

NOTHING = "You may not need to buy anything"
HEAT = Answers(Area.LOWER_BACK, Stage.ACUTE, Goal.RELIEVE, Situation.NONE)
BANDS = Answers(Area.LOWER_BACK, Stage.CHRONIC, Goal.STRENGTHEN, Situation.NONE)
STAGES_OF_NEW_PAIN = (Stage.ACUTE, Stage.SUBACUTE)


def test_every_row_of_the_table_answers_as_it_says(
    shop_client: FlaskClient,
    shop_session: Session,
    table: Sequence[FinderRow],
    request: pytest.FixtureRequest,
) -> None:
    guides = {guide.slug: guide for guide in shop_session.scalars(select(Guide))}
    walked = 0
    for row, decided in zip(table, deciding_answers(table), strict=True):
        # Each stage that reaches a row, because the words for new pain differ.
        for answers in {answers.stage: answers for answers in decided}.values():
            answer = ask(shop_client, answers)
            assert answer.status_code == 200, row.key
            page = answer.text
            assert row.advice in main_of(page)
            assert f'href="/guides/{row.guide}"' in page
            assert guides[row.guide].title in main_of(page)
            assert len(cards_of(page)) == len(row.products) <= 4
            assert (heading_of(page) == NOTHING) is not bool(row.products)
            assert "not yet been reviewed by a clinician" in main_of(page)
            walked += 1
    assert walked >= len(table)
    say(request.node, f"Finder: {walked} paths through {len(table)} rows walked over HTTP.")


def test_a_page_without_products_holds_no_price_and_leads_to_no_till(
    shop_client: FlaskClient, table: Sequence[FinderRow]
) -> None:
    for row, decided in zip(table, deciding_answers(table), strict=True):
        if not row.products:
            page = ask(shop_client, decided[0]).text
            assert [found for found in sales_in(page) if found.lower() != "buy"] == [], row.key


def test_products_come_with_reason_and_words_by_price_and_lead_to_their_pages(
    shop_client: FlaskClient, shop_session: Session, table: Sequence[FinderRow]
) -> None:
    ties = _ties(shop_session)
    for row, decided in zip(table, deciding_answers(table), strict=True):
        for answers in decided[:3] if row.products else ():
            page = ask(shop_client, answers).text
            cards = cards_of(page)
            shown = {slug_of(card): card for card in cards}
            expected = {ties[row.guide, code].product.slug: ties[row.guide, code] for code in row.products}
            assert shown.keys() == expected.keys()
            prices = [_price(card) for card in cards]
            assert prices == sorted(prices)
            for slug, card in shown.items():
                _check_card(card, expected[slug], answers.stage)
            assert not Tags(page.split("<main")[1]).named("form")
            assert not Tags(page.split("<main")[1]).named("button")


def _check_card(card: str, tie: Recommendation, stage: Stage) -> None:
    words = main_of(f"<main>{card}</main>")
    assert tie.grade is not Grade.AGAINST
    assert tie.product.is_published
    assert tie.reason in words
    assert re.search(r"In stock|Some versions sold out|Sold out", words)
    if tie.basis == "indirect":
        assert not re.search(r"\([ABCD]\)", words)
    if stage in STAGES_OF_NEW_PAIN and tie.product.code.startswith("ST-") and tie.grade in ("A", "B"):
        assert "Keep moving. Exercise aids have not been shown to ease new pain." in words
        assert tie.scope not in words
    else:
        assert tie.scope in words
        assert re.search(r"Not tested|evidence", words)


def _ties(session: Session) -> dict[tuple[str, str], Recommendation]:
    ties = session.scalars(select(Recommendation))
    return {(tie.guide.slug, tie.product.code): tie for tie in ties}


def _price(card: str) -> float:
    found = re.search(r"\$([\d.]+)", card)
    assert found
    return float(found[1])


def test_new_pain_of_6_to_12_weeks_gets_the_fixed_line_in_place_of_a_grade(shop_client: FlaskClient) -> None:
    newer = Answers(Area.HIPS_GLUTES, Stage.SUBACUTE, Goal.STRENGTHEN, Situation.NONE)
    older = Answers(Area.HIPS_GLUTES, Stage.CHRONIC, Goal.STRENGTHEN, Situation.NONE)
    assert main_of(ask(shop_client, newer).text).count("Keep moving. Exercise aids") == 2
    assert "Keep moving. Exercise aids" not in ask(shop_client, older).text


@pytest.mark.parametrize("missing", ["where", "how_long", "goal", "situation"])
@pytest.mark.parametrize("sent", [None, "", "nonsense", "any", "lower-back|upper-back"])
def test_a_missing_answer_is_asked_for_beside_its_question(
    shop_client: FlaskClient, missing: str, sent: str | None
) -> None:
    form = {**form_of(BANDS), missing: sent or ""}
    if sent is None:
        del form[missing]
    answer = shop_client.post("/finder/results", data=form)
    tags = Tags(answer.text)
    assert answer.status_code == 422
    assert answer.text.count("Please choose one answer.") == 2
    [group] = [group for group in tags.named("fieldset") if group["id"] == missing]
    assert f"{missing}-error" in group["aria-describedby"]
    checked = {box["name"]: box["value"] for box in tags.named("input") if "checked" in box}
    assert checked == {name: value for name, value in form.items() if name not in ("signs", missing)}
    assert sales_in(answer.text.replace("to buy", "")) == []


def test_all_missing_answers_are_named_at_once(shop_client: FlaskClient) -> None:
    answer = shop_client.post("/finder/results", data={"signs": "none"})
    assert answer.status_code == 422
    assert answer.text.count("Please choose one answer.") == 8


def test_the_second_page_asks_four_questions_and_runs_no_script(shop_client: FlaskClient) -> None:
    answer = shop_client.post("/finder", data={"no_sign": "none", "country": "us"})
    tags = Tags(answer.text)
    assert answer.status_code == 200
    assert [group["id"] for group in tags.named("fieldset")] == ["where", "how_long", "goal", "situation"]
    kinds = (Area, Stage, Goal, Situation)
    offered = [box["value"] for box in tags.named("input") if box["type"] == "radio"]
    assert offered == [member.value for kind in kinds for member in kind]
    assert not [box for box in tags.named("input") if "checked" in box]
    assert not tags.named("script")


def test_the_address_of_a_result_leads_to_the_beginning(shop_client: FlaskClient) -> None:
    answer = shop_client.get("/finder/results?where=lower-back")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/finder")


def test_a_result_takes_a_fixed_number_of_statements(shop_client: FlaskClient) -> None:
    for answers in (HEAT, BANDS, Answers(Area.PELVIS, Stage.CHRONIC, Goal.RELIEVE, Situation.PREGNANT)):
        with counted_statements() as statements:
            ask(shop_client, answers)
        assert len(statements) == 7, statements


@pytest.mark.parametrize("address", ["/", "/guides", "/cart", "/products"])
def test_the_finder_is_linked_where_people_wonder(shop_client: FlaskClient, address: str) -> None:
    page = shop_client.get(address).text
    main = page.split("<main")[1].split("</main")[0]
    assert 'href="/finder"' in page.split("<footer")[1]
    assert ('href="/finder"' in main) is (address != "/products")
