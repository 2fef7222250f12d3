"""A notice, a letter and minutes that keep every clause, drawn piece by piece, so that a test can spoil one."""

from __future__ import annotations

from tests.conformance.press import BOLD, FANG, HEI, KAI, POINT, RED, SONG, Field, Piece, Pieces, Rule, Text, ink

LINE = 225 / 22
CHARACTER = 156 / 28
LEAD = LINE - 16 * POINT
LEFT, TOP, RIGHT, BOTTOM, CENTER = 28.0, 37.0, 184.0, 262.0, 106.0

WORDS = "为加强城市基层党建引领社区治理推动驻区单位参与共驻共建现就有关事项作出安排请结合实际认真落实"


def body(text: str, line: int, page: int, *, indent: bool = False, font: str = FANG) -> Text:
    """A line of the body; ``line`` counts from 0 at the top of the 版心, where an office program puts it."""
    x = LEFT + (2 * CHARACTER if indent else 0.0)
    return Text(text, x, TOP + (line + 0.8) * LINE, page, font, pitch=CHARACTER)


def words(count: int, start: int = 0) -> str:
    """So many Hanzi of running text."""
    return "".join(WORDS[(start + place) % len(WORDS)] for place in range(count))


def page_number(page: int) -> Text:
    """— 1 —: its dash 7 mm below the 版心, one character in."""
    text = f"— {page} —"
    above, _below = ink(SONG, "—", 14)
    x, anchor = (RIGHT - 14 * POINT, "right") if page % 2 else (LEFT + 14 * POINT, "left")
    return Text(text, x, BOTTOM + 7 + above, page, SONG, 14, anchor=anchor)


def title(first: float) -> Pieces:
    """Two lines of title, the ink of the first one beginning at ``first``, and the addressees a blank line below."""
    above, _below = ink(BOLD, "关于在全区实行社区", 22)
    base = first + above
    return {
        "title-1": Text("关于在全区实行社区兼职委员制", CENTER, base, font=BOLD, size=22, anchor="center"),
        "title-2": Text("有关事项的通知", CENTER, base + 12, font=BOLD, size=22, anchor="center"),
        "addressees": Text("黄堡镇、各街道党委：", LEFT, base + 12 + 2 * LINE, pitch=CHARACTER),
    }


def lines_from(name: str, page: int, base: float, count: int) -> Pieces:
    """A paragraph of ``count`` lines, the first on base line ``base``, the last one short."""
    pieces: Pieces = {}
    for place in range(count):
        indent = 2 if place == 0 else 0
        length = 10 if place == count - 1 else 28 - indent
        pieces[f"{name}-{place + 1}"] = Text(
            words(length, 7 * place), LEFT + indent * CHARACTER, base + place * LINE, page, pitch=CHARACTER
        )
    return pieces


def notice() -> Pieces:
    """铜王组发〔2020〕50号 in spirit: four pages, one attachment, a seal's place, 版记 on the last page."""
    mark_text = "中共铜川市王益区委组织部文件"
    above, below = ink(BOLD, mark_text, 31)
    mark = Text(mark_text, CENTER, 72 + above, font=BOLD, size=31, colour=RED, anchor="center")
    number_text = "铜王组发〔2020〕50号"
    up, down = ink(FANG, number_text, 16)
    number = Text(number_text, CENTER, mark.baseline + below + 2 * LINE + LEAD + up, anchor="center")
    rule = Rule(LEFT, number.baseline + down + 4, 156, 0.5, colour=RED)
    pieces: Pieces = {"mark": mark, "number": number, "rule": rule}
    pieces |= title(rule.y + rule.thickness + 2 * LINE + LEAD / 2)
    start = pieces["addressees"]
    assert isinstance(start, Text)
    pieces |= lines_from("opening", 1, start.baseline + LINE, 6)
    pieces |= {"heading-1": body("一、目的意义", 0, 2, indent=True, font=HEI)}
    pieces |= lines_from("purpose", 2, TOP + 1.8 * LINE, 8)
    pieces |= {"heading-2": body("（一）兼职委员的产生", 9, 2, indent=True, font=KAI)}
    pieces |= lines_from("making", 2, TOP + 10.8 * LINE, 12)
    pieces |= lines_from("close", 3, TOP + 0.8 * LINE, 4)
    pieces |= sign_off(TOP + 5.8 * LINE)
    pieces |= annex() | imprint()
    return pieces | {f"page-{page}": page_number(page) for page in range(1, 5)}


def sign_off(note: float) -> Pieces:
    """附件说明 on base line ``note`` of page 3, then seal, name and date."""
    date = Text("2020年4月16日", RIGHT - 4 * CHARACTER, note + 4 * LINE, 3, anchor="right")
    middle = date.left + date.advance / 2
    name = Text("中共铜川市王益区委组织部", middle, note + 3 * LINE, 3, anchor="center")
    _up, down = ink(FANG, "附件：社区兼职委员人员情况登记表", 16)
    return {
        "note": Text("附件：社区兼职委员人员情况登记表", LEFT + 2 * CHARACTER, note, 3),
        "name": name,
        "date": date,
        "seal": Field("seal:issuer", middle - 21, note + down + 8, 42, 3),
    }


def annex() -> Pieces:
    """附件 on page 4: in the corner, its title on the third line."""
    return {
        "annex": body("附件", 0, 4, font=HEI),
        "annex-title": Text("社区兼职委员人员情况登记表", CENTER, TOP + 2.8 * LINE, 4, BOLD, 22, anchor="center"),
    } | lines_from("annexed", 4, TOP + 4.8 * LINE, 4)


def imprint() -> Pieces:
    """版记 at the foot of page 4."""
    one = 14 * POINT
    return {
        "imprint-rule-1": Rule(LEFT, BOTTOM - 20 - 0.175, 156, 0.35, 4),
        "copies": Text("抄送：各有关单位党组织。", LEFT + one, BOTTOM - 13, 4, size=14),
        "imprint-rule-2": Rule(LEFT, BOTTOM - 10 - 0.125, 156, 0.25, 4),
        "printed-by": Text("中共铜川市王益区委组织部", LEFT + one, BOTTOM - 3, 4, size=14),
        "printed-on": Text("2020年4月16日印发", RIGHT - one, BOTTOM - 3, 4, size=14, anchor="right"),
        "imprint-rule-3": Rule(LEFT, BOTTOM - 0.175, 156, 0.35, 4),
    }


def letter() -> Pieces:
    """A letter of one page and a bit (10.1): red double lines, number on the right, no number on page 1."""
    mark_text = "中共王益区委组织部"
    above, below = ink(BOLD, mark_text, 40)
    foot = 30 + above + below
    number_text = "铜王组函〔2020〕7号"
    up, down = ink(FANG, number_text, 16)
    base = foot + 4 + 2.4 + 4.94 + up
    pieces: dict[str, Piece] = {
        "mark": Text(mark_text, CENTER, 30 + above, font=BOLD, size=40, colour=RED, anchor="center"),
        "upper-1": Rule(20, foot + 4, 170, 1.0, colour=RED),
        "upper-2": Rule(20, foot + 4 + 2.0, 170, 0.4, colour=RED),
        "lower-1": Rule(20, 297 - 20 - 2.4, 170, 0.4, colour=RED),
        "lower-2": Rule(20, 297 - 20 - 1.0, 170, 1.0, colour=RED),
        "number": Text(number_text, RIGHT, base, anchor="right"),
    }
    pieces |= title(base + down + 2 * LINE + LEAD)
    start = pieces["addressees"]
    assert isinstance(start, Text)
    pieces |= lines_from("opening", 1, start.baseline + LINE, 8)
    pieces |= lines_from("close", 2, TOP + 0.8 * LINE, 4)
    date = Text("2020年4月16日", RIGHT - 4 * CHARACTER, TOP + 8.8 * LINE, 2, anchor="right")
    name = Text("中共王益区委组织部", date.left + date.advance / 2, TOP + 7.8 * LINE, 2, anchor="center")
    return pieces | {"date": date, "name": name, "page-2": page_number(2)}


def minutes() -> Pieces:
    """Minutes of one page (10.3)."""
    above, below = ink(BOLD, "社区党建联席会议纪要", 40)
    base = 72 + above + below + 3 * LINE
    pieces: Pieces = {
        "mark": Text("社区党建联席会议纪要", CENTER, 72 + above, font=BOLD, size=40, colour=RED, anchor="center")
    }
    pieces |= lines_from("opening", 1, base, 5)
    present = Text("出席：", LEFT + 2 * CHARACTER, base + 6 * LINE, font=HEI)
    return pieces | {
        "present": present,
        "people": Text("王建国、李秀英", present.left + present.advance, present.baseline),
        "page-1": page_number(1),
    }
