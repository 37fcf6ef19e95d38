"""What is installed is pinned, and nobody's registry is named."""

import re
import tomllib
from pathlib import Path

import pytest

LOCKS = ["requirements.lock", "requirements-dev.lock"]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_hashes_and_no_address(project_folder: Path, name: str) -> None:
    lock = (project_folder / name).read_text()
    assert "://" not in lock
    assert "index-url" not in lock
    packages = re.split(r"\n(?=[a-z0-9])", lock.strip())
    assert len(packages) > 20
    for package in packages:
        assert re.match(r"[a-z0-9.\[\]_-]+==[^\s]+", package), package
        assert "--hash=sha256:" in package, package


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_files_hold_what_the_project_asks_for(project_folder: Path, name: str) -> None:
    project = tomllib.loads((project_folder / "pyproject.toml").read_text())
    lock = (project_folder / name).read_text()
    for wanted in project["project"]["dependencies"]:
        if "==" in wanted:
            pinned = re.sub(r"\[.*?\]", "", wanted)
            assert re.search(rf"^{re.escape(pinned)}\b", re.sub(r"\[.*?\]==", "==", lock), re.MULTILINE), (
                wanted
            )
