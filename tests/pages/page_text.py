"""The words of a page as a person reads them: what stands in its main part, block by block."""

from html.parser import HTMLParser

BLOCKS = frozenset({"p", "li", "td", "th", "h1", "h2", "h3", "label", "button", "dd", "dt"})
PROSE = frozenset({"p", "li"})
VOID = frozenset({"br", "input", "img", "meta", "link"})


class MainText(HTMLParser):
    """The blocks of text inside `main`, each with its tag; breadcrumbs are left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.blocks: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (the library's own)
        if tag in BLOCKS:
            self._end_block()
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end_block()
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "main" in self._open and "nav" not in self._open:
            self._words.append(data)

    def _end_block(self) -> None:
        text = " ".join("".join(self._words).split())
        tag = next((tag for tag in reversed(self._open) if tag in BLOCKS), "")
        if text and tag:
            self.blocks.append((tag, text))
        self._words = []


def blocks_of(page: str) -> list[str]:
    """Return every block of text in the main part."""
    return [text for _, text in MainText(page).blocks]


def prose_of(page: str) -> list[str]:
    """Return the paragraphs and list items of the main part."""
    return [text for tag, text in MainText(page).blocks if tag in PROSE]


def heading_of(page: str) -> str:
    """Return the main heading."""
    [heading] = [text for tag, text in MainText(page).blocks if tag == "h1"]
    return heading
