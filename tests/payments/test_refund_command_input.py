"""Wrong words on the command line of refunds are refused in words, and change nothing."""

import pytest
from click.testing import Result

from tests.payments.baskets import OTHER_SKU, SKU
from tests.payments.books import all_refunds
from tests.payments.till import Sale, Till

WHY = ("--reason", "came back", "--by", "Ida")


def make(till: Till, sale: Sale, *words: str) -> Result:
    return till.app.test_cli_runner().invoke(args=["refunds", "make", sale.code, *words, *WHY])


def refused(answer: Result, message: str = "") -> bool:
    """Whether a command has ended with a message, not with a traceback."""
    is_told = isinstance(answer.exception, SystemExit) and message in answer.output
    return answer.exit_code in (1, 2) and is_told


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Choose one"),
        (("--whole", "--amount", "1"), "Choose one"),
        (("--whole", "--delivery"), "Choose one"),
        (("--amount", "1", "--line", f"{SKU}=1"), "Choose one"),
        (("--amount", "1.005"), "not an amount of money"),
        (("--amount", "ten"), "not an amount of money"),
        (("--amount", "NaN"), "not an amount of money"),
        (("--amount", "0"), "nothing to refund"),
        (("--amount", "-5"), "nothing to refund"),
        (("--amount", "48.39"), "Only $48.38 is left to refund."),
        (("--line", SKU), "is not SKU=UNITS"),
        (("--line", f"{SKU}="), "is not SKU=UNITS"),
        (("--line", f"{SKU}=two"), "is not SKU=UNITS"),
        (("--line", f"{SKU}=-1"), "is not SKU=UNITS"),
        (("--line", f"{OTHER_SKU}=1"), "is not SKU=UNITS"),
        (("--line", f"{SKU}=4"), "only 3 of 3 are left to refund"),
        (("--whole", "--restock", f"{SKU}=4"), "only 3 can go back on the shelf"),
        (("--whole", "--restock", "=1"), "is not SKU=UNITS"),
    ],
)
def test_wrong_input_is_refused_in_words_and_changes_nothing(
    till: Till, words: tuple[str, ...], message: str
) -> None:
    sale = till.sell()
    assert refused(make(till, sale, *words), message)
    assert all_refunds(till.session) == []
    assert till.order(sale).refunded_cents == 0


@pytest.mark.parametrize("number", ["\N{SUPERSCRIPT TWO}", "99999999999999999999"])
def test_a_number_that_no_line_has_is_refused_in_words(till: Till, number: str) -> None:
    sale = till.sell()
    assert refused(make(till, sale, "--line", f"{SKU}={number}"))
    assert all_refunds(till.session) == []


def test_a_line_that_is_named_twice_is_not_silently_counted_once(till: Till) -> None:
    sale = till.sell()
    answer = make(till, sale, "--line", f"{SKU}=1", "--line", f"{SKU}=1")
    units = [line.quantity for row in all_refunds(till.session) for line in row.lines]
    assert refused(answer) or units == [2]
