"""What the numbers were measured on."""

import datetime
import json
import os
import re
from pathlib import Path

from harness import ROOT


def first_match(path, pattern):
    """Group 1 of the first match in a file; `unknown` without file or match."""
    try:
        found = re.search(pattern, Path(path).read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found[1].strip() if found else "unknown"


def flags_of(build):
    """How a baseline was compiled: the same as ketsim."""
    try:
        commands = json.loads((ROOT / build / "compile_commands.json").read_text(encoding="utf-8"))
    except OSError:
        return "unknown"
    command = next(entry["command"] for entry in commands if entry["file"].endswith("csr_loop.cpp"))
    return " ".join(word for word in command.split() if re.match(r"-(O|D|m|f|std)", word))


def describe(build):
    """Lines on machine, compiler and date.

    Parameters
    ----------
    build : str
        Build folder, relative to the root of the project.

    Returns
    -------
    dict of str to str
    """
    memory = first_match("/proc/meminfo", r"^MemTotal:\s+(\d+)")
    caches = [
        f"L{first_match(folder / 'level', '(.*)')} {first_match(folder / 'size', '(.*)')}"
        for folder in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*"))
        if first_match(folder / "type", "(.*)") != "Instruction"
    ]
    header = ROOT / build / "generated/ketsim/version.hpp"
    return {
        "Processor": first_match("/proc/cpuinfo", r"^model name\s*:\s*(.*)"),
        "Cores": str(os.cpu_count()),
        "Caches": ", ".join(caches) or "unknown",
        "Memory": f"{int(memory) / 2**20:.0f} GiB" if memory.isdigit() else memory,
        "System": f"{os.uname().sysname} {os.uname().release}",
        "Compiler": first_match(header, r'compiler = "(.*?)"'),
        "Flags": flags_of(build),
        "ketsim": first_match(header, r'commit = "(.*?)"'),
        "Date": datetime.date.today().isoformat(),
        "Load before": f"{os.getloadavg()[0]:.1f}",
    }
