"""Photographed pages as one PDF: each JPEG goes in as it is, on a sheet of A4, turned as the person turned it.

Written by hand (ISO 32000-1, 7.5 and 8.9.5): the pictures are not decoded, not encoded again and not blown up by a text
coding, and the same pages give the same bytes. Nothing but the pictures is in it: no date, no author, no name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

A4 = (595.28, 841.89)
MARGIN = 14.0


@dataclass(frozen=True, slots=True)
class PicturePage:
    jpeg: bytes = field(repr=False)
    width: int
    height: int
    turned: int = 0  # degrees clockwise: 0, 90, 180 or 270


def pictures_pdf(pages: Sequence[PicturePage]) -> bytes:
    """One sheet a picture."""
    bodies: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{3 + 3 * n} 0 R" for n in range(len(pages)))
    bodies.append(f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode())
    for n, page in enumerate(pages):
        number = 3 + 3 * n
        wide, tall = A4 if page.height >= page.width else A4[::-1]
        scale = min((wide - 2 * MARGIN) / page.width, (tall - 2 * MARGIN) / page.height)
        across, up = page.width * scale, page.height * scale
        place = f"q {across:.2f} 0 0 {up:.2f} {(wide - across) / 2:.2f} {(tall - up) / 2:.2f} cm /P Do Q"
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide} {tall}] /Rotate {page.turned % 360}"
            f" /Resources << /XObject << /P {number + 2} 0 R >> >> /Contents {number + 1} 0 R >>".encode()
        )
        bodies.append(_stream(b"", place.encode()))
        picture = (
            f"/Type /XObject /Subtype /Image /Width {page.width} /Height {page.height}"
            " /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode "
        )
        bodies.append(_stream(picture.encode(), page.jpeg))
    return _file(bodies)


def _stream(words: bytes, data: bytes) -> bytes:
    return b"<< %s/Length %d >>\nstream\n%s\nendstream" % (words, len(data), data)


def _file(bodies: Sequence[bytes]) -> bytes:
    parts, places, at = [b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"], [], 15
    for number, body in enumerate(bodies, start=1):
        places.append(at)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        at += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(bodies) + 1
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table))
    parts.append(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, at))
    return b"".join(parts)
