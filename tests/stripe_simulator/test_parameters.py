"""The check of request parameters against the SDK's parameter classes."""

from typing import Any

import pytest
from stripe.params import RefundCreateParams
from stripe.params.checkout import SessionCreateParams

from dev.stripe_simulator.parameters import check_parameters, read_parameters
from tests.stripe_simulator.samples import line, order, shipping


def test_accepts_an_order_as_the_sdk_takes_it() -> None:
    params = order(
        metadata={"order": "7"},
        customer_email="ada@example.com",
        expires_at=1_800_000_000,
        payment_intent_data={"metadata": {"0": "digits"}},
        adaptive_pricing={"enabled": False},
        expand=["line_items"],
    )
    assert check_parameters(params, SessionCreateParams) == []


@pytest.mark.parametrize(
    ("changes", "code", "param"),
    [
        ({"surprise": "1"}, "parameter_unknown", "surprise"),
        ({"api_key": "sk_test_x"}, "parameter_unknown", "api_key"),
        (
            {"payment_method_types": ["card"]},
            "payment_method_types_no_longer_supported",
            "payment_method_types",
        ),
        ({"mode": "gift"}, None, "mode"),
        ({"expires_at": "soon"}, "parameter_invalid_integer", "expires_at"),
        ({"expires_at": True}, "parameter_invalid_integer", "expires_at"),
        ({"expires_at": 1.5}, "parameter_invalid_integer", "expires_at"),
        ({"allow_promotion_codes": "perhaps"}, None, "allow_promotion_codes"),
        ({"line_items": "all"}, None, "line_items"),
        ({"success_url": ["a"]}, None, "success_url"),
        ({"automatic_tax": "yes"}, None, "automatic_tax"),
        ({"automatic_tax": {}}, "parameter_missing", "automatic_tax[enabled]"),
        ({"client_reference_id": ""}, "parameter_invalid_empty", "client_reference_id"),
        ({"metadata": {"a": {"b": "c"}}}, None, "metadata[a]"),
        ({"excluded_payment_method_types": ["shells"]}, None, "excluded_payment_method_types[0]"),
    ],
)
def test_names_the_parameter_that_is_wrong(changes: dict[str, Any], code: str | None, param: str) -> None:
    [problem] = check_parameters(order(**changes), SessionCreateParams)
    assert (problem.code, problem.param) == (code, param)


def test_names_nested_parameters_as_stripe_spells_them() -> None:
    lines = [line(), line()]
    lines[1]["price_data"] |= {"foo": 1, "unit_amount": "ten"}
    del lines[1]["price_data"]["product_data"]["name"]
    option = shipping()
    option["shipping_rate_data"]["type"] = "guess"
    problems = check_parameters(order(line_items=lines, shipping_options=[option]), SessionCreateParams)
    assert {(problem.code, problem.param) for problem in problems} == {
        ("parameter_unknown", "line_items[1][price_data][foo]"),
        ("parameter_invalid_integer", "line_items[1][price_data][unit_amount]"),
        ("parameter_missing", "line_items[1][price_data][product_data][name]"),
        (None, "shipping_options[0][shipping_rate_data][type]"),
    }


def test_reads_the_strings_of_a_form_as_numbers_lists_and_booleans() -> None:
    form = {
        "expires_at": "1800000000",
        "automatic_tax": {"enabled": "false"},
        "line_items": {"0": {"quantity": "2"}, "1": {"quantity": "3"}},
        "metadata": {"0": "zero", "gone": ""},
    }
    values, problems = read_parameters(form, SessionCreateParams)
    assert problems == []
    assert values == {
        "expires_at": 1_800_000_000,
        "automatic_tax": {"enabled": False},
        "line_items": [{"quantity": 2}, {"quantity": 3}],
        "metadata": {"0": "zero"},
    }


def test_accepts_the_empty_value_where_it_unsets() -> None:
    assert check_parameters({"metadata": "", "charge": "ch_1"}, RefundCreateParams) == []


def test_refuses_an_unknown_reason_for_a_refund() -> None:
    [problem] = check_parameters({"charge": "ch_1", "reason": "regret"}, RefundCreateParams)
    assert problem.param == "reason"
