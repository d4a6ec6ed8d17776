"""inbox.quick_reply_table: bytes to rows and back."""

from __future__ import annotations

import pytest

from inbox import quick_reply_table as table
from inbox.quick_reply_table import Unreadable

HEAD = "shortcut,name,text"


def rows(data: bytes) -> list[dict[str, str]]:
    return [dict(row.cells) for row in table.read(table.decode(data))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_tables_of_all_manners_are_read(encoding: str, delimiter: str, line_end: str) -> None:
    lines = [HEAD, 'größe,Größe,"Zeile 1\nZeile 2; mit, allem ""drum"" & dran"', ""]
    if delimiter == ";":
        lines[0] = lines[0].replace(",", ";")
        lines[1] = lines[1].replace("größe,Größe,", "größe;Größe;")

    found = rows(line_end.join(lines).encode(encoding))

    text = 'Zeile 1\nZeile 2; mit, allem "drum" & dran'
    assert found == [{"shortcut": "größe", "name": "Größe", "text": text}]


def test_rows_are_counted_as_spreadsheets_do() -> None:
    data = f'sep=,\n{HEAD}\na,A,"1\n2\n3"\n,,\nb,B,4\n'.encode()

    assert [row.number for row in table.read(table.decode(data))] == [2, 4]


def test_columns_come_in_any_order_and_in_capitals() -> None:
    assert rows(b"TEXT, Name ,Shortcut,,\nHi,A,a,,\n") == [
        {"text": "Hi", "name": "A", "shortcut": "a"}
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"\n", "These columns are missing"),
        (b"shortcut,text\n", "These columns are missing: name"),
        (b"shortcut,name,text,txet\n", "no such column: txet"),
        (b"shortcut,name,text,text\n", "there twice"),
        (b'shortcut,name,text\na,b,"c', "Row 2 cannot be read"),
        (b'shortcut,name,text\na,b,"c"d\n', "Row 2 cannot be read"),
        (b'shortcut,name,text\na,b,"' + b"x" * 200_000 + b'"\n', "Row 2 cannot be read"),
        (b"shortcut,name,text\n\x00,b,c", "no CSV file"),
        (HEAD.encode("utf-16"), "no CSV file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x81\x8d", "no CSV file"),
        (b"x" * 1_000_001, "at most 1 MB"),
        (b"shortcut,name,text\n" + b"a,b,c\n" * 2001, "at most 2,000"),
        (b"shortcut,name,text\n" + b"a,b,c\n" * 100_000, "at most 2,000"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        table.read(table.decode(data))


def test_two_thousand_rows_are_read() -> None:
    assert len(rows(b"shortcut,name,text\n" + b"a,b,c\n" * 2000)) == 2000


def test_a_row_that_is_too_long_says_so() -> None:
    found = table.read("shortcut,name,text\na,b,c,d\na,b,c,,\na\n")

    assert [row.has_too_many_cells for row in found] == [True, False, False]
    assert found[2]["text"] == ""


@pytest.mark.parametrize(
    "cell",
    [
        *("=1+1", "+49 151", "-5", "@SUM(A1)", "'=1", "''=1", "'quoted'", "O'Neill", "'"),
        *('=cmd|" /C calc"!A0', "a;b", "a,b", 'a"b', "a\nb", "sep=;", "=\n=", "😀", "'+", ""),
    ],
)
def test_a_cell_comes_back_as_it_was_and_is_no_formula_meanwhile(cell: str) -> None:
    written = table.write([{"shortcut": "a", "name": "b", "text": cell}])

    assert [row["text"] for row in table.read(written)] == [cell]
    value = written.split("\r\n")[1].split(";")[7]
    assert not value.strip('"').startswith(("=", "+", "-", "@", "\t", "\r"))
