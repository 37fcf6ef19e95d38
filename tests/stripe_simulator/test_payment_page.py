"""The hosted payment page: its form, its messages and its ends."""

from html.parser import HTMLParser

import pytest

from tests.stripe_simulator.samples import ASKS_FOR_AUTHENTICATION, card_form, line, order
from tests.stripe_simulator.simulator_process import SimulatorProcess


@pytest.mark.parametrize("number", ["4111111111111111", "4242424242424241", "abc", ""])
def test_refuses_every_other_number_and_keeps_what_was_typed_except_card_data(
    running: SimulatorProcess, number: str
) -> None:
    session = running.new_session(order())
    answer = running.submit(session, card_form(number, cvc="987", name='Ada "B" <i>'))
    assert answer.status_code == 422
    assert ("Your card number is invalid." if number else "Enter your card number.") in answer.text
    assert "ada@example.com" in answer.text
    assert "12 / 34" in answer.text
    assert "Ada &#34;B&#34; &lt;i&gt;" in answer.text
    assert "987" not in answer.text
    assert not number or f'value="{number}"' not in answer.text
    assert running.session(session.id).status == "open"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", ""),
        ("email", "ada@example"),
        ("name", " "),
        ("cvc", "12"),
        ("cvc", "12a"),
        ("expiry", ""),
        ("expiry", "13 / 34"),
        ("expiry", "01 / 20"),
        ("expiry", "soon"),
    ],
)
def test_shows_what_is_wrong_beside_its_field(running: SimulatorProcess, field: str, typed: str) -> None:
    session = running.new_session(order())
    answer = running.submit(session, card_form(**{field: typed}))
    assert (answer.status_code, f'id="{field}-error"' in answer.text) == (422, True)
    assert f'href="#{field}"' in answer.text
    assert running.session(session.id).status == "open"


@pytest.mark.parametrize("typed", ["12/34", "12 / 2034", "1234", "9/34", "09-34"])
def test_reads_expiration_dates_as_people_write_them(running: SimulatorProcess, typed: str) -> None:
    assert running.submit(running.new_session(order()), card_form(expiry=typed)).status_code == 303


class Outline(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def values(self, tag: str, attribute: str) -> list[str | None]:
        return [attributes.get(attribute) for name, attributes in self.tags if name == tag]


def test_the_page_shows_lines_totals_and_the_way_back(running: SimulatorProcess) -> None:
    session = running.new_session(order(line_items=[line(1250, 2), line(700, 1, "Ball <b>")]))
    page = running.web.get(str(session.url), timeout=10)
    for text in (
        "Foam roller",
        "Ball &lt;b&gt;",
        "$25.00",
        "$7.00",
        "$4.95",
        "$32.00",
        "Pay $36.95",
        "Back to the shop",
    ):
        assert text in page.text
    assert "http://127.0.0.1:9/cart" in Outline(page.text).values("a", "href")


def test_the_page_is_accessible_and_runs_no_script(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    for page in (running.web.get(str(session.url), timeout=10), running.submit(session, card_form("1"))):
        outline = Outline(page.text)
        labels = set(outline.values("label", "for"))
        inputs = {attributes["id"] for tag, attributes in outline.tags if tag == "input"}
        assert inputs == labels == {"email", "card_number", "expiry", "cvc", "name"}
        assert len(outline.values("main", "class")) == len(outline.values("h1", "class")) == 1
        assert outline.values("html", "lang") == ["en"]
        assert outline.values("script", "src") == outline.values("style", "type") == []
        assert "Simulation: no real card is charged" in page.text
        ids = outline.values("p", "id")
        described = [text for text in outline.values("input", "aria-describedby") if text]
        assert all(name in ids for text in described for name in text.split())


def test_the_policy_lets_the_form_lead_to_the_shop_and_nothing_else(running: SimulatorProcess) -> None:
    page = running.web.get(str(running.new_session(order()).url), timeout=10)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("form-action 'self' http://127.0.0.1:9")
    assert page.headers["Cache-Control"] == "no-store"


def test_a_paid_session_says_so_and_leads_back(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    running.submit(session)
    page = running.web.get(str(session.url), timeout=10)
    assert "This order is already paid" in page.text
    assert f"http://127.0.0.1:9/checkout/return?session_id={session.id}" in page.text


def test_an_expired_session_takes_no_payment_and_leads_back(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    running.submit(session, card_form(ASKS_FOR_AUTHENTICATION))
    running.client.v1.checkout.sessions.expire(session.id)
    for answer in (
        running.web.get(str(session.url), timeout=10),
        running.submit(session),
        running.web.post(f"{session.url}/authenticate", data={"result": "complete"}, timeout=10),
    ):
        assert "This payment page has expired" in answer.text
        assert 'href="http://127.0.0.1:9/cart"' in answer.text
    assert running.session(session.id).payment_status == "unpaid"


def test_an_unknown_session_has_no_page(running: SimulatorProcess) -> None:
    page = running.web.get(f"{running.base}/pay/cs_test_unknown", timeout=10)
    assert (page.status_code, "Simulation: no real card is charged" in page.text) == (404, True)


def test_the_merchants_email_cannot_be_changed(running: SimulatorProcess) -> None:
    session = running.new_session(order(customer_email="shop@example.com"))
    assert 'value="shop@example.com"' in running.web.get(str(session.url), timeout=10).text
    running.submit(session, card_form(email="other@example.com"))
    details = running.session(session.id).customer_details
    assert details is not None
    assert details.email == "shop@example.com"


def test_refuses_forms_that_another_site_sends(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    answer = running.web.post(
        str(session.url), data=card_form(), headers={"Sec-Fetch-Site": "cross-site"}, timeout=10
    )
    assert (answer.status_code, running.session(session.id).status) == (403, "open")
