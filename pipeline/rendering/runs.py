"""The content of a paragraph as a row of items: characters, tabs, breaks, page numbers, pictures, bookmarks.

Word wraps runs in many things that print nothing themselves (links, content controls, smart tags, proofing marks);
those are opened. What prints and is not handled is refused by name. A complex field begins, grows and ends in
different runs, even in different paragraphs; the open ones are kept in the job.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.core.messages import _
from pipeline.rendering.columns import break_of
from pipeline.rendering.contents import own_properties
from pipeline.rendering.counters import counted
from pipeline.rendering.drawings import drawings
from pipeline.rendering.fields import Instruction, form_field, instruction, sign
from pipeline.rendering.fit_text import fitted, fitted_together
from pipeline.rendering.footnotes import footnote
from pipeline.rendering.frames import aligned_stop
from pipeline.rendering.job import Job, OpenField, Place
from pipeline.rendering.left_out import left_out
from pipeline.rendering.markup import Element, attribute, child, flag, kind, q
from pipeline.rendering.model import Break, InlineBox, Item, Mark, PageField, Shape, Tab, Text, TextStyle
from pipeline.rendering.properties import EMPTY, Properties, is_set, run_properties, text
from pipeline.rendering.refusals import ACCEPT_CHANGES, IGNORED, REFUSED, REMOVE_COMMENTS
from pipeline.rendering.symbol_codes import in_unicode, symbol
from pipeline.rendering.textstyle import pieces, upper
from pipeline.rendering.two_lines import CombinedRun, combined_run, in_two_lines
from pipeline.rendering.units import twips

_WRAPPERS = frozenset({"w:smartTag", "w:customXml", "w:sdtContent", "w:dir", "w:bdo", "w:ins", "w:moveTo"})
_NO_BREAK_HYPHEN = "\u2011"


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a paragraph: ``items`` in the text, ``shapes`` anchored to it."""

    items: tuple[Item, ...]
    shapes: tuple[Shape, ...]


class ParagraphReader:
    """Reads one paragraph. ``style`` is the id of its paragraph style."""

    def __init__(self, job: Job, place: Place, style: str) -> None:
        self._job = job
        self._place = place
        self._style = style
        self._items: list[Item] = []
        self._shapes: list[Shape] = []
        self._combined: list[CombinedRun] = []

    def read(self, paragraph: Element) -> Content:
        """All items of a w:p. A simple field or a link inside is opened; hidden text is left out."""
        self._walk(paragraph, paragraph, href="")
        if self._combined:
            self._items = in_two_lines(self._job, self._place, paragraph, self._items, self._combined)
        return Content(tuple(self._items), tuple(self._shapes))

    def _walk(self, parent: Element, paragraph: Element, href: str) -> None:
        for element in parent:
            name = kind(element)
            if name == "w:r":
                self._run(element, paragraph, href)
            elif name == "w:hyperlink":
                self._walk(element, paragraph, self._target(element))
            elif name == "w:sdt":
                content = child(element, "w:sdtContent")
                if content is not None:
                    self._walk(content, paragraph, href)
            elif name == "w:fldSimple":
                self._simple_field(element, paragraph, href)
            elif name == "w:bookmarkStart":
                bookmark = attribute(element, "w:name")
                if bookmark and bookmark != "_GoBack":
                    self._items.append(Mark(bookmark))
            elif name in REFUSED:
                _settled, style = self._settled(EMPTY, paragraph)
                self._items += self._refused(name, paragraph, style)
                if name in _WRAPPERS:
                    self._walk(element, paragraph, href)
            elif name in _WRAPPERS:
                self._walk(element, paragraph, href)
            elif name not in IGNORED:
                self._job.refuse(_("不认识的内容（{name}）").format(name=name), self._place, paragraph)

    def _run(self, run: Element, paragraph: Element, href: str) -> None:
        own = own_properties(self._job, run)
        settled: Properties | None = None
        style: TextStyle | None = None
        begin = len(self._items)
        for element in run:
            name = kind(element)
            if name == "w:rPr":
                continue
            if name in ("w:fldChar", "w:instrText"):
                self._field_part(element, name, paragraph, own)
                continue
            if style is None or settled is None:
                settled, style = self._settled(own, paragraph)
            if is_set(settled, "vanish") or self._in_instruction() or self._swallowed(style):
                continue
            for item in self._printed(element, name, style, settled, paragraph, href or self._field_link()):
                self._items.append(item)
        if settled is not None and (combined := combined_run(run, own, settled, begin, len(self._items))):
            self._combined.append(combined)

    def _settled(self, own: Properties, paragraph: Element) -> tuple[Properties, TextStyle]:
        run = self._job.resolved.run(self._style, own, self._place.look)
        for effect in run.effects:
            self._job.refuse(effect, self._place, paragraph)
        return run.settled, run.style

    def _printed(
        self, element: Element, name: str, style: TextStyle, settled: Properties, paragraph: Element, href: str
    ) -> Iterator[Item]:
        if name == "w:t":
            yield from self._text(element, style, settled, paragraph, href)
        elif name == "w:tab":
            yield Tab(style)
        elif name == "w:ptab":
            yield self._aligned_tab(element, style, paragraph)
        elif name in ("w:br", "w:cr"):
            yield Break(break_of(self._job, self._place, element, paragraph), style)
        elif name == "w:sym":
            yield from self._symbol(element, style, paragraph)
        elif name == "w:noBreakHyphen":
            yield self._noted(Text(_NO_BREAK_HYPHEN, style, href))
        elif name == "w:pgNum":
            self._page_field(Instruction("PAGE"), style)
        elif name in ("w:drawing", "w:pict"):
            for shape in drawings(self._job, self._place, element, paragraph):
                if shape.origin_x == "inline":
                    yield InlineBox(shape, style.rise)
                else:
                    self._shapes.append(shape)
        elif name == "w:footnoteReference":
            yield from footnote(self._job, self._place, element, style, paragraph)
        elif name == "w:footnoteRef":
            yield self._noted(Text(self._job.note_number, style))
        elif name in REFUSED:
            yield from self._refused(name, paragraph, style)
        elif name not in IGNORED:
            self._job.refuse(_("不认识的内容（{name}）").format(name=name), self._place, paragraph)

    def _text(
        self, element: Element, style: TextStyle, settled: Properties, paragraph: Element, href: str
    ) -> Iterator[Item]:
        words = element.text or ""
        if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            words = words.strip(" \t\r\n")
        if is_set(settled, "caps"):
            words = upper(words)
        known = in_unicode(style.latin, words)
        if known is None:
            self._job.refuse(_("特殊字体里的符号（{face}）").format(face=style.latin), self._place, paragraph)
            known = words
        for index, piece in enumerate(known.replace("\n", " ").replace("\r", "").split("\t")):
            if index:
                yield Tab(style)
            if piece and text(settled, "fitText", default="0") != "0":
                yield from self._fitted(self._noted(Text(piece, style, href)), element, style, settled, paragraph)
            elif piece:
                for part, look in pieces(piece, style, settled):
                    yield self._noted(Text(part, look, href))

    def _fitted(
        self, item: Text, element: Element, style: TextStyle, settled: Properties, paragraph: Element
    ) -> Iterator[Item]:
        """Text fitted to a width together with the runs of the same w:id beside it."""
        own = element.getparent()
        runs = fitted_together(own, paragraph)
        if own is None or own not in runs or len(own.findall(q("w:t"))) != 1:
            self._job.refuse(_("调整宽度的文字（分成几段格式）"), self._place, paragraph)
            runs = [] if own is None else [own]
        whole = []
        for run in runs:
            look = style if run is own else self._settled(run_properties(run), paragraph)[1]
            whole += [Text(each.text or "", replace(look, spacing=0.0)) for each in run.findall(q("w:t"))]
        width = max(twips(text(settled, "fitText")), 1.0)
        yield from fitted(item, whole, width, self._job.book, last=not runs or own is runs[-1])

    def _aligned_tab(self, element: Element, style: TextStyle, paragraph: Element) -> Tab:
        """A tab to the middle or the right margin whatever the tab stops (17.3.3.23)."""
        if attribute(element, "w:relativeTo", "margin") != "margin":
            self._job.refuse(_("按缩进对齐的制表位"), self._place, paragraph)
        return Tab(
            style, aligned_stop(attribute(element, "w:alignment"), attribute(element, "w:leader"), self._place.width)
        )

    def _symbol(self, element: Element, style: TextStyle, paragraph: Element) -> Iterator[Item]:
        face, code = attribute(element, "w:font"), attribute(element, "w:char", "0")
        try:
            character = symbol(face, int(code, 16))
        except ValueError:
            character = ""
        if character:
            yield self._noted(Text(character, replace(style, hint_east_asian=True)))
        else:
            self._job.refuse(
                _("特殊字体里的符号（{face} {code}）").format(face=face, code=code), self._place, paragraph
            )

    def _noted(self, item: Text) -> Text:
        self._job.words.append(item.text)
        return item

    # ---- fields

    def _field_part(self, element: Element, name: str, paragraph: Element, own: Properties) -> None:
        fields = self._job.open_fields
        if name == "w:instrText":
            if fields and not fields[-1].in_result:
                fields[-1].instruction += element.text or ""
            return
        step = attribute(element, "w:fldCharType")
        if step == "begin":
            fields.append(OpenField())
            self._form_field(element, paragraph, own)
            if flag(child(element, "w:dirty")) or attribute(element, "w:dirty") in ("1", "true", "on"):
                self._job.refuse(
                    _("等待更新的域"), self._place, paragraph, _("在 Word 里全选后按 F9 更新域，保存后再试")
                )
        elif step == "separate" and fields:
            fields[-1].in_result = True
            if not sign(fields[-1].instruction)[0]:
                self._asked(instruction(fields[-1].instruction), paragraph)
        elif step == "end" and fields:
            done = fields.pop()
            if not done.in_result or sign(done.instruction)[0]:
                self._without_result(done.instruction, own, paragraph)
            if not done.printed and instruction(done.instruction).page_kind and not self._in_instruction():
                _settled, style = self._settled(own, paragraph)
                self._page_field(instruction(done.instruction), style)

    def _asked(self, asked: Instruction, paragraph: Element) -> None:
        if asked.drawn:
            self._job.refuse(asked.drawn, self._place, paragraph)
        if asked.by_page and self._place.band:
            self._job.refuse(
                _("页眉页脚里随页而变的域（{name}）").format(name=asked.name),
                self._place,
                paragraph,
                _("在 Word 里选中该域，按 Ctrl+Shift+F9 变成文字后再试"),
            )
        if asked.page_kind and asked.form == "?":
            self._job.refuse(_("页码域的编号格式"), self._place, paragraph)

    def _without_result(self, code: str, own: Properties, paragraph: Element) -> None:
        """A field that is drawn anew each time, whether or not Word stored what it looked like."""
        character, size = sign(code)
        if character:
            _settled, style = self._settled(own, paragraph)
            style = replace(style, hint_east_asian=True, size=size or style.size)
            self._items.append(self._noted(Text(character, style)))
        else:
            self._asked(instruction(code), paragraph)

    def _form_field(self, begin: Element, paragraph: Element, own: Properties) -> None:
        shown = form_field(begin)
        if shown:
            _settled, style = self._settled(own, paragraph)
            self._items.append(self._noted(Text(shown, style)))

    def _in_instruction(self) -> bool:
        return any(not each.in_result for each in self._job.open_fields)

    def _swallowed(self, style: TextStyle) -> bool:
        """Inside the stored result of a page field: print the field once, in the look of its result. What a sign was
        drawn as is passed over: it is drawn anew."""
        for each in self._job.open_fields:
            if sign(each.instruction)[0]:
                return True
            asked = instruction(each.instruction)
            if asked.page_kind:
                if not each.printed:
                    each.printed = True
                    self._page_field(asked, style)
                return True
        return False

    def _field_link(self) -> str:
        return next((link for each in self._job.open_fields if (link := instruction(each.instruction).link)), "")

    def _page_field(self, asked: Instruction, style: TextStyle) -> None:
        """The field, measured as number 1 in its format; the dashes of "- 1 -" are characters of the line."""
        if asked.page_kind is None:
            return
        form = asked.form if asked.form not in ("", "?") else ""
        form = form or (self._place.number_format if asked.page_kind == "page" else "decimal")
        dashed = form == "numberInDash"
        if dashed:
            self._items.append(self._noted(Text("- ", style)))
        sample = "1" if dashed else counted(1, form)
        self._items.append(PageField(asked.page_kind, style, sample, "decimal" if dashed else form))
        if dashed:
            self._items.append(self._noted(Text(" -", style)))

    def _simple_field(self, element: Element, paragraph: Element, href: str) -> None:
        asked = instruction(attribute(element, "w:instr"))
        self._asked(asked, paragraph)
        if asked.page_kind:
            run = child(element, "w:r")
            _settled, style = self._settled(run_properties(run), paragraph)
            self._page_field(asked, style)
        else:
            self._walk(element, paragraph, asked.link or href)

    def _target(self, link: Element) -> str:
        anchor = attribute(link, "w:anchor")
        if anchor:
            return f"#{anchor}"
        related = self._job.source.package.related(self._place.part).get(attribute(link, "r:id"))
        return related.target if related and related.external else ""

    def _refused(self, name: str, paragraph: Element, style: TextStyle) -> list[Item]:
        """Refuse an element; what it leaves on paper: a box where something would have been seen."""
        change = name in _WRAPPERS or name in ("w:del", "w:moveFrom")
        comment = name == "w:commentReference"
        remedy = _(ACCEPT_CHANGES) if change else (_(REMOVE_COMMENTS) if comment else "")
        self._job.refuse(_(REFUSED[name]), self._place, paragraph, remedy)
        return [] if change or comment else [InlineBox(left_out(style.size, style.size))]
