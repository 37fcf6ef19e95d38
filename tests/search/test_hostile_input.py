"""Whatever is typed, the search answers and nothing breaks."""

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.search.queries import search, suggest

NASTY = [
    "'",
    '"',
    '"foam',
    "foam' OR 1=1 --",
    "foam AND",
    "OR",
    "NOT roller",
    "NEAR(foam roller)",
    "title_stems:foam",
    "{title_stems}: foam",
    "foam*",
    "^foam",
    "-foam",
    "foam & | ! roller",
    "foam <-> roller",
    "foam:*A",
    "%",
    "_",
    "%%%%%",
    "\\",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "بألم الظهر",
    "背中の痛み",
    "ﬁt ½ ² roller",
    "(((((((",
    ")",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "\n\t foam \r\n",
    "1e5 0x1f -3.5 10:30 a@b.c /etc/passwd 2026-11-22",
    "45 cm",
    "a",
    "I",
    "the",
    "how do I",
    "foam " * 2000,
    "x" * 10_000,
    "'" * 10_000,
]


@pytest.mark.parametrize("typed", NASTY, ids=range(len(NASTY)))
def test_no_input_breaks_the_page_or_the_suggestions(shop_client: FlaskClient, typed: str) -> None:
    for address in ("/search", "/search/suggestions"):
        assert shop_client.get(address, query_string={"q": typed}).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["", "q", "q=", "q=%ff%fe", "q=a&q=b", "q[]=a", "q=foam&page=abc", "q=foam&page=-1", "q=foam&page=99999"],
)
def test_no_address_breaks_the_page(shop_client: FlaskClient, query: str) -> None:
    assert shop_client.get(f"/search?{query}").status_code == 200
    assert shop_client.get(f"/search/suggestions?{query}").status_code == 200


@pytest.mark.parametrize("address", ["/search?q=%00", "/search/suggestions?q=foam%00roller"])
def test_a_zero_byte_is_refused_as_everywhere_in_the_shop(shop_client: FlaskClient, address: str) -> None:
    assert shop_client.get(address).status_code == 400


def test_what_was_typed_is_shown_as_text(shop_client: FlaskClient) -> None:
    page = shop_client.get("/search", query_string={"q": "<script>alert(1)</script> foam"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_sign_of_a_pattern_is_no_pattern(shop_session: Session) -> None:
    assert search(shop_session, "%").hits == []
    assert search(shop_session, "_______").hits == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.text(max_size=60)
    | st.lists(st.sampled_from(["foam", "heat", "30cm", "1e5", "and", "or", "not", "near", "x9", "0"])).map(
        " ".join
    )
)
def test_both_databases_agree_on_anything(both: list[Session], typed: str) -> None:
    first, second = ([hit.slug for hit in search(session, typed).hits] for session in both)
    assert first == second
    one, other = ([hit.slug for hit in suggest(session, typed)] for session in both)
    assert one == other
