"""Reads the head of a page as search engines and link previews do."""

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from flask.testing import FlaskClient

from tests.storefront.reader import Tags, read

BASE = "http://127.0.0.1:8000"
DATA_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@dataclass(frozen=True)
class Head:
    """What a page says of itself; blocks of JSON-LD in their order."""

    title: str
    meta: dict[str, str]
    canonical: str | None
    blocks: list[dict[str, Any]]

    def block(self, kind: str) -> dict[str, Any]:
        """Return the one block of a kind."""
        [found] = [block for block in self.blocks if block["@type"] == kind]
        return found

    @property
    def is_kept_out(self) -> bool:
        return "noindex" in self.meta.get("robots", "")


def head_of(page: str) -> Head:
    tags = Tags(page)
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title
    canonicals = [link["href"] for link in tags.named("link") if link.get("rel") == "canonical"]
    assert len(canonicals) <= 1
    return Head(
        unescape(title[1]),
        {tag.get("name") or tag.get("property", ""): tag.get("content", "") for tag in tags.named("meta")},
        canonicals[0] if canonicals else None,
        [json.loads(block) for block in DATA_BLOCK.findall(page)],
    )


def read_head(client: FlaskClient, address: str) -> Head:
    return head_of(read(client, address))


def variants_in(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the products with an offer in a block about a product."""
    return list(block.get("hasVariant", [block]))


def texts_in(value: object) -> list[str]:
    """Return every text in a block of data that is not an address."""
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts_in(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts_in(each)]
    return [value] if isinstance(value, str) and not value.startswith(("http", "#")) else []
