"""Visits every page of the shop that links lead to, and notes what stands in its HTML."""

import re
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.storefront.reader import Tags

ADDRESSES = (
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "cite",
    "manifest",
    "ping",
    "background",
)
SOURCE_SETS = ("srcset", "imagesrcset")
LEAVE_ALONE = ("mailto:", "#")


@dataclass(frozen=True)
class Reference:
    """An absolute address in a page, and in which tag and attribute it stands."""

    tag: str
    attribute: str
    address: str


@dataclass
class Crawl:
    """The answers of every own address that was found, and what the pages among them hold."""

    base: str
    answers: dict[str, TestResponse] = field(default_factory=dict)
    found_on: dict[str, str] = field(default_factory=dict)
    references: dict[str, list[Reference]] = field(default_factory=dict)
    inline_code: dict[str, list[str]] = field(default_factory=dict)
    media: set[str] = field(default_factory=set)

    @property
    def pages(self) -> dict[str, str]:
        """The text of every HTML page."""
        return {address: self.answers[address].text for address in self.references}

    def is_own(self, reference: Reference) -> bool:
        """Whether an address leads to the shop itself."""
        return urlsplit(reference.address).netloc == urlsplit(self.base).netloc

    def visit(self, client: FlaskClient, address: str) -> list[str]:
        """Read one address; returns the own addresses that it leads to for the first time."""
        answer = self.answers[address] = client.get(address, buffered=True)
        if answer.mimetype != "text/html":
            return []
        tags = Tags(answer.text)
        self.inline_code[address] = inline_code(answer.text, tags)
        found = self.references[address] = references(tags, self.base + address)
        own = {
            each.address.removeprefix(self.base) for each in found if self.is_own(each) and each.tag != "form"
        }
        # Pictures are rendered from the seed folder and not in tests: their names are judged instead.
        self.media |= {path for path in own if path.startswith("/media/")}
        new = sorted(own - self.media - self.found_on.keys())
        self.found_on.update(dict.fromkeys(new, address))
        return new


def crawl(client: FlaskClient, base: str) -> Crawl:
    """Follow every link, script and style from the home page on; nothing is sent."""
    crawl = Crawl(base, found_on={"/": "the beginning"})
    waiting = ["/"]
    while waiting:
        waiting += crawl.visit(client, waiting.pop())
    return crawl


def references(tags: Tags, address: str) -> list[Reference]:
    """Return every address that a page names, absolute and without its fragment."""
    return [
        Reference(tag, name, urldefrag(urljoin(address, each)).url)
        for tag, attributes in tags.found
        for name, value in attributes.items()
        for each in _addresses(name, value)
        if not each.startswith(LEAVE_ALONE)
    ]


def _addresses(attribute: str, value: str) -> list[str]:
    if attribute in SOURCE_SETS:
        return [part.split()[0] for part in value.split(",") if part.strip()]
    return [value] if attribute in ADDRESSES else []


def inline_code(page: str, tags: Tags | None = None) -> list[str]:
    """Name whatever a strict security policy would refuse to run or to apply."""
    tags = tags or Tags(page)
    faults = [
        f"<{tag} {name}>"
        for tag, attributes in tags.found
        for name in attributes
        if name == "style" or name.startswith("on")
    ]
    faults += ["<style>" for _ in tags.named("style")]
    faults += [
        "<script> without src"
        for script in tags.named("script")
        # A block of data is not run.
        if "src" not in script and script.get("type") != "application/ld+json"
    ]
    faults += [f"<meta {meta['http-equiv']}>" for meta in tags.named("meta") if "http-equiv" in meta]
    return faults + re.findall(r"""["']\s*javascript:[^"']*""", page, re.IGNORECASE)
