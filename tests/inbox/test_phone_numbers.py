from __future__ import annotations

import pytest

from inbox.phone_numbers import NotANumber, read_phone


@pytest.mark.parametrize(
    "text",
    [
        "+49 151 23456789",
        "+4915123456789",
        "004915123456789",
        "+49 (0)151 2345-6789",
        " +49 151/234.567.89 ",
    ],
)
def test_a_number_with_its_country_is_read_however_it_is_written(text: str) -> None:
    assert read_phone(text) == "4915123456789"


@pytest.mark.parametrize(
    "text",
    [
        *("", "0151 23456789", "4915123456789", "+49", "+999 12345678", "+49 abc"),
        *("+" + "1" * 60, "+49 151 23456789 ext. 5", "<script>", "+49\x00151"),
    ],
)
def test_what_could_be_anybodys_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        read_phone(text)
