"""What is printed on a paper besides the content of its Word file (overprint, 加印): its code (二维码), the archival
stamp (归档章), archival page numbers (编页), and the guides for seals across page edges (骑缝章).

It is drawn in the one write of the PDF, on places that are free by what the pages really carry, and tagged so that no
reader takes it for content. Where nothing is free nothing is printed, and the report says so.
"""

from pipeline.rendering.overprint.order import NOTHING, ArchiveStamp, Overprint

__all__ = ["NOTHING", "ArchiveStamp", "Overprint"]
