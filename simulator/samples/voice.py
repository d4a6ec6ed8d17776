"""A voice note: Ogg with Opus packets of silence, playable everywhere."""

from __future__ import annotations

import struct

# One 20 ms CELT frame, full band, mono, that decodes to silence.
_SILENCE = b"\xf8\xff\xfe"
_FRAME_SAMPLES = 960
_PRE_SKIP = 312
_SERIAL = 0x51504F
_FIRST, _LAST = 2, 4


def _crc_table() -> list[int]:
    table = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1) ^ 0x04C11DB7 if value & 0x80000000 else value << 1
        table.append(value & 0xFFFFFFFF)
    return table


_CRC = _crc_table()


def _checksum(data: bytes) -> int:
    value = 0
    for byte in data:
        value = ((value << 8) & 0xFFFFFFFF) ^ _CRC[(value >> 24) ^ byte]
    return value


def _page(packets: list[bytes], *, flags: int, granule: int, sequence: int) -> bytes:
    """An Ogg page; every packet here is shorter than 255 bytes."""
    lacing = bytes(len(packet) for packet in packets)
    head = b"OggS" + struct.pack("<BBqII", 0, flags, granule, _SERIAL, sequence)
    tail = bytes([len(lacing)]) + lacing + b"".join(packets)
    crc = _checksum(head + b"\0\0\0\0" + tail)
    return head + struct.pack("<I", crc) + tail


def voice_note(seconds: float = 3.0) -> bytes:
    """Ogg/Opus, mono, about as long as asked for."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, _PRE_SKIP, 48000, 0, 0)
    vendor = b"simulator"
    tags = b"OpusTags" + struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", 0)
    frames = max(1, round(seconds * 50))
    pages = [
        _page([head], flags=_FIRST, granule=0, sequence=0),
        _page([tags], flags=0, granule=0, sequence=1),
    ]
    done = 0
    while done < frames:
        count = min(50, frames - done)
        done += count
        flags = _LAST if done == frames else 0
        granule = done * _FRAME_SAMPLES
        sequence = len(pages)
        packets = [_SILENCE] * count
        pages.append(_page(packets, flags=flags, granule=granule, sequence=sequence))
    return b"".join(pages)
