"""How text becomes words of the index, and a query a phrase of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.register.grams import folded, indexed, letters, phrase


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("推荐表", "推荐 荐表 表"),
        ("表", "表"),
        ("铜王组发〔2020〕50号", "铜王 王组 组发 发 2020 50 号"),
        ("PDF/A格式", "pdf a 格式 式"),
        ("张　三", "张三 三"),
        ("王益区\n委组织部", "王益 益区 区委 委组 组织 织部 部"),
        ("阿里木·买买提", "阿里 里木 木 买买 买提 提"),
        ("２０２０年", "2020 年"),
        ("王䶮𬱖", "王䶮 䶮𬱖 𬱖"),
        ("葛\U000e0100城", "葛城 城"),
        ("\ue123某", "\ue123某 某"),
        ("，。《》", ""),
        ("", ""),
    ],
)
def test_text_as_the_index_keeps_it(text, words):
    assert indexed(text) == words


@pytest.mark.parametrize(
    ("word", "expression"),
    [
        ("通知", '"通知"'),
        ("兼职委员", '"兼职 职委 委员"'),
        ("表", '"表"*'),
        ("铜王组发〔2020〕50号", '"铜王 王组 组发 发 2020 50 号"*'),
        ("2020", '"2020"'),
        ("Word", '"word"'),
        ('" OR *', '"or"'),
        ('"', ""),
        ("《", ""),
    ],
)
def test_a_word_as_it_is_looked_for(word, expression):
    assert phrase(word) == expression


HAN = st.text(alphabet="通知公示王益区", min_size=0, max_size=30)


@settings(deadline=None, max_examples=200)
@given(HAN, st.text(alphabet="通知公示王益区", min_size=1, max_size=4))
def test_chinese_text_is_found_by_exactly_the_words_that_stand_in_it(text, word):
    assert found(text, word) == (word in text)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=40), st.data())
def test_any_text_is_found_by_every_stretch_that_ends_between_words(text, data):
    """Blanks and signs part words; inside a Latin word or a figure nothing is looked for."""
    start = data.draw(st.integers(0, len(text)))
    word = text[start : data.draw(st.integers(start, len(text)))]
    end = start + len(word)
    parted = parts_a_word(text[:start], text[start:]) or parts_a_word(text[:end], text[end:])
    if letters(word) and not parted and folded(word) in folded(text):  # Unicode joins some characters in folding
        assert found(text, word)


def parts_a_word(left, right):
    """Whether the cut goes through a Latin word or a figure."""
    edge = folded(left)[-1:] + folded(right)[:1]
    return len(edge) == 2 and len(indexed(edge).split()) == 1


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=30))
def test_no_query_is_ever_a_syntax_error(word):
    found("公示", word)


@pytest.mark.parametrize(
    "word", ['"', "*", "(", "a AND", "NEAR(a b)", "title:公示", "-公示", "^公示", "公示\x00", "';--"]
)
def test_signs_that_mean_something_to_sqlite_mean_nothing_here(word):
    found("公示", word)


def found(text, word):
    """Whether a real full-text table finds ``text`` by ``word``."""
    expression = phrase(word)
    if not expression:
        return False
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, content='', tokenize='ascii')")
        connection.execute("INSERT INTO t(rowid, x) VALUES (1, ?)", (indexed(text),))
        return connection.execute("SELECT 1 FROM t WHERE t MATCH ?", (expression,)).fetchone() is not None
