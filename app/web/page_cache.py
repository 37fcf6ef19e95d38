"""Public pages, kept rendered.

A public page is a function of its address, of the shop's content and of the day (reviews fall due by
themselves), and the content version names the content. A page is kept under all three, so nobody ever sees a
stale price; a repeated visit is answered 304.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from threading import Lock
from typing import ParamSpec

from flask import Flask, Response, current_app, g, request

from app import clock
from app.catalog.queries import content_version
from app.session import get_session

EXTENSION = "shop-pages"
MOST_BYTES = 64 * 1024 * 1024
# Anybody may keep it, but must ask each time whether it is still right.
ASK_EACH_TIME = "public, no-cache"

# The address of a page, the version of the content, and the day.
Moment = tuple[str, int, date]
P = ParamSpec("P")
_public_pages: set[object] = set()


@dataclass(frozen=True)
class KeptPage:
    """A rendered page, plain and compressed, with the tag of its bytes."""

    plain: bytes
    compressed: bytes
    tag: str

    @classmethod
    def of(cls, html: str) -> "KeptPage":
        """Keep a page."""
        plain = html.encode()
        return cls(plain, gzip.compress(plain, mtime=0), hashlib.sha256(plain).hexdigest()[:32])

    @property
    def size(self) -> int:
        """The memory it takes, about."""
        return len(self.plain) + len(self.compressed)


class PageCache:
    """The pages of one process, the longest unseen forgotten first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._pages: OrderedDict[Moment, KeptPage] = OrderedDict()
        self._lock = Lock()

    def find(self, moment: Moment) -> KeptPage | None:
        """Return a page as it is at a moment."""
        with self._lock:
            page = self._pages.get(moment)
            if page is not None:
                self._pages.move_to_end(moment)
            return page

    def keep(self, moment: Moment, page: KeptPage) -> None:
        """Remember a page, and forget others when it is too much."""
        with self._lock:
            before = self._pages.pop(moment, None)
            self._bytes += page.size - (before.size if before else 0)
            self._pages[moment] = page
            while self._bytes > self._most_bytes and self._pages:
                _, forgotten = self._pages.popitem(last=False)
                self._bytes -= forgotten.size


def init_app(app: Flask) -> None:
    """Give the application room for its pages."""
    app.extensions[EXTENSION] = PageCache()


def public_page(view: Callable[P, str]) -> Callable[P, Response]:
    """Make a view's page one that is the same for everyone, and keep it."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
        g.is_public_page = True
        try:
            page = _find_or_render(request.full_path, lambda: view(*args, **kwargs))
        except BaseException:
            # What is answered now is an error page.
            g.is_public_page = False
            raise
        return _respond(page, "text/html")

    _public_pages.add(answer)
    return answer


def public_document(mimetype: str) -> Callable[[Callable[[], str]], Callable[[], Response]]:
    """Make a view's answer one that is the same for everyone, whatever its address asks for, and keep it."""

    def keep(view: Callable[[], str]) -> Callable[[], Response]:
        @wraps(view)
        def answer() -> Response:
            return _respond(_find_or_render(request.path, view), mimetype)

        return answer

    return keep


def is_public_page(view: object) -> bool:
    """Whether a view is a public page."""
    return view in _public_pages


def is_on_public_page() -> bool:
    """Whether this request is answered by a public page."""
    return bool(g.get("is_public_page", False))


def _find_or_render(address: str, render: Callable[[], str]) -> KeptPage:
    cache: PageCache = current_app.extensions[EXTENSION]
    moment = (address, content_version(get_session()), clock.today())
    page = cache.find(moment)
    if page is None:
        page = KeptPage.of(render())
        cache.keep(moment, page)
    return page


def _respond(page: KeptPage, mimetype: str) -> Response:
    takes_gzip = request.accept_encodings.quality("gzip") > 0
    response = current_app.response_class(page.compressed if takes_gzip else page.plain, mimetype=mimetype)
    if takes_gzip:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = ASK_EACH_TIME
    response.set_etag(page.tag, weak=True)
    response.make_conditional(request)
    return response
