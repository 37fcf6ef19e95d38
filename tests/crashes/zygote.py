"""A process that has loaded the shop and forks it on request: a fresh process each time, within milliseconds.

It reads one JSON object per line and answers each with one. The first line holds the settings.
"""

import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

from app.config import Config, read_config
from app.factory import create_app
from app.payments.stripe_gateway import StripeGateway
from tests.crashes.points import Points
from tests.crashes.tasks import do
from tests.crashes.warming import warm_up
from tests.crashes.watched_gateway import WatchedGateway

Order = Mapping[str, Any]


class QuietHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 (the library's own name)
        pass


class Zygote:
    """The loaded shop; it has no thread and no connection that a child could inherit."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        config = read_config(settings)
        self.points = Points()
        self.gateway = WatchedGateway(_open_stripe(config), self.points)
        self.app = create_app(config, self.gateway)
        self.points.watch(self.app)
        self.children: set[int] = set()
        warm_up(self.app)
        # Another one, because the first has connections that no child may share.
        self.gateway.inner = _open_stripe(config)
        # No child lives long enough to look for garbage, and looking would copy all that it shares with us.
        gc.collect()
        gc.disable()

    def answer(self, order: Order) -> Mapping[str, Any]:
        """Do one thing that is asked."""
        if order["do"] == "end":
            return {"signal": self._end(order["pid"])}
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            self._live(order, writing)
        os.close(writing)
        self.children.add(pid)
        with os.fdopen(reading) as pipe:
            said = pipe.readline()
        if order["do"] == "serve":
            return {"pid": pid, "said": said}
        return {"signal": self._reap(pid), "said": said}

    def end_all(self) -> None:
        """Let no child outlive us."""
        for pid in list(self.children):
            self._end(pid)

    def _end(self, pid: int) -> int:
        if pid in self.children:
            os.kill(pid, signal.SIGKILL)
            return self._reap(pid)
        return 0

    def _reap(self, pid: int) -> int:
        self.children.discard(pid)
        return os.WTERMSIG(os.waitpid(pid, 0)[1])

    def _live(self, order: Order, writing: int) -> None:
        """Be the child until the end; nothing of the parent's happens in it."""
        try:
            self.points.label = order["label"]
            self.points.record = Path(order["record"]) if order["record"] else None
            self.points.kill_at = order["kill_at"]
            self.gateway.is_forgetful = order["is_forgetful"]
            if order["do"] == "serve":
                self._serve(order["port"], writing)
            else:
                _say(writing, do(self.app, order["task"]))
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(0)

    def _serve(self, port: int, writing: int) -> None:
        server = make_server("127.0.0.1", port, self.app, request_handler=QuietHandler)
        _say(writing, "up")
        server.serve_forever()


def _open_stripe(config: Config) -> StripeGateway:
    stripe = config.stripe
    return StripeGateway(stripe.api_key, stripe.webhook_secret, stripe.api_base)


def _say(pipe: int, words: str) -> None:
    os.write(pipe, (words.replace("\n", " ") + "\n").encode())
    os.close(pipe)


def main() -> None:
    """Answer until nobody asks any more."""
    zygote = Zygote(json.loads(sys.stdin.readline()))
    sys.stdout.write('{"up": true}\n')
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(zygote.answer(json.loads(line))) + "\n")
        sys.stdout.flush()
    zygote.end_all()


if __name__ == "__main__":
    main()
