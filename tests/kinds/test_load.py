"""A wrong kind.toml names the key and the way to mend it, before any clerk meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.errors import ConfigurationError
from pipeline.core.kind import FieldType
from pipeline.kinds import load_kind
from pipeline.kinds.checks import RESERVED
from pipeline.kinds.usage import RULES
from pipeline.merge.context import STANDARD_NAMES
from pipeline.validation import references, rules
from tests.kinds.writing import LETTER, PEOPLE, write_kind


def test_a_kind_is_what_its_file_says(tmp_path: Path) -> None:
    kind = load_kind(write_kind(tmp_path))
    assert (kind.id, kind.name, kind.format) == ("letter", "函", "letter")
    assert kind.identity == ("organisation", "title", "date")
    assert kind.numbering is not None and kind.numbering.pattern == "{code}函〔{year}〕{n}号"
    assert kind.head.field("answer_by").headings == ("回复时限", "时限")
    assert kind.head.field("urgency").type is FieldType.CHOICE
    assert not kind.head.field("given_number").printed
    assert kind.rules[0].arguments == {"fields": ("date", "answer_by")}
    assert kind.template == tmp_path / "letter" / "template.docx"


def broken(old: str, new: str) -> str:
    assert old in LETTER
    return LETTER.replace(old, new, 1)


FAULTS = {
    "a misspelt key": (
        broken('help = "写全称"', 'help = "写全称"\nrequierd = true'),
        "table[letter].field[organisation].requierd：没有这个键",
    ),
    "a missing key": (broken('name = "函"\n', ""), "name：缺少这个键"),
    "a field without help": (broken('help = "打印几份"\n', ""), "table[letter].field[copies].help：缺少这个键"),
    "a type nobody knows": (broken('type = "org"', 'type = "organ"'), "table[letter].field[organisation].type：应为"),
    "a word for a truth value": (
        broken("printed = false", 'printed = "no"'),
        "table[letter].field[given_number].printed：应为 true 或 false",
    ),
    "a truth value for a number": (
        broken("minimum = 1\n", "max_length = true\n"),
        "field[copies].max_length：应为整数",
    ),
    "an unknown format": (broken('format = "letter"', 'format = "brief"'), "format：应为"),
    "an id with capitals": (broken('id = "urgency"', 'id = "Urgency"'), "field[Urgency].id：格式不对"),
    "another folder's id": (broken('id = "letter"\nname', 'id = "brief"\nname'), "id：要与文件夹同名（letter）"),
    "no head": (
        broken('id = "letter"\nsheets', 'id = "letter"\nrole = "detail"\nsheets'),
        'table：要有且只有一张 role = "head" 的表',
    ),
    "a field twice": (broken('id = "urgency"', 'id = "date"'), "table[letter].field：字段 id date 写了两次"),
    "a field that hides the paper's own number": (
        broken('id = "copies"', 'id = "number"'),
        "table[letter].field[number].id：number 在模板里另有所指",
    ),
    "a field called like a command": (
        broken('id = "copies"', 'id = "if"'),
        "table[letter].field[if].id：if 是模板指令里的词",
    ),
    "a need of nobody": (
        broken('rule = "not-before"\nfields = ["date", "answer_by"]', 'rule = "needs"\nfield = "urgency"'),
        "rule[1]：规则 needs 缺少 needs",
    ),
    "an identity nobody has": (
        broken('"title", "date"]\norg', '"titel", "date"]\norg'),
        "identity：主表里没有字段 titel",
    ),
    "an identity that may be empty": (
        broken('"title", "date"]\norg', '"urgency", "date"]\norg'),
        "identity：字段 urgency 要能认定一份文件",
    ),
    "a date that is no date": (
        broken('date_field = "date"', 'date_field = "title"'),
        'date_field：字段 title 要写 type = "date"',
    ),
    "an organisation nobody has": (
        broken('organisation_field = "organisation"', 'organisation_field = "org"'),
        "organisation_field：主表里没有字段 org",
    ),
    "a key for one table": (
        broken('sheets = ["函"]', 'sheets = ["函"]\nkey = "title"'),
        "table[letter].key：只有一张表，不用写 key",
    ),
    "a heading of two fields": (
        broken('synonyms = ["时限"]', 'synonyms = ["成文 日期："]'),
        "field[answer_by]：表头“成文 日期：”已经是字段 date 的叫法",
    ),
    "a choice without choices": (
        broken('choices = ["特急", "加急"]\n', ""),
        'field[urgency].choices：type = "choice" 的字段要有 choices',
    ),
    "choices without a choice": (
        broken('heading = "份数"', 'heading = "份数"\nchoices = ["1", "2"]'),
        "field[copies].choices",
    ),
    "bounds of a text": (
        broken('heading = "标题"', 'heading = "标题"\nminimum = 3'),
        "field[title].minimum：minimum 和 maximum 只用于整数和金额",
    ),
    "bounds the wrong way round": (broken("maximum = 99", "maximum = 0"), "field[copies].minimum：比 maximum 还大"),
    "a length of a date": (
        broken('heading = "回复时限"', 'heading = "回复时限"\nmax_length = 3'),
        "field[answer_by].max_length",
    ),
    "a pattern that is none": (
        broken('heading = "标题"', 'heading = "标题"\npattern = "["'),
        "field[title].pattern：不是正则表达式",
    ),
    "an example that is no date": (broken("2020年5月8日", "2020年13月8日"), "field[answer_by].example：应为日期"),
    "an example that is no choice": (
        broken('example = "加急"', 'example = "快"'),
        "field[urgency].example：不在 choices 里",
    ),
    "an example out of bounds": (
        broken('example = "2"', 'example = "100"'),
        "field[copies].example：大于 maximum = 99",
    ),
    "an example too long": (
        broken('heading = "标题"', 'heading = "标题"\nmax_length = 5'),
        "field[title].example：超过 max_length = 5 个字",
    ),
    "an example against the pattern": (
        broken('heading = "标题"', 'heading = "标题"\npattern = "通知.*"'),
        "field[title].example：不符合 pattern",
    ),
    "a default that is no choice": (
        broken('example = "加急"', 'example = "加急"\ndefault = "平急"'),
        "field[urgency].default：不在 choices 里",
    ),
    "two lines in one": (broken('type = "long-text"', 'type = "text"'), "field[title].example：只能写一行"),
    "a seal twice": (broken('seals = ["issuer"]', 'seals = ["issuer", "issuer"]'), "seals：印章 issuer 写了两次"),
    "a pattern without a number": (broken("〔{year}〕{n}号", "〔{year}〕号"), "numbering.pattern：要有 {n}"),
    "a pattern without a year": (broken("〔{year}〕{n}号", "{n}号"), "numbering.pattern：要有 {year}"),
    "a series that reaches into Python": (
        broken("{code}函", "{code.__class__}函"),
        "numbering.series：花括号里只能写 {code}、{organisation}",
    ),
    "a series named after a choice that may be empty": (
        broken("{code}函", "{code}{urgency}函"),
        "numbering.series：花括号里只能写 {code}、{organisation}",
    ),
    "braces that do not close": (broken("〔{year}〕{n}号", "〔{year}〕{n号"), "numbering.pattern：花括号不成对"),
    "a given number of another type": (
        broken('field = "given_number"', 'field = "title"'),
        'numbering.field：主表里没有 type = "number" 的字段 title',
    ),
    "a given number nobody uses": (
        broken('field = "given_number"\n', ""),
        "numbering.field：字段 given_number 里的号没有人用",
    ),
    "a rule nobody knows": (broken('rule = "not-before"', 'rule = "not-after"'), "rule[1]：没有规则 not-after"),
    "a rule without its argument": (
        broken('fields = ["date", "answer_by"]', 'columns = ["date"]'),
        "rule[1]：规则 not-before 缺少 fields",
    ),
    "a rule over no table": (
        broken('fields = ["date", "answer_by"]', 'fields = ["date", "reply_by"]'),
        "rule[1]：没有一张表同时有字段 date、reply_by",
    ),
    "a title over no field": (broken('title = "{{ title }}"', 'title = "{{ titel }}"'), "title：主表里没有字段 titel"),
    "a title that is no Jinja": (broken('title = "{{ title }}"', 'title = "{{ title"'), "title：写法不对"),
    "a title that loops": (
        broken('title = "{{ title }}"', 'title = "{% for x in title %}{{ x }}{% endfor %}"'),
        "title：只能写",
    ),
    "a title that calls": (broken('title = "{{ title }}"', 'title = "{{ title.__class__ }}"'), "title：只能写"),
    "a title that comes out empty": (
        broken('title = "{{ title }}"', 'title = "{% if not title %}x{% endif %}"'),
        "title：按 title",
    ),
    "a file name nobody can write": (
        broken('"{{ number }} {{ title }}"', '"{% if title %}///{% endif %}"'),
        "file_name：写出来的名称不能作文件名",
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_names_its_key(case: str, tmp_path: Path) -> None:
    text, expected = FAULTS[case]
    folder = write_kind(tmp_path, text)
    with pytest.raises(ConfigurationError) as caught:
        load_kind(folder)
    assert expected in caught.value.what
    assert caught.value.where == str(folder / "kind.toml")
    assert caught.value.remedy


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    text = (
        LETTER.replace('"not-before"', '"not-after"').replace('example = "2"', 'example = "二"').replace("{n}号", "号")
    )
    with pytest.raises(ConfigurationError) as caught:
        load_kind(write_kind(tmp_path, text))
    keys = [line.split("：")[0] for line in caught.value.what.splitlines()]
    assert keys == ["table[letter].field[copies].example", "numbering.pattern", "rule[1]"]


def test_details_are_joined_by_a_required_key(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"table\[letter\].key：有几张表时") as caught:
        load_kind(write_kind(tmp_path, LETTER + PEOPLE))
    assert "table[people]" not in caught.value.what
    keyless = (LETTER + PEOPLE).replace('sheets = ["函"]', 'sheets = ["函"]\nkey = "urgency"')
    with pytest.raises(ConfigurationError, match=r"连接用的字段 urgency 要写 required = true"):
        load_kind(write_kind(tmp_path, keyless))
    joined = load_kind(write_kind(tmp_path, keyless.replace('"urgency"', '"title"', 1)))
    assert [table.id for table in joined.details] == ["people"]


def test_a_detail_table_may_not_hide_a_field(tmp_path: Path) -> None:
    hidden = (LETTER + PEOPLE).replace('sheets = ["函"]', 'sheets = ["函"]\nkey = "title"').replace("people", "copies")
    with pytest.raises(ConfigurationError, match=r"table\[copies\].id：主表里已有同名字段"):
        load_kind(write_kind(tmp_path, hidden))


@pytest.mark.parametrize(
    ("data", "what", "remedy"),
    [
        (b"\xff\xfei\x00d\x00", "不是 UTF-8 编码", "UTF-8"),
        ('id = "函'.encode(), "引号没有成对", "改好这一行"),
        (None, "没有这个文件", "拷贝"),
    ],
)
def test_a_file_that_cannot_be_read(data: bytes | None, what: str, remedy: str, tmp_path: Path) -> None:
    folder = write_kind(tmp_path)
    path = folder / "kind.toml"
    path.write_bytes(data) if data is not None else path.unlink()
    with pytest.raises(ConfigurationError) as caught:
        load_kind(folder)
    assert what in caught.value.what and remedy in caught.value.remedy


def test_notepad_may_save_it(tmp_path: Path) -> None:
    folder = write_kind(tmp_path)
    (folder / "kind.toml").write_bytes(b"\xef\xbb\xbf" + LETTER.replace("\n", "\r\n").encode())
    assert load_kind(folder).name == "函"


def test_names_that_a_template_has_already_are_reserved() -> None:
    assert STANDARD_NAMES < RESERVED


@pytest.mark.parametrize("name", sorted(STANDARD_NAMES))
def test_a_detail_table_may_not_hide_a_name_of_the_program(name: str, tmp_path: Path) -> None:
    keyed = (LETTER + PEOPLE).replace('sheets = ["函"]', 'sheets = ["函"]\nkey = "title"')
    with pytest.raises(ConfigurationError, match=rf"table\[{name}\].id：{name} 在模板里另有所指"):
        load_kind(write_kind(tmp_path, keyed.replace('id = "people"', f'id = "{name}"')))


def test_the_rules_a_kind_may_name_are_those_that_are_carried_out() -> None:
    carried_out = {name: set(rule.arguments) for name, rule in rules.RULES.items()}
    carried_out[references.RULE] = {"field", "found_in"}
    assert {name: set(arguments) for name, arguments in RULES.items()} == carried_out
