"""The layers of ketsim and who may use which library: the table that test_layers.py holds every file to.

A file may include headers of its own folder and of lower layers. Two folders of one layer never see each other, and a
plug-in (layer 5) sees no other plug-in, not even one of its own folder.
"""

import re
from pathlib import PurePosixPath

LAYER = {
    "base": 0,
    "describe": 1,
    "rng": 1,
    "parallel": 1,
    "model": 2,
    "results": 2,
    "scenario": 3,
    "engine": 4,
    "processes": 5,
    "policies": 5,
    "observers": 5,
    "designs": 5,
    "experiment": 6,
    "io": 6,
    "cli": 7,
}
PLUG_IN_LAYER = 5
EVERYWHERE = set(LAYER)

# How the headers of a library begin, and the folders that may include them. A library that is not here is refused.
LIBRARY = {
    r"fmt/": EVERYWHERE,
    r"(unsupported/)?Eigen/": {"base", "model"},
    r"Random123/": {"rng"},
    r"boost/random[/.]": {"rng"},
    r"(oneapi/)?tbb[/.]|execution$": {"parallel"},
    r"sanitizer/": {"parallel"},
    r"yaml-cpp/": {"io"},
    r"hdf5(_hl)?\.h$|H5\w*\.h$": {"io"},
    r"openssl/": {"io"},
    r"zlib\.h$": {"experiment", "io"},
    r"CLI/": {"cli"},
    r"[ei]mmintrin\.h$": {"model", "rng"},  # of x86 processors: behind a switch, beside plain code
}
# Of the operating system: layers 0 to 5 do without, so that they can be embedded and compiled for other targets.
POSIX = re.compile(r"(sys/\w+|unistd|fcntl|signal|dirent|poll|termios)\.h$")
STANDARD = re.compile(r"\w+$")  # <vector>, <cmath>: no slash, no dot
INCLUDE = re.compile(r"""^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]""", re.MULTILINE)


def folder_of(path: str) -> str | None:
    """The layer's folder of `sim/<folder>/x.cpp` or `include/ketsim/<folder>/x.hpp`; `cli` for the main program."""
    parts = PurePosixPath(path).parts
    if path == "sim/main.cpp":
        return "cli"
    below = parts[1:] if parts[0] == "sim" else parts[2:]
    return below[0] if len(below) > 1 and below[0] in LAYER else None


def unit_of(path: str) -> str:
    """What a header and its source share: `policies/voucher` for either of the two."""
    return path.removeprefix("include/ketsim/").removeprefix("sim/").rsplit(".", 1)[0]


def why_ours_refused(path: str, header: str) -> str | None:
    """Why the file at `path` may not include ketsim's own `header` (path below include/ketsim), or None."""
    own, other = folder_of(path), header.split("/")[0]
    if other not in LAYER or "/" not in header:
        return f"{header} is in no layer"
    if own == other:
        if LAYER[own] == PLUG_IN_LAYER and unit_of(path) != unit_of(header):
            return f"plug-ins never see each other: {header}"
        return None
    if LAYER[other] < LAYER[own]:
        return None
    direction = "upwards" if LAYER[other] > LAYER[own] else "sideways"
    return f"{own} (layer {LAYER[own]}) includes {direction}: {header} (layer {LAYER[other]})"


def why_library_refused(path: str, header: str) -> str | None:
    """Why the file at `path` may not include the foreign `header`, or None."""
    own = folder_of(path)
    for pattern, folders in LIBRARY.items():
        if re.match(pattern, header):
            return None if own in folders else f"<{header}> belongs to {', '.join(sorted(folders))} only"
    if POSIX.match(header):
        return None if LAYER[own] > PLUG_IN_LAYER else f"<{header}> ties layer {LAYER[own]} to one operating system"
    return None if STANDARD.match(header) else f"<{header}> is of no library in the table"


def violations(path: str, text: str) -> list[str]:
    """What the file at `path`, relative to the repository, includes against the rules."""
    if folder_of(path) is None:
        return [f"{path}: lies in no layer"]
    found = []
    for match in INCLUDE.finditer(text):
        header = match.group(1)
        if header == "ketsim/version.hpp":  # written by the build; see test_version_header_has_one_reader
            continue
        if header.startswith("ketsim/"):
            why = why_ours_refused(path, header.removeprefix("ketsim/"))
        elif header.endswith(".hpp") and "/" not in header:  # a private header beside the source
            why = why_ours_refused(path, f"{folder_of(path)}/{header}")
        elif header.startswith("."):
            why = f'"{header}" needs its full name: "ketsim/<layer>/<file>.hpp"'
        else:
            why = why_library_refused(path, header)
        if why:
            line = text.count("\n", 0, match.start(1)) + 1
            found.append(f"{path}:{line}: {why}")
    return found
