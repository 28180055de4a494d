"""Facts about the vendored JavaScript: unchanged, and safe inside a page."""

import hashlib

from report import LIBRARIES, VENDOR, scripts


def test_files_are_those_of_the_checksums():
    lines = (VENDOR / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split() for line in lines)}
    assert set(sums) == set(LIBRARIES)
    for name, digest in sums.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name


def test_each_library_has_its_licence():
    for name in LIBRARIES:
        assert (VENDOR / f"LICENSE.{name.removesuffix('.min.js')}").stat().st_size > 1000


def test_scripts_cannot_end_the_element_that_holds_them():
    for text in scripts():
        assert "</script" not in text.lower() and "<!--" not in text
        assert "sourceMappingURL" not in text
