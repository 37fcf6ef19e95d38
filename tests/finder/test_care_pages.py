"""A warning sign ends the finder: care advice by urgency and country, and nothing for sale."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.guidance.care_advice import Country, Sign, Urgency, country_of, find_urgencies, group_signs
from app.guidance.queries import find_guide
from tests.finder.walks import heading_of, main_of, sales_in
from tests.storefront.reader import Tags, read
from tests.telling import say

HEADINGS = {
    Urgency.EMERGENCY: "Call {} or go to an emergency department now",
    Urgency.PREGNANCY: "Call your midwife or maternity unit now",
    Urgency.URGENT: "Ask for a medical appointment today or tomorrow",
}
NUMBERS = {
    Country.US: "911",
    Country.UK: "999",
    Country.EU: "112",
    Country.ELSEWHERE: "your local emergency number",
}


@pytest.fixture
def signs(shop_session: Session) -> dict[Urgency, list[Sign]]:
    guide = find_guide(shop_session, "back-pain-warning-signs")
    assert guide is not None
    return group_signs(guide.warning_cards)


def test_the_signs_are_those_of_the_warning_guide_in_its_order(
    shop_client: FlaskClient, signs: dict[Urgency, list[Sign]]
) -> None:
    assert {urgency: len(group) for urgency, group in signs.items()} == {
        Urgency.EMERGENCY: 11,
        Urgency.PREGNANCY: 8,
        Urgency.URGENT: 14,
    }
    page = read(shop_client, "/finder")
    offered = [box["value"] for box in Tags(page).named("input") if box["name"] == "sign"]
    assert offered == [sign.key for group in signs.values() for sign in group]
    main = main_of(page)
    places = [main.index(sign.words) for group in signs.values() for sign in group]
    assert places == sorted(places)


def test_the_first_page_asks_by_groups_and_sells_nothing(shop_client: FlaskClient) -> None:
    page = read(shop_client, "/finder")
    tags = Tags(page)
    assert len(tags.named("fieldset")) == len(tags.named("legend")) == 5
    assert sales_in(page) == []
    assert not tags.named("script")
    checked = [box["value"] for box in tags.named("input") if "checked" in box]
    assert checked == ["us"]


@pytest.mark.parametrize("urgency", Urgency)
def test_every_single_sign_ends_in_care_advice(
    shop_client: FlaskClient,
    signs: dict[Urgency, list[Sign]],
    urgency: Urgency,
    request: pytest.FixtureRequest,
) -> None:
    for sign in signs[urgency]:
        answer = shop_client.post("/finder", data={"sign": sign.key, "country": "us"})
        assert answer.status_code == 200
        assert heading_of(answer.text) == HEADINGS[urgency].format("911")
        assert sales_in(answer.text) == []
        assert sign.words not in main_of(answer.text)
        assert sign.key not in answer.text
        assert not Tags(answer.text).named("form")
        assert not Tags(answer.text).named("script")
    say(request.node, f"Finder: {len(signs[urgency])} signs of the card {urgency} end in care advice.")


@pytest.mark.parametrize("urgency", Urgency)
@pytest.mark.parametrize("country", Country)
def test_the_advice_fits_the_country(shop_client: FlaskClient, urgency: Urgency, country: Country) -> None:
    page = shop_client.post("/finder", data={"sign": f"{urgency}-1", "country": country}).text
    assert heading_of(page) == HEADINGS[urgency].format(NUMBERS[country])
    assert NUMBERS[country] in main_of(page)
    assert sales_in(page) == []
    others = {number for number in NUMBERS.values() if number.isdigit()} - {NUMBERS[country]}
    if country is not Country.ELSEWHERE:
        assert not [number for number in others if number in main_of(page)]
    calls = [link["href"] for link in Tags(page).named("a") if link["href"].startswith("tel:")]
    expected = urgency is Urgency.EMERGENCY and country is not Country.ELSEWHERE
    assert calls == ([f"tel:{NUMBERS[country]}"] if expected else [])
    assert "What to say" in main_of(page)


@pytest.mark.parametrize("country", ["", "nowhere", "US", "🇬🇧"])
def test_a_country_nobody_knows_keeps_nobody_from_advice(shop_client: FlaskClient, country: str) -> None:
    page = shop_client.post("/finder", data={"sign": "emergency-1", "country": country}).text
    assert "Call your local emergency number" in heading_of(page)
    assert all(number in main_of(page) for number in ("911", "999", "112"))


def test_the_most_urgent_sign_decides_and_all_groups_are_answered(shop_client: FlaskClient) -> None:
    page = shop_client.post(
        "/finder", data={"sign": ["urgent-1", "pregnancy-1", "emergency-2"], "country": "uk"}
    ).text
    assert heading_of(page) == HEADINGS[Urgency.EMERGENCY].format("999")
    main = main_of(page)
    assert (
        main.index("Emergency: get help now")
        < main.index("Pregnancy: call now")
        < main.index("Urgent: be seen")
    )
    assert sales_in(page) == []


def test_a_sign_counts_even_beside_none_of_these(shop_client: FlaskClient) -> None:
    page = shop_client.post("/finder", data={"sign": "urgent-2", "no_sign": "none", "country": "eu"}).text
    assert heading_of(page) == HEADINGS[Urgency.URGENT]


def test_a_sign_that_left_the_list_meanwhile_still_counts(shop_client: FlaskClient) -> None:
    page = shop_client.post("/finder", data={"sign": "pregnancy-99", "country": "us"}).text
    assert heading_of(page) == HEADINGS[Urgency.PREGNANCY]


@pytest.mark.parametrize(
    "form", [{}, {"country": "eu"}, {"sign": "x", "no_sign": "none"}, {"no_sign": "yes"}]
)
def test_without_a_clear_answer_the_signs_are_asked_again(
    shop_client: FlaskClient, form: dict[str, str]
) -> None:
    answer = shop_client.post("/finder", data=form)
    tags = Tags(answer.text)
    assert answer.status_code == 422
    assert answer.text.count("Please tick every sign") == 2
    [none] = [box for box in tags.named("input") if box["name"] == "no_sign"]
    assert none["aria-describedby"] == "no_sign-error"
    assert [box["value"] for box in tags.named("input") if "checked" in box] == [
        form.get("country", "elsewhere")
    ]


def test_no_results_without_the_warning_signs(shop_client: FlaskClient) -> None:
    form = {"where": "lower-back", "how_long": "acute", "goal": "relieve", "situation": "none"}
    for sent in (form, {**form, "signs": "emergency-1"}):
        answer = shop_client.post("/finder/results", data=sent)
        assert answer.status_code == 422
        assert heading_of(answer.text) == "First, the warning signs"
        assert "Please tick every sign" in answer.text
        assert sales_in(answer.text) == []


def test_urgencies_come_the_most_urgent_first() -> None:
    assert find_urgencies(["urgent-1", "none", "", "emergency-x", "urgent-3"]) == [
        Urgency.EMERGENCY,
        Urgency.URGENT,
    ]


@pytest.mark.parametrize(
    ("code", "country"),
    [
        ("US", Country.US),
        ("GB", Country.UK),
        ("DE", Country.EU),
        ("IE", Country.EU),
        ("CA", Country.ELSEWHERE),
    ],
)
def test_the_shop_s_country_is_the_first_choice(code: str, country: Country) -> None:
    assert country_of(code) is country
