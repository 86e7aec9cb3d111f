"""PDF documents written by hand: lines of Helvetica at places of A4 pages, as small as a document can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

WIDTH, HEIGHT = 595, 842

Text = tuple[float, float, float, str]
"""Left edge, distance of the base line from the top, size (all in points), and the words."""


def pdf(*pages: Iterable[Text], title: str = "", created: str = "") -> bytes:
    """A document with these lines on its pages."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({_escaped(title)}) /CreationDate ({created}) >>",
    ]
    for n, page in enumerate(pages):
        content = "\n".join(
            f"BT /F {size} Tf {left} {HEIGHT - base} Td ({_escaped(words)}) Tj ET" for left, base, size, words in page
        )
        box = f"[0 0 {WIDTH} {HEIGHT}]"
        font = "<< /Font << /F 3 0 R >> >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Resources {font} /Contents {6 + 2 * n} 0 R >>",
            f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream",
        ]
    return _file(objects)


def _file(objects: Sequence[str]) -> bytes:
    written, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{each}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>"
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(written)}\n%%EOF"
    )
    return written + end.encode()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def column(lines: Iterable[str], left: float = 70, top: float = 150, size: float = 11, step: float = 14) -> list[Text]:
    """Lines below one another; an empty one leaves room for a paragraph's end."""
    return [(left, top + step * n, size, words) for n, words in enumerate(lines) if words]
