"""Small pictures and papers drawn on the spot, so that the demo brings no files along."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw


def picture(seed: int) -> bytes:
    """A JPEG of a chair before a wall, in colours of its own."""
    draw_random = random.Random(seed)  # noqa: S311 (colours)
    wall = tuple(draw_random.randint(150, 220) for _ in range(3))
    wood = tuple(draw_random.randint(60, 140) for _ in range(3))
    image = Image.new("RGB", (1200, 900), wall)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 700, 1200, 900), fill=tuple(c - 40 for c in wall))
    draw.rounded_rectangle((430, 160, 770, 480), 30, fill=wood)
    draw.rounded_rectangle((390, 460, 810, 540), 20, fill=tuple(c + 15 for c in wood))
    for left in (410, 750):
        draw.rectangle((left, 540, left + 36, 780), fill=wood)
    draw.line((765, 600, 785, 690), fill=(235, 225, 215), width=5)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=82)
    return file.getvalue()


def paper(title: str) -> bytes:
    """A PDF of one page with one line."""
    text = title.encode("latin-1", "replace").replace(b"(", b"[").replace(b")", b"]")
    stream = b"BT /F1 22 Tf 72 760 Td (" + text + b") Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj" % number + body + b"endobj\n")
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n")
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()
