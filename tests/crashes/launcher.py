"""Starts processes of the shop through the process that has it loaded."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL
from typing import Any


@dataclass(frozen=True)
class Doom:
    """Where a process notes the points that it passes, and at which of them it dies, if at one."""

    record: Path | None = None
    kill_at: str | None = None
    is_forgetful: bool = False


UNHARMED = Doom()


class Launcher:
    """One conversation with the loaded process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def serve(self, port: int, doom: Doom) -> int:
        """Start a web process that listens on a port; returns its id."""
        answer = self.ask({"do": "serve", "label": "", "port": port, **_spell(doom)})
        assert answer["said"] == "up\n", answer
        return int(answer["pid"])

    def run(self, label: str, task: Mapping[str, object], doom: Doom = UNHARMED) -> str | None:
        """Do a task in a process of its own; returns what became of it, None when the process was killed."""
        answer = self.ask({"do": "run", "label": label, "task": dict(task), **_spell(doom)})
        if answer["signal"] == SIGKILL:
            return None
        assert answer["said"], f"{label} broke; the log of the processes says more"
        return str(answer["said"]).strip()

    def end(self, pid: int) -> None:
        """Make sure that a process is gone."""
        self.ask({"do": "end", "pid": pid})

    def ask(self, question: Mapping[str, object]) -> Mapping[str, Any]:
        """Say one line and hear one."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return self.hear()

    def hear(self) -> Mapping[str, Any]:
        """Hear one line."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "the launching process has ended; its log says why"
        answer: Mapping[str, Any] = json.loads(line)
        return answer


class WebProcess:
    """At most one process that listens on a port."""

    def __init__(self, launcher: Launcher, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._launcher = launcher
        self._port = port
        self._pid: int | None = None

    def start(self, doom: Doom = UNHARMED) -> None:
        """Begin a new one, to which this will happen."""
        self.end()
        self._pid = self._launcher.serve(self._port, doom)

    def end(self) -> None:
        """Make sure that it is gone."""
        if self._pid is not None:
            self._launcher.end(self._pid)
        self._pid = None


def _spell(doom: Doom) -> dict[str, object]:
    return {
        "record": str(doom.record) if doom.record else None,
        "kill_at": doom.kill_at,
        "is_forgetful": doom.is_forgetful,
    }


@contextmanager
def launching(settings: Mapping[str, str], folder: Path, log: Path) -> Iterator[Launcher]:
    """Load the shop with some settings in a process of its own, started in the project's folder."""
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "tests.crashes.zygote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=folder,
        ) as process,
    ):
        assert process.stdin
        launcher = Launcher(process)
        assert launcher.ask(settings) == {"up": True}
        yield launcher
        process.stdin.close()
        process.wait(20)
