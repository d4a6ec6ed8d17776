"""Quick replies as a table that spreadsheets read and write (CSV). Pure: bytes and texts.

A row for each text; rows of the same shortcut and scope are one quick reply. A cell that a
spreadsheet would take for a formula gets an apostrophe before it, which reading takes away.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

COLUMNS = (
    "shortcut",
    "name",
    "folder",
    "scope",
    "class",
    "language",
    "form",
    "text",
    "button_1",
    "button_2",
    "button_3",
    "labels",
    "close",
    "snooze_hours",
    "assign_agent",
    "assign_team",
)
REQUIRED = ("shortcut", "name", "text")
MOST_BYTES = 1_000_000
MOST_ROWS = 2000
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


class Unreadable(ValueError):
    """The file as a whole cannot be read; str() says why."""


@dataclass(frozen=True, slots=True)
class Row:
    number: int  # as spreadsheets count them: the head is 1
    cells: Mapping[str, str]
    has_too_many_cells: bool = False

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def decode(data: bytes) -> str:
    """UTF-8 with or without its mark, else Windows-1252, as Excel writes it."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("This file is too large: at most 1 MB."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _decode_windows(data)
    if "\x00" in text:
        raise Unreadable(_("This is no CSV file. Save the table as “CSV UTF-8”."))
    return text


def _decode_windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as exc:
        raise Unreadable(_("This is no CSV file. Save the table as “CSV UTF-8”.")) from exc


def read(text: str) -> list[Row]:
    """Raises Unreadable. Rows that are empty are left out."""
    if text.lower().startswith("sep="):  # Excel's word for the separator
        text = text.partition("\n")[2]
    head_line = text.lstrip().partition("\n")[0]
    delimiter = ";" if head_line.count(";") > head_line.count(",") else ","
    records = _records(text, delimiter)
    if not records:
        raise Unreadable(_("This file is empty."))
    columns = _columns(records[0])
    rows = [
        _row(number, columns, record)
        for number, record in enumerate(records[1:], 2)
        if any(cell.strip() for cell in record)
    ]
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("Too many rows: at most 2,000 at a time."))
    return rows


def write(rows: Iterable[Mapping[str, str]]) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows([_defused(row.get(column, "")) for column in COLUMNS] for row in rows)
    return file.getvalue()


def _records(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    try:
        for record in reader:
            records.append(record)
            if len(records) > 2 * MOST_ROWS:
                break
    except csv.Error as exc:
        raise Unreadable(
            _("Row %(number)s cannot be read: a quotation mark is missing or one too many.")
            % {"number": len(records) + 1}
        ) from exc
    return records


def _columns(record: list[str]) -> list[str]:
    columns = [name.strip().lower() for name in record]
    while columns and not columns[-1]:
        columns.pop()
    if unknown := [name for name in columns if name not in COLUMNS]:
        raise Unreadable(
            _("There is no such column: %(names)s. Known are: %(known)s.")
            % {"names": ", ".join(n[:40] for n in unknown[:5]), "known": ", ".join(COLUMNS)}
        )
    if len(set(columns)) < len(columns):
        raise Unreadable(_("A column is there twice."))
    if missing := [name for name in REQUIRED if name not in columns]:
        raise Unreadable(
            _("These columns are missing: %(names)s.") % {"names": ", ".join(missing)}
        )
    return columns


def _row(number: int, columns: list[str], record: list[str]) -> Row:
    cells = {column: _plain(cell) for column, cell in zip(columns, record, strict=False)}
    surplus = any(cell.strip() for cell in record[len(columns) :])
    return Row(number, cells, has_too_many_cells=surplus)


def _defused(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _plain(cell: str) -> str:
    if cell.startswith("'") and _FORMULA.match(cell):
        cell = cell[1:]
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()
