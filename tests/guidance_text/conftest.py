"""Runs a test once per guide, or once per warning box, when it asks for one."""

import pytest

from .guide_files import read_guides, read_warning_boxes


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "guide" in metafunc.fixturenames:
        metafunc.parametrize("guide", read_guides(), ids=str)
    if "warning_box" in metafunc.fixturenames:
        boxes = read_warning_boxes()
        metafunc.parametrize("warning_box", list(boxes.values()), ids=list(boxes))
