"""Reads pages of the shop as a browser without scripts does."""

from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, event


class Tags(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.found if name == tag]

    def having(self, attribute: str) -> list[dict[str, str]]:
        return [attributes for _, attributes in self.found if attribute in attributes]


def read(client: FlaskClient, address: str) -> str:
    """Return a page that must be there."""
    response = client.get(address)
    assert response.status_code == 200, address
    return response.get_data(as_text=True)


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """Every statement that any database runs meanwhile."""
    statements: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
