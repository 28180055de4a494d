"""What the three programs share on the command line: plain sentences instead of tracebacks.

Exit codes as of ketsim itself: 0 done, 1 failed (a Python package is missing), 2 bad input or
usage.
"""

import argparse
import contextlib
import os
import sys
from pathlib import Path

# HDF5 reads this as it loads: network file systems may lack locks.
os.environ.setdefault("HDF5_USE_FILE_LOCKING", "BEST_EFFORT")

#: Import name -> (Debian package, name on the Python package index).
PACKAGES = {
    "netCDF4": ("python3-netcdf4", "netCDF4"),
    "h5py": ("python3-h5py", "h5py"),
    "jinja2": ("python3-jinja2", "jinja2"),
    "markupsafe": ("python3-markupsafe", "markupsafe"),
    "matplotlib": ("python3-matplotlib", "matplotlib"),
    "numpy": ("python3-numpy", "numpy"),
    "pandas": ("python3-pandas", "pandas"),
    "scipy": ("python3-scipy", "scipy"),
    "xarray": ("python3-xarray", "xarray"),
}


class UserError(Exception):
    """Something the user can put right; its text is one sentence."""


def missing_package_text(module):
    """What to do about a missing Python package, as one or two lines."""
    requirements = Path(__file__).resolve().parent / "requirements.txt"
    debian, elsewhere = PACKAGES.get(module, (f"python3-{module}", module))
    return (
        f"the Python package {elsewhere} is missing in {sys.executable or 'this Python'}. Install"
        f" it with\n  sudo apt-get install --no-install-recommends {debian}      (Debian, Ubuntu;"
        f" for /usr/bin/python3)\n  {sys.executable or 'python3'} -m pip install -r"
        f" {requirements}      (elsewhere)"
    )


@contextlib.contextmanager
def named_packages():
    """Imports in this block: a missing package is named with its install command; exit code 1."""
    try:
        yield
    except ModuleNotFoundError as error:
        module = (error.name or "").partition(".")[0]
        if module not in PACKAGES:
            raise
        print(f"{Path(sys.argv[0]).name}: {missing_package_text(module)}", file=sys.stderr)
        raise SystemExit(1) from None


def parser(description):
    """Argument parser of a program that reads one result file."""
    arguments = argparse.ArgumentParser(description=description)
    arguments.add_argument(
        "file",
        metavar="FILE.h5",
        type=Path,
        help="result file of `ketsim run` or `ketsim compare`",
    )
    return arguments


def run(main):
    """Run `main`; what a user can put right becomes one sentence on stderr and exit code 2."""
    name = Path(sys.argv[0]).name
    try:
        main()
        sys.stdout.flush()
    except UserError as error:
        print(f"{name}: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"{name}: {where}{error.strerror or str(error).splitlines()[0]}", file=sys.stderr)
        raise SystemExit(2) from None
