"""Counts what the test runners of tests/run.sh left behind and prints `N passed, N failed` as the last line.

Each runner NAME leaves NAME.status (its exit status), NAME.txt (what it printed) and NAME.xml (JUnit). A runner without
a readable NAME.xml crashed; one that ends with an error although all its tests passed (a leak found at exit, an error
outside the tests) counts as one failure; so does a run in which no test passed or failed.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def count_cases(junit: Path) -> tuple[int, int]:
    """Passed and failed test cases of one JUnit file; skipped and filtered ones are neither."""
    passed = failed = 0
    for case in ElementTree.parse(junit).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.find("skipped") is None and case.get("status") != "notrun":
            passed += 1
    return passed, failed


def count_runner(status_file: Path) -> tuple[int, int]:
    """Passed and failed test cases of one runner, its own crash counted as a failure."""
    status = int(status_file.read_text())
    try:
        passed, failed = count_cases(status_file.with_suffix(".xml"))
    except (OSError, ElementTree.ParseError):
        passed = failed = 0
        print(f"{status_file.stem}: crashed or ran out of time (exit code {status})")
        return 0, 1
    if status != 0 and failed == 0:
        print(f"{status_file.stem}: exit code {status} although no test failed")
        failed = 1
    return passed, failed


def without_passed(output: str) -> str:
    """The output of a runner, less the two lines of each C++ test that passed and printed nothing."""
    return re.sub(r"\[ RUN {6}\] .*\n\[ {7}OK \] .*\n", "", output)


def main(folder: Path) -> int:
    """Print the output of runners with failures, then the sum over all runners."""
    total_passed = total_failed = 0
    for status_file in sorted(folder.glob("*.status")):
        passed, failed = count_runner(status_file)
        if failed:
            print(without_passed(status_file.with_suffix(".txt").read_text(errors="replace"))[-20000:])
        total_passed += passed
        total_failed += failed
    if total_passed + total_failed == 0:
        print("no test ran")
        total_failed = 1
    print(f"{total_passed} passed, {total_failed} failed")
    return 1 if total_failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
