"""The walker over Stripe's API description catches what it is there to catch."""

from urllib.parse import urlencode

import pytest

from tests.payments.openapi_walker import OpenapiWalker

PATH = "/v1/checkout/sessions"
FITTING = {
    "mode": "payment",
    "client_reference_id": "ABCD2345",
    "line_items[0][quantity]": "1",
    "line_items[0][price_data][currency]": "usd",
    "line_items[0][price_data][unit_amount]": "1400",
    "line_items[0][price_data][product_data][name]": "Soft foam roller",
    "automatic_tax[enabled]": "false",
    "metadata[order_code]": "ABCD2345",
    "expires_at": "1790000000",
}


def problems(walker: OpenapiWalker, form: dict[str, str]) -> list[str]:
    return walker.problems("POST", PATH, "", urlencode(form))


def test_finds_nothing_wrong_with_a_fitting_request(stripe_document: OpenapiWalker) -> None:
    assert problems(stripe_document, FITTING) == []


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("line_items[0][price_data][product_data][color]", "teal", "[color]: unknown parameter"),
        ("colour", "teal", "colour: unknown parameter"),
        ("mode", "barter", "mode: 'barter' is none of"),
        ("mode", "", "mode: '' is none of"),
        ("client_reference_id", "x" * 201, "client_reference_id: 201 characters"),
        ("payment_method_types[0]", "card", "payment_method_types_no_longer_supported"),
        ("allowed_payment_method_types[0]", "barter", "allowed_payment_method_types[0]: 'barter' is none of"),
        ("line_items[0][quantity]", "one", "line_items[0][quantity]: 'one' is not a integer"),
        ("line_items[0][price_data][unit_amount]", "14.00", "[unit_amount]: '14.00' is not a integer"),
        ("line_items[0][price_data][currency]", "USD", "[currency]: 'USD' is not a currency"),
        ("automatic_tax[enabled]", "False", "automatic_tax[enabled]: 'False' is not a boolean"),
        ("cancel_url", "", "cancel_url: empty"),
        ("metadata[deep][er]", "1", "metadata[deep]: not a string"),
        ("line_items[5][quantity]", "1", "line_items: not an array"),
        ("adaptive_pricing", "off", "adaptive_pricing: not an object"),
        ("shipping_options[0][shipping_rate_data][type]", "free", "[display_name]: required"),
    ],
)
def test_catches_a_wrong_parameter(
    stripe_document: OpenapiWalker, name: str, value: str, problem: str
) -> None:
    found = problems(stripe_document, {**FITTING, name: value})
    assert any(problem in each for each in found), found


@pytest.mark.parametrize(
    "missing", ["line_items[0][price_data][currency]", "line_items[0][price_data][product_data][name]"]
)
def test_catches_a_missing_parameter(stripe_document: OpenapiWalker, missing: str) -> None:
    form = {name: value for name, value in FITTING.items() if name != missing}
    if missing.endswith("[name]"):
        form[missing.replace("[name]", "[description]")] = "Teal"
    assert problems(stripe_document, form) == [f"{missing}: required"]


@pytest.mark.parametrize(
    ("name", "value"), [("ui_mode", "form"), ("allowed_payment_method_types[0]", "card")]
)
def test_knows_what_the_later_version_added(stripe_document: OpenapiWalker, name: str, value: str) -> None:
    assert problems(stripe_document, {**FITTING, name: value}) == []


@pytest.mark.parametrize(
    ("method", "path", "query", "problem"),
    [
        ("GET", f"{PATH}/cs_test_1", "expand[0]=payment_intent&limit=3", "limit: unknown parameter"),
        ("GET", f"{PATH}/{'x' * 67}", "", "session: 67 characters"),
        ("PUT", PATH, "", "no such operation"),
        ("GET", "/v1/checkouts", "", "no such operation"),
        ("GET", PATH, "limit=many", "limit: 'many' is not a integer"),
    ],
)
def test_catches_a_wrong_address(
    stripe_document: OpenapiWalker, method: str, path: str, query: str, problem: str
) -> None:
    found = stripe_document.problems(method, path, query, "")
    assert any(problem in each for each in found), found


def test_accepts_numbers_only_within_their_limits() -> None:
    schema = {"type": "object", "properties": {"limit": {"type": "integer", "minimum": 1, "maximum": 100}}}
    operation = {
        "post": {"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": schema}}}}
    }
    walker = OpenapiWalker({"/v1/things": operation})
    assert [
        bool(walker.problems("POST", "/v1/things", "", f"limit={each}")) for each in (0, 1, 100, 101)
    ] == [
        True,
        False,
        False,
        True,
    ]
