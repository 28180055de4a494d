"""Facts about the guide: every block of code in it runs and prints a table."""

import contextlib
import io
import os
import re

from report import HERE as ANALYSIS


def blocks():
    """The code blocks of the guide."""
    text = (ANALYSIS / "GUIDE.md").read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)


def test_blocks_of_the_guide_run_and_print_their_tables(sample, tmp_path, monkeypatch):
    os.symlink(sample, tmp_path / "rocket.h5")
    monkeypatch.chdir(tmp_path)
    start, *tables = blocks()
    assert len(tables) == 4
    for code in tables:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(start + code, {})
        assert len(printed.getvalue().splitlines()) > 3


def test_blocks_are_short():
    assert all(len(code.splitlines()) <= 10 for code in blocks())
