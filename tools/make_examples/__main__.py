"""Write the example workbooks, the list of what is planted in them and the samples of the kinds into the checkout."""

from __future__ import annotations

from pathlib import Path

from tools.make_examples import mistakes
from tools.make_examples.books import saved
from tools.make_examples.workbooks import INBOX, SAMPLES, SETS
from tools.make_examples.year import YEAR, planted

ROOT = Path(__file__).parent.parent.parent


def write(root: Path) -> list[Path]:
    """Write everything under ``root``; returns the paths."""
    files = {root / "examples" / "inbox" / name: saved(make()) for name, make in INBOX.items()}
    files |= {root / "templates" / kind / "sample.xlsx": saved(make()) for kind, make in {**SAMPLES, **SETS}.items()}
    files |= {root / "examples" / "year" / name: saved(make()) for name, make in YEAR.items()}
    files[root / "examples" / "expected.toml"] = (mistakes.expected() + planted.expected()).encode()
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return list(files)


if __name__ == "__main__":
    for path in write(ROOT):
        print(path.relative_to(ROOT))
