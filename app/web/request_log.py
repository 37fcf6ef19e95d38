"""Structured logs: one JSON line per request, with an id that the person sees too."""

import logging
import sys
import time
import traceback
import uuid

import structlog
from flask import Flask, Response, g, request

QUIET = frozenset({"static", "media.show", "health.healthz"})

CHATTY = ("alembic", "huey", "huey.consumer", "huey.consumer.Scheduler")

log = structlog.get_logger("shop.request")


def init_app(app: Flask) -> None:
    """Log every request of the application; never its query, body, cookies or sender."""
    _configure()
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """Return the id of this request."""
    return str(g.get("request_id", "none"))


def _configure() -> None:
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(_stack),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    if not any(
        isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter) for handler in root.handlers
    ):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(
            structlog.stdlib.ProcessorFormatter(
                foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
                processors=[
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(),
                ],
            )
        )
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        for name in CHATTY:
            logging.getLogger(name).setLevel(logging.WARNING)


def _stack(exc_info: structlog.typing.ExcInfo) -> str:
    # Of what an error says only the first line: the next ones of a database's error repeat the row.
    parts = []
    error: BaseException | None = exc_info[1]
    while error is not None:
        words = str(error).partition("\n")[0]
        frames = "".join(traceback.format_tb(error.__traceback__))
        parts.append(f"Traceback (most recent call last):\n{frames}{type(error).__name__}: {words}")
        error = error.__cause__ or error.__context__
    return "\n\n".join(reversed(parts))


def _begin() -> None:
    g.request_id = uuid.uuid4().hex
    g.request_began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = request_id()
    if request.endpoint not in QUIET:
        took = time.perf_counter() - g.get("request_began", time.perf_counter())
        log.info(
            "request",
            method=request.method,
            endpoint=request.endpoint or "",
            status=response.status_code,
            milliseconds=round(took * 1000, 1),
        )
    return response
