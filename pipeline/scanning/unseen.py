"""The text of a page without its ink: to be searched and marked under a scan, never seen (ISO 32000-1 9.3.6, mode 3).

Only what shows text, and what moves it, is taken over from the page's operators; its fonts come along whole, for
PDF/A wants the fonts of unseen text too. Lines, pictures, colours and tags stay behind.
"""

from __future__ import annotations

import pikepdf

_KEPT = frozenset(
    ["q", "Q", "cm", "BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Ts", "Td", "TD", "Tm", "T*", "Tj", "TJ", "'", '"']
)
_UNSEEN = pikepdf.ContentStreamInstruction([3], pikepdf.Operator("Tr"))
_DEEPEST = 8


def unseen_text(copy: pikepdf.Pdf, page: pikepdf.Page) -> tuple[bytes, pikepdf.Dictionary]:
    """The operators, and the resources they need as objects of ``copy``."""
    return _taken(copy, page.obj, page.obj.get("/Resources", pikepdf.Dictionary()), _DEEPEST)


def _taken(
    copy: pikepdf.Pdf, source: pikepdf.Object, resources: pikepdf.Object, depth: int
) -> tuple[bytes, pikepdf.Dictionary]:
    kept: list[pikepdf.ContentStreamInstruction] = []
    fonts, forms = pikepdf.Dictionary(), pikepdf.Dictionary()
    for each in pikepdf.parse_content_stream(source):
        if isinstance(each, pikepdf.ContentStreamInlineImage):
            continue
        operator = str(each.operator)
        if operator == "Do" and (name := str(each.operands[0])) and depth:
            form = resources.XObject[name]
            if form.get("/Subtype") == "/Form" and (made := _form(copy, form, resources, depth)) is not None:
                forms[name] = made
                kept.append(each)
        elif operator in _KEPT:
            kept.append(each)
            if operator == "BT":
                kept.append(_UNSEEN)
            elif operator == "Tf":
                name = str(each.operands[0])
                if name not in fonts:
                    fonts[name] = copy.copy_foreign(resources.Font[name])
    found = pikepdf.Dictionary()
    if len(fonts.keys()):
        found.Font = fonts
    if len(forms.keys()):
        found.XObject = forms
    return pikepdf.unparse_content_stream(kept) + b"\n", found


def _form(copy: pikepdf.Pdf, form: pikepdf.Object, around: pikepdf.Object, depth: int) -> pikepdf.Object | None:
    """A form with its text only; None for one that shows none."""
    content, resources = _taken(copy, form, form.get("/Resources", around), depth - 1)
    if not len(resources.keys()):
        return None
    made = copy.make_stream(content)
    made.Type, made.Subtype, made.Resources = pikepdf.Name.XObject, pikepdf.Name.Form, resources
    made.BBox = pikepdf.Array([float(each) for each in form.BBox])
    if "/Matrix" in form:
        made.Matrix = pikepdf.Array([float(each) for each in form.Matrix])
    return copy.make_indirect(made)
