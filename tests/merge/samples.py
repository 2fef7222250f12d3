"""Small templates and kinds for tests of a single point."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from pipeline.core.kind import Field, FieldType, Kind, Table


def write_template(folder: Path, *paragraphs: str) -> Path:
    """A template as Word would save it, one paragraph for each text."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    path = folder / "template.docx"
    document.save(str(path))
    return path


def kind_with(folder: Path, *fields: Field) -> Kind:
    """A kind with these fields and a date, whose template lies in ``folder``."""
    head = Table("head", ("表",), (Field("date", "日期", FieldType.DATE), *fields))
    return Kind(
        id="sample",
        name="样例",
        format="general",
        folder=folder,
        tables=(head,),
        title="样例",
        file_name="样例",
        identity=("date",),
        date_field="date",
    )
