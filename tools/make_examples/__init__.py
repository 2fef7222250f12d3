"""The example office's workbooks, made as its secretaries would make them.

``python -m tools.make_examples`` writes ``examples/inbox/*.xlsx``, ``examples/year/*.xlsx`` (the package ``year``),
``examples/expected.toml`` and ``templates/<kind>/sample.xlsx``. What is written in them stands in ``content/``; what
they look like (titles above the table, widths, headings in the words people use) in ``workbooks.py``; the planted
mistakes in ``mistakes.py``.
"""
