"""A secret that a development shop makes for itself, once."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile


def keep_secret(path: Path) -> str:
    """Return the secret in a file, which is made when it is absent and never seen half written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _write_once(path: Path, text: str) -> None:
    with NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as file:
        file.write(text)
        file.flush()
        # Of several processes that start at once the first one wins.
        with suppress(FileExistsError):
            os.link(file.name, path)
