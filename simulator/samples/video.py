"""A short silent film: H.264 whose pictures are stored uncompressed, in an MP4.

A key picture holds its blocks as plain bytes (I_PCM), the pictures between repeat it. That
needs no encoder, and every player understands it.
"""

from __future__ import annotations

import struct

WIDTH, HEIGHT, RATE = 160, 96, 10
_BLOCKS = (WIDTH // 16) * (HEIGHT // 16)
_PICTURES_PER_KEY = 5


class _Bits:
    """Collects bits, and numbers in the codes of H.264."""

    def __init__(self) -> None:
        self._done, self._value, self._count = bytearray(), 0, 0

    def put(self, value: int, width: int) -> _Bits:
        for position in range(width - 1, -1, -1):
            self._value = self._value << 1 | value >> position & 1
            self._count += 1
            if self._count == 8:
                self._done.append(self._value)
                self._value = self._count = 0
        return self

    def ue(self, *numbers: int) -> _Bits:
        """Exponential-Golomb; zero is the same signed or not."""
        for number in numbers:
            self.put(number + 1, 2 * (number + 1).bit_length() - 1)
        return self

    def plain(self, content: bytes) -> _Bits:
        while self._count:
            self.put(0, 1)
        self._done += content
        return self

    def unit(self, kind: int) -> bytes:
        """Close with the stop bit and wrap: nothing inside may look like a start code."""
        self.put(1, 1).plain(b"")
        out, zeros = bytearray([kind]), 0
        for byte in self._done:
            if zeros >= 2 and byte <= 3:
                out.append(3)
                zeros = 0
            zeros = zeros + 1 if byte == 0 else 0
            out.append(byte)
        return bytes(out)


def _sequence_set() -> bytes:
    bits = _Bits().put(66, 8).put(0xC0, 8).put(20, 8)  # baseline, level 2
    bits.ue(0, 0, 2, 1).put(0, 1).ue(WIDTH // 16 - 1, HEIGHT // 16 - 1)
    return bits.put(0b1000, 4).unit(0x67)


def _picture_set() -> bytes:
    bits = _Bits().ue(0, 0).put(0, 2).ue(0, 0, 0).put(0, 3).ue(0, 0, 0)
    return bits.put(0b100, 3).unit(0x68)


def _key_picture(number: int, number_of_keys: int) -> bytes:
    bits = _Bits().ue(0, 7, 0).put(0, 4).ue(number % 2).put(0, 2).ue(0, 1)
    across = WIDTH // 16
    for block in range(_BLOCKS):
        x, y = block % across, block // across
        light = 60 + 12 * x + (60 if y >= HEIGHT // 32 else 0)
        if x == number * across // number_of_keys and 1 <= y <= 4:
            light = 225  # something passes by
        blue, red = 118 - 3 * y, 140 + 2 * x
        bits.ue(25).plain(bytes([min(light, 235)] * 256 + [blue] * 64 + [red] * 64))
    return bits.unit(0x65)


def _same_again(frame: int) -> bytes:
    bits = _Bits().ue(0, 5, 0).put(frame % 16, 4).put(0, 3).ue(0, 1)
    return bits.ue(_BLOCKS).unit(0x41)


def _box(name: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + name + content


def _numbers(*values: int) -> bytes:
    return struct.pack(f">{len(values)}I", *values)


_MATRIX = _numbers(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def _entry() -> bytes:
    first, second = _sequence_set(), _picture_set()
    head = bytes([1, *first[1:4], 0xFF, 0xE1])
    sets = struct.pack(">H", len(first)) + first + b"\x01" + struct.pack(">H", len(second))
    size = struct.pack(">HH", WIDTH, HEIGHT)
    start = bytes(6) + b"\0\x01" + bytes(16) + size + _numbers(0x480000, 0x480000, 0)
    return _box(
        b"avc1",
        start + b"\0\x01" + bytes(32) + b"\0\x18\xff\xff",
        _box(b"avcC", head + sets + second),
    )


def _tables(sizes: list[int], keys: list[int], start: int) -> bytes:
    return _box(
        b"stbl",
        _box(b"stsd", _numbers(0, 1), _entry()),
        _box(b"stts", _numbers(0, 1, len(sizes), 1)),
        _box(b"stss", _numbers(0, len(keys), *keys)),
        _box(b"stsc", _numbers(0, 1, 1, len(sizes), 1)),
        _box(b"stsz", _numbers(0, 0, len(sizes), *sizes)),
        _box(b"stco", _numbers(0, 1, start)),
    )


def _movie(sizes: list[int], keys: list[int], start: int) -> bytes:
    length = len(sizes)
    source = _box(b"dinf", _box(b"dref", _numbers(0, 1), _box(b"url ", _numbers(1))))
    track = _numbers(7, 0, 0, 1, 0, length, 0, 0, 0, 0) + _MATRIX
    return _box(
        b"moov",
        _box(
            b"mvhd",
            _numbers(0, 0, 0, RATE, length, 0x10000, 0x1000000, 0, 0) + _MATRIX,
            bytes(24) + _numbers(2),
        ),
        _box(
            b"trak",
            _box(b"tkhd", track, _numbers(WIDTH << 16, HEIGHT << 16)),
            _box(
                b"mdia",
                _box(b"mdhd", _numbers(0, 0, 0, RATE, length, 0x55C40000)),
                _box(b"hdlr", _numbers(0, 0), b"vide", bytes(12), b"\0"),
                _box(
                    b"minf",
                    _box(b"vmhd", _numbers(1), bytes(8)),
                    source,
                    _tables(sizes, keys, start),
                ),
            ),
        ),
    )


def film(seconds: float = 3.0) -> bytes:
    """MP4, H.264 baseline, no sound, the index in front."""
    count = max(1, round(seconds * RATE))
    keys = range(0, count, _PICTURES_PER_KEY)
    units = [
        _key_picture(frame // _PICTURES_PER_KEY, len(keys))
        if frame in keys
        else _same_again(frame % _PICTURES_PER_KEY)
        for frame in range(count)
    ]
    samples = [struct.pack(">I", len(unit)) + unit for unit in units]
    sizes, numbers = [len(sample) for sample in samples], [key + 1 for key in keys]
    head = _box(b"ftyp", b"isom", _numbers(512), b"isomavc1mp41")
    start = len(head) + len(_movie(sizes, numbers, 0)) + 8
    return head + _movie(sizes, numbers, start) + _box(b"mdat", *samples)
