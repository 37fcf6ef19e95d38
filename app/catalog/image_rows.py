"""Reads one line of images.csv and looks at the picture that it names."""

import re
from pathlib import Path

from app.catalog.cell_values import read_code, read_count
from app.catalog.csv_table import Record
from app.catalog.pictures import name_picture, read_size
from app.catalog.seed_rows import ImageRow

_FILE = re.compile(r"[a-z0-9]+(-+[a-z0-9]+)*\.(webp|png|jpg)", re.ASCII)
_LONGEST_FILE_NAME = 180


def parse_image(record: Record, folder: Path) -> ImageRow:
    """Read one picture that lies in the folder; its size must be as the line says."""
    file = record.required("file", _read_file_name, "")
    source = folder / file
    is_there = bool(file) and source.is_file()
    if file and not is_there:
        record.refuse("file", f'"{file}" is not in the folder {folder.name}')
    row = ImageRow(
        line=record.line,
        file=file,
        picture=name_picture(source) if is_there else "",
        source=source,
        product=record.required("product", read_code(20), ""),
        option_value=record.optional_text("option_value", 80),
        alt=record.text("alt", 300),
        width=record.required("width", read_count, 0),
        height=record.required("height", read_count, 0),
        position=record.required("position", read_count, 0),
    )
    if is_there:
        _check_size(record, row)
    return row


def _check_size(record: Record, row: ImageRow) -> None:
    try:
        size = read_size(row.source)
    except OSError:
        record.refuse("file", f'"{row.file}" is not a picture')
        return
    for column, stated, real in zip(("width", "height"), (row.width, row.height), size, strict=True):
        if stated and stated != real:
            record.refuse(column, f"{stated} is not the {column} of the picture, {real}")


def _read_file_name(text: str) -> str:
    if not _FILE.fullmatch(text) or len(text) > _LONGEST_FILE_NAME:
        raise ValueError(
            "is not a file name of lower-case words joined by hyphens, ending in .webp, .png or .jpg"
        )
    return text
