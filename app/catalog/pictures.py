"""Renders product pictures in the sizes and formats that pages ask for."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from PIL import Image

WIDTHS = (320, 640, 960, 1400)
# Measured on the seed pictures: slower settings save at most a tenth of the bytes for twice the time.
_FORMATS: dict[str, dict[str, Any]] = {
    "avif": {"quality": 50, "speed": 8, "max_threads": 1},
    "webp": {"quality": 72, "method": 2},
}
# What is shown elsewhere (link previews, product feeds) is one JPEG: not every reader there takes the others.
SHARED_WIDTH = 1200
_SHARED: dict[str, Any] = {"quality": 80, "optimize": True, "progressive": True}
_SUFFIXES = frozenset({".webp", ".png", ".jpg"})


@dataclass(frozen=True)
class PictureFile:
    """A rendered picture: the start of its files' names, and the size of its source in pixels."""

    file: str
    width: int
    height: int


def name_picture(source: Path) -> str:
    """Return the stem with eight digits of the digest of the bytes, so that a new picture has a new name."""
    return f"{source.stem}-{hashlib.sha256(source.read_bytes()).hexdigest()[:8]}"


def read_size(source: Path) -> tuple[int, int]:
    """Return width and height in pixels; raises OSError when the file is not a picture."""
    with Image.open(source) as picture:
        return picture.size


def rendered_widths(width: int) -> tuple[int, ...]:
    """Return the widths made of a source so wide: never wider than it, and always at least one."""
    return tuple(size for size in WIDTHS if size <= width) or (width,)


def shared_size(width: int, height: int) -> tuple[int, int]:
    """Return the size of the JPEG that is made of a source of this size."""
    shared = min(width, SHARED_WIDTH)
    return shared, round(height * shared / width)


def render_picture(source: Path, target: Path) -> PictureFile:
    """Write `<stem>-<digest>-<width>.<avif|webp|jpg>` into the target folder, unless all are there."""
    picture = _describe(source)
    missing = _missing_files(picture, target)
    if missing:
        target.mkdir(parents=True, exist_ok=True)
        _write_files(source, missing)
    return picture


def render_all(seed_folder: Path, target: Path) -> list[PictureFile]:
    """Render every picture of `<seed_folder>/images`, on all processors at once."""
    sources = sorted(path for path in (seed_folder / "images").iterdir() if path.suffix in _SUFFIXES)
    pictures = [_describe(source) for source in sources]
    waiting = [
        source for source, picture in zip(sources, pictures, strict=True) if _missing_files(picture, target)
    ]
    if len(waiting) > 1:
        _render_in_parallel(waiting, target)
    elif waiting:
        render_picture(waiting[0], target)
    return pictures


def _render_in_parallel(sources: Iterable[Path], target: Path) -> None:
    # Forking a process that has threads (a server, a database driver) can lock up, so start clean ones.
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for result in [pool.submit(render_picture, source, target) for source in sources]:
            result.result()


def _describe(source: Path) -> PictureFile:
    width, height = read_size(source)
    return PictureFile(name_picture(source), width, height)


def _missing_files(picture: PictureFile, target: Path) -> list[tuple[int, Path]]:
    wanted = [
        (width, target / f"{picture.file}-{width}.{suffix}")
        for width in rendered_widths(picture.width)
        for suffix in _FORMATS
    ]
    shared, _ = shared_size(picture.width, picture.height)
    wanted.append((shared, target / f"{picture.file}-{shared}.jpg"))
    return [(width, path) for width, path in wanted if not path.exists()]


def _write_files(source: Path, missing: list[tuple[int, Path]]) -> None:
    with Image.open(source) as opened:
        picture = opened.convert("RGB")
    for width in sorted({width for width, _ in missing}, reverse=True):
        height = round(picture.height * width / picture.width)
        resized = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        for path in (path for size, path in missing if size == width):
            _save(resized, path)


def _save(picture: Image.Image, path: Path) -> None:
    """Write beside the target and rename, so that nobody is served half a picture."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".rendering-", suffix=path.suffix)
    try:
        with os.fdopen(handle, "wb") as file:
            kind = path.suffix.removeprefix(".")
            if kind == "jpg":
                picture.save(file, "jpeg", **_SHARED)
            else:
                picture.save(file, kind, **_FORMATS[kind])
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
