"""Pictures are rendered once, in the sizes and formats that pages ask for."""

from pathlib import Path

import pytest
from PIL import Image

from app.catalog.pictures import name_picture, render_all, render_picture


def draw(path: Path, width: int, height: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(path)
    return path


def test_renders_both_formats_in_every_width_that_the_source_has_and_one_jpeg(tmp_path: Path) -> None:
    source, target = draw(tmp_path / "ball--2.webp", 700, 350), tmp_path / "media"
    picture = render_picture(source, target)
    assert (picture.file, picture.width, picture.height) == (name_picture(source), 700, 350)
    assert picture.file.startswith("ball--2-")
    sizes = {}
    for path in target.iterdir():
        with Image.open(path) as rendered:
            sizes[path.name.removeprefix(picture.file)] = (rendered.format, rendered.size)
    assert sizes == {
        "-320.avif": ("AVIF", (320, 160)),
        "-320.webp": ("WEBP", (320, 160)),
        "-640.avif": ("AVIF", (640, 320)),
        "-640.webp": ("WEBP", (640, 320)),
        "-700.jpg": ("JPEG", (700, 350)),
    }


def test_a_source_smaller_than_every_width_is_rendered_as_it_is(tmp_path: Path) -> None:
    picture = render_picture(draw(tmp_path / "dot.png", 40, 30), tmp_path / "media")
    names = {path.name for path in (tmp_path / "media").iterdir()}
    assert names == {f"{picture.file}-40.{suffix}" for suffix in ("avif", "webp", "jpg")}


def test_does_not_render_again_what_is_there(tmp_path: Path) -> None:
    source, target = draw(tmp_path / "ball.webp", 330, 330), tmp_path / "media"
    picture = render_picture(source, target)
    (target / f"{picture.file}-320.webp").write_bytes(b"kept")
    (target / f"{picture.file}-320.avif").unlink()
    render_picture(source, target)
    assert (target / f"{picture.file}-320.webp").read_bytes() == b"kept"
    assert (target / f"{picture.file}-320.avif").stat().st_size > 0


def test_a_changed_picture_has_a_new_name(tmp_path: Path) -> None:
    first = name_picture(draw(tmp_path / "ball.webp", 40, 40))
    assert name_picture(draw(tmp_path / "ball.webp", 41, 40)) != first


def test_a_broken_picture_leaves_no_file_behind(tmp_path: Path) -> None:
    source = draw(tmp_path / "ball.png", 400, 400)
    source.write_bytes(source.read_bytes()[:300])
    with pytest.raises(OSError, match="truncated"):
        render_picture(source, tmp_path / "media")
    assert list((tmp_path / "media").iterdir()) == []


def test_renders_a_folder_on_all_processors(tmp_path: Path) -> None:
    for name in ("b", "a"):
        draw(tmp_path / "images" / f"{name}.webp", 330, 330)
    pictures = render_all(tmp_path, tmp_path / "media")
    assert [picture.file[:2] for picture in pictures] == ["a-", "b-"]
    assert len(list((tmp_path / "media").iterdir())) == 6
