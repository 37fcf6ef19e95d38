"""Everything in a page that somebody reads, sees named, hears read out or finds in a search."""

import json
import re
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

# Words inside these run on in the same line; everything else begins a new one.
INLINE = frozenset(
    {"a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "small", "span", "strong", "sup", "time"}
)
SPOKEN = frozenset(
    {"alt", "aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "label"}
)
ADDRESSES = frozenset({"src", "srcset", "href", "content"})
UNSEEN = frozenset({"style", "template"})
PICTURE = re.compile(r"[\w%.-]+\.(?:avif|webp|png|jpe?g|svg|gif)\b", re.IGNORECASE)


class PageText(HTMLParser):
    """The texts of one HTML or XML page: its lines, its attributes, its data and the names of its files."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._lines: list[str] = [""]
        self._data_of = ""
        self.feed(page)
        self.close()

    @property
    def visible(self) -> str:
        """The words between the tags, a line for each block."""
        lines = (" ".join(line.split()) for line in self._lines)
        return "\n".join(line for line in lines if line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._data_of = attributes.get("type", "script") if tag == "script" else ""
        if tag in UNSEEN:
            self._data_of = tag
        if tag not in INLINE:
            self._lines.append("")
        self.texts += [value for name, value in attributes.items() if name in SPOKEN or name == "content"]
        if tag == "input" and attributes.get("type") in {"submit", "button"}:
            self.texts.append(attributes.get("value", ""))
        for name in ADDRESSES & attributes.keys():
            self.texts += list_names(attributes[name])

    def handle_endtag(self, tag: str) -> None:
        self._data_of = ""
        if tag not in INLINE:
            self._lines.append("")

    def handle_data(self, data: str) -> None:
        if not self._data_of:
            self._lines[-1] += data
        elif self._data_of.endswith("json"):
            self.texts += list_strings(json.loads(data))


def list_names(address: str) -> list[str]:
    """Return the names of the pictures that an address names, and of its own path, as words."""
    names = [PurePosixPath(name).stem for name in PICTURE.findall(address)]
    names += urlsplit(address).path.split("/") if address.startswith("/") and " " not in address else []
    return [re.sub(r"[-_]+", " ", unquote(name)) for name in names if name]


def list_strings(data: object) -> list[str]:
    """Return every text in JSON data."""
    if isinstance(data, dict):
        return [text for value in data.values() for text in list_strings(value)]
    if isinstance(data, list):
        return [text for value in data for text in list_strings(value)]
    return [data] if isinstance(data, str) else []


def read_texts(page: str) -> list[str]:
    """Return every text of a page; what stands between the tags is one text with its lines."""
    read = PageText(page)
    return [read.visible, *read.texts]
