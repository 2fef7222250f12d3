"""From a Word file to PDF/A: read, resolve styles, set the lines ourselves, lay out, print, and let the gate decide.

ooxml -> styles -> layout (with lines, tables, shapes) -> model -> html -> pdf (WeasyPrint) -> gate
"""
