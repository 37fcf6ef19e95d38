"""Turns the Markdown of a guide into safe HTML with a list of its headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

# The page has headings of its own under these names, and an id stands once on a page.
TAKEN = frozenset(
    {
        *("main", "site-nav", "contents", "contents-short", "text", "evidence", "products", "see-someone"),
        *("sources", "questions", "ask", "question", "email", "website", "changes"),
    }
)
# A list item that begins with this sign is a box to tick on paper.
BOX = "\N{BALLOT BOX} "


@dataclass(frozen=True)
class Heading:
    """A heading of the text, for the list of contents."""

    id: str
    text: str


@dataclass(frozen=True)
class RenderedText:
    """HTML and its main headings."""

    html: Markup
    headings: list[Heading]


@lru_cache(maxsize=128)
def render_text(source: str) -> RenderedText:
    """Render Markdown with tables; HTML inside it stays visible as text and is never part of the page."""
    markdown = _markdown()
    tokens = markdown.parse(source)
    headings = _name_headings(tokens)
    _mark_boxes(tokens)
    html = markdown.renderer.render(tokens, markdown.options, {})
    # Safe: the renderer escapes everything, for raw HTML is switched off.
    return RenderedText(Markup(html), headings)  # noqa: S704


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Wide tables scroll in a frame of their own, and a keyboard can reach it.
    markdown.add_render_rule("table_open", _open_table)
    markdown.add_render_rule("table_close", _close_table)
    return markdown


def _open_table(_self: RendererHTML, *_arguments: object) -> str:
    return '<div class="table-frame" role="region" aria-label="Table" tabindex="0"><table>\n'


def _close_table(_self: RendererHTML, *_arguments: object) -> str:
    return "</table></div>\n"


def _name_headings(tokens: Sequence[Token]) -> list[Heading]:
    found: list[Heading] = []
    used = set(TAKEN)
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        text = "".join(child.content for child in inline.children or [])
        name = _free_name(text, used)
        used.add(name)
        opening.attrSet("id", name)
        if opening.tag == "h2":
            found.append(Heading(name, text))
    return found


def _mark_boxes(tokens: Sequence[Token]) -> None:
    """Let a style sheet set boxes in place of dots; the sign itself stays text."""
    for item, _, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if item.type == "list_item_open" and inline.content.startswith(BOX):
            item.attrSet("class", "unticked")


def _free_name(text: str, used: set[str]) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "part"
    name, number = base, 1
    while name in used:
        number += 1
        name = f"{base}-{number}"
    return name
