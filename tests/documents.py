"""Small documents of each kind that people attach, made in memory."""

from __future__ import annotations

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ODT = f'xmlns:office="{OASIS}:office:1.0" xmlns:text="{OASIS}:text:1.0"'


def zipped(**parts: str | bytes) -> bytes:
    """Return an archive of parts; "__" in a name stands for a slash, "_xml" for the ending."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), body)
    return made.getvalue()


def docx(text: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    return zipped(word__document_xml=f"<w:document {W}><w:body>{body}</w:body></w:document>")


def pptx(*slides: str) -> bytes:
    made = {
        f"ppt__slides__slide{number}_xml": f"<p {A}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p>"
        for number, text in enumerate(slides, 1)
    }
    return zipped(**made)


def xlsx(*cells: str) -> bytes:
    shared = "".join(f"<si><t>{cell}</t></si>" for cell in cells)
    return zipped(xl__sharedStrings_xml=f"<sst>{shared}</sst>", xl__worksheets__sheet1_xml="<worksheet/>")


def odt(text: str) -> bytes:
    body = f"<office:body><office:text><text:p>{text}</text:p></office:text></office:body>"
    return zipped(content_xml=f"<office:document-content {ODT}>{body}</office:document-content>")


def pdf(text: str, password: str = "") -> bytes:
    """Return a page that says `text`, in letters of the fonts that every reader has."""
    from pypdf import PdfReader, PdfWriter

    shown = "BT /F1 12 Tf 72 720 Td (" + text.replace("(", r"\(").replace(")", r"\)") + ") Tj ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R"
        " /Resources << /Font << /F1 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size, start = len(parts) + 1, len(out)
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n".encode()
    out += f"startxref\n{start}\n%%EOF\n".encode()
    if not password:
        return out
    writer, kept = PdfWriter(clone_from=PdfReader(io.BytesIO(out))), io.BytesIO()
    writer.encrypt(password, algorithm="RC4-128")
    writer.write(kept)
    return kept.getvalue()


def bomb() -> bytes:
    """Return 300 KB that unfold to 300 MB of words."""
    return zipped(word__document_xml=f"<w:document {W}>".encode() + b"<w:x>" + b" " * 300_000_000)


def laughs() -> bytes:
    """Return a document whose entities would unfold to gigabytes."""
    entities = '<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    body = f"<!DOCTYPE d [{entities}]><w:document {W}><w:p><w:t>&i;</w:t></w:p></w:document>"
    return zipped(word__document_xml=body)
