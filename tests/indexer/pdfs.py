"""Small PDFs, written by hand: text at a place, in a size, plain or bold; lines, turned text, form fields."""

from __future__ import annotations

import math
from pathlib import Path


class Pdf:
    """Writes small PDFs: text at a place, in a size, plain or bold."""

    def __init__(self) -> None:
        self._pages: list[list[str]] = []
        self._annotations: dict[int, list[str]] = {}

    def page(self) -> Pdf:
        self._pages.append([])
        return self

    def text(
        self, x: float, y: float, text: str, size: float = 11, font: str = "F1", gray: float = 0, page: int = -1
    ) -> Pdf:
        """Text whose line stands `y` points below the top of the page."""
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self._pages[page].append(f"BT {gray} g /{font} {size} Tf {x} {800 - y} Td ({escaped}) Tj ET")
        return self

    def lines(self, y: float, *texts: str, x: float = 60, size: float = 11, font: str = "F1") -> Pdf:
        """Lines of text one below the other."""
        for number, text in enumerate(texts):
            self.text(x, y + number * 1.2 * size, text, size, font)
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Pdf:
        """The ruled lines of a table."""
        for y in ys:
            self._pages[-1].append(f"{xs[0]} {800 - y} m {xs[-1]} {800 - y} l S")
        for x in xs:
            self._pages[-1].append(f"{x} {800 - ys[0]} m {x} {800 - ys[-1]} l S")
        return self

    def draw(self, *operations: str) -> Pdf:
        """Operations as a page's stream has them; their heights are from the foot of the page."""
        self._pages[-1].extend(operations)
        return self

    def turned(self, x: float, y: float, text: str, degrees: float, size: float = 11, gray: float = 0) -> Pdf:
        """Text that runs up to the right, as a watermark does, or straight up with 90 degrees."""
        c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        matrix = f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f} {x} {800 - y}"
        return self.draw(f"BT {gray} g /F2 {size} Tf {matrix} Tm ({text}) Tj ET")

    def field(self, x: float, y: float, kind: str, value: str) -> Pdf:
        """A form field, 200 points wide, whose entries such as "/V (Bridge)" are `value`."""
        box = f"[{x} {800 - y} {x + 200} {800 - y + 16}]"
        annotation = f"<< /Type /Annot /Subtype /Widget /FT /{kind} /T (f) /Rect {box} {value} >>"
        self._annotations.setdefault(len(self._pages) - 1, []).append(annotation)
        return self

    def annotation(self, entries: str) -> Pdf:
        """Any annotation of the page, by its entries."""
        self._annotations.setdefault(len(self._pages) - 1, []).append(f"<< /Type /Annot {entries} >>")
        return self

    def save(self, path: Path, title: str = "", trailer: str = "", catalog: str = "") -> Path:
        fonts = ("Helvetica", "Helvetica-Bold", "Courier", "Wingdings")
        objects = [f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>" for name in fonts]
        descriptor = "/FontDescriptor << /Type /FontDescriptor /FontName /Wingdings /FontBBox [0 0 999 999] /Flags 4 >>"
        objects[3] = objects[3].replace(" >>", f" {descriptor} >>")
        kids = []
        for number, page in enumerate(self._pages):
            annotations = f"/Annots [{' '.join(self._annotations.get(number, []))}]"
            stream = "\n".join(page)
            objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
            resources = "/Resources << /Font << /F1 1 0 R /F2 2 0 R /F3 3 0 R /F4 4 0 R >> >>"
            parent = 5 + 2 * len(self._pages)
            box = "/MediaBox [0 0 600 800]"
            objects.append(
                f"<< /Type /Page /Parent {parent} 0 R {box} {resources} {annotations} /Contents {len(objects)} 0 R >>"
            )
            kids.append(f"{len(objects)} 0 R")
        objects.append(f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>")
        objects.append(f"<< /Type /Catalog /Pages {len(objects)} 0 R {catalog} >>")
        objects.append(f"<< /Title ({title}) >>")
        path.write_bytes(self._file(objects, trailer))
        return path

    @staticmethod
    def _file(objects: list[str], trailer: str) -> bytes:
        data = b"%PDF-1.4\n"
        places = []
        for number, text in enumerate(objects, 1):
            places.append(len(data))
            data += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
        start = len(data)
        data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
        data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
        root = f"/Root {len(objects) - 1} 0 R /Info {len(objects)} 0 R"
        data += f"trailer\n<< /Size {len(objects) + 1} {root} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
        return data
