#!/usr/bin/env python3
"""Everything a developer does, from a bare computer on: `python3 dev.py run|test|bench|shots|build|words [arguments]`.

Standard library only. Makes `.venv` with the pinned packages, sees to the system's libraries, then does what was asked;
each step says one line. Further arguments go to the program, to pytest or to the benchmark.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "jpship-stamp"
CONSTRAINTS = ROOT / "constraints.txt"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

# What Qt opens at run time → the Debian package that has it (tried on Debian 12 and 13).
QT = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class Stop(Exception):
    """What was asked for cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    """One line on standard error: standard output belongs to what is run."""
    print(f"dev: {text}", file=sys.stderr, flush=True)


# ── the system ──────────────────────────────────────────────────────────────────────────────────────────────────────


def has_screen() -> bool:
    """Whether a window can be opened here."""
    return not sys.platform.startswith("linux") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def loads(library: str) -> bool:
    """Whether the system finds a shared library by its name."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def need_libraries(wanted: dict[str, str]) -> None:
    """Install the Debian packages of the libraries this system lacks, or say how to."""
    if sys.platform.startswith("linux"):
        missing = [library for library in wanted if not loads(library)]
        install_packages([wanted[library] for library in missing], f"the system lacks {', '.join(missing)}")


def install_packages(packages: Sequence[str], why: str) -> None:
    """apt-get as root; otherwise Stop with the exact line to type."""
    if not packages:
        return
    line = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise Stop(f"{why}; install the packages your system has for: {' '.join(packages)}")
    if os.geteuid() != 0:
        raise Stop(f"{why}; please run: sudo {' '.join(line)}")
    say(f"{why}: installing {' '.join(packages)} (half a minute)")
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["apt-get", "update"], line):
        done = subprocess.run(
            command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Stop(f"{' '.join(command)} failed:\n{done.stderr.strip() or done.stdout.strip()}")


# ── the packages ────────────────────────────────────────────────────────────────────────────────────────────────────


def fingerprint() -> str:
    """Changes whenever other packages have to be installed."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = [project["build-system"], project["project"], project["dependency-groups"]]
    text = (
        json.dumps(parts, sort_keys=True)
        + CONSTRAINTS.read_text(encoding="utf-8")
        + sys.version.split()[0]
        + str(ROOT)
    )
    return hashlib.sha256(text.encode()).hexdigest()


def prepare() -> None:
    """`.venv` with exactly the pinned packages; nothing to do when its stamp is right."""
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted and PYTHON.exists():
        return
    make_venv()
    say("upgrading pip (dependency groups need 25.1)")
    pip("install", "--upgrade", "pip>=25.1")
    say("installing jpship and the pinned packages (some 120 MB the first time; takes a minute or more)")
    pip(
        "install",
        "--editable",
        str(ROOT),
        "--group",
        f"{ROOT / 'pyproject.toml'}:dev",
        "--constraint",
        str(CONSTRAINTS),
    )
    STAMP.write_text(wanted)


def make_venv() -> None:
    """A virtual environment with this Python and pip in it; one that another tool made without pip is made anew."""
    if importlib.util.find_spec("ensurepip") is None:
        install_packages(["python3-venv"], "Python lacks its venv part")
    usable = PYTHON.exists() and quietly(
        [str(PYTHON), "-c", f"import pip, sys; assert sys.version == {sys.version!r}"]
    )
    if not usable:
        say(f"making {VENV.name} with Python {sys.version.split()[0]}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def pip(*arguments: str) -> None:
    """Run pip inside `.venv`, quiet unless it fails."""
    quiet = dict(
        os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_ROOT_USER_ACTION="ignore", PIP_NO_INPUT="1"
    )
    if subprocess.run([str(PYTHON), "-m", "pip", "-qq", *arguments], env=quiet, check=False).returncode:
        raise Stop("pip could not install the packages; is there a network?")


def quietly(command: Sequence[str]) -> bool:
    """Whether a command ends well; its output is not shown."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def python(*arguments: str, **variables: str) -> int:
    """Run `.venv`'s Python in the project folder and give its exit code."""
    return subprocess.run(
        [str(PYTHON), *arguments], cwd=ROOT, env={**os.environ, **variables}, check=False
    ).returncode


# ── the commands ────────────────────────────────────────────────────────────────────────────────────────────────────


def run(arguments: list[str]) -> int:
    """Start jpship; without a screen and without arguments play the practice day."""
    need_libraries(QT | WINDOW if has_screen() else QT)
    prepare()
    words([])
    if not arguments and not has_screen():
        say("there is no screen: playing a practice day on the command line instead")
        arguments = ["practice", "day"]
    command = [str(PYTHON), "-m", "jpship_gui", *arguments]
    return subprocess.run(command, check=False).returncode


def test(arguments: list[str]) -> int:
    """The test suite, offscreen, on two workers unless told otherwise."""
    need_libraries(QT)
    prepare()
    if not os.environ.get("CI"):
        words([])
    own_workers = any(
        argument.startswith(("-n", "--numprocesses", "--pdb", "--trace")) for argument in arguments
    )
    workers = [] if own_workers else ["-n", "2", "--dist", "worksteal"]
    say(f"testing: pytest {' '.join(workers + arguments)}")
    return python("-m", "pytest", *workers, *arguments, QT_QPA_PLATFORM="offscreen")


def bench(arguments: list[str]) -> int:
    """Product beside floor, in one run."""
    need_libraries(QT)
    prepare()
    words([])
    return python("-m", "tests.bench", *arguments, QT_QPA_PLATFORM="offscreen")


def shots(arguments: list[str]) -> int:
    """A picture of every page in every language, size and theme, in shots/."""
    need_libraries(QT)
    prepare()
    words([])
    return python("-m", "tests.shots", *arguments, QT_QPA_PLATFORM="offscreen")


def words(arguments: list[str]) -> int:
    """Compile the word catalogues that are older than their sources; `--check` only tells."""
    prepare()
    return python(str(ROOT / "resources" / "build" / "words.py"), *arguments)


def build(arguments: list[str]) -> int:
    """A program folder by PyInstaller in dist/, which must list what the source lists."""
    need_libraries(QT | WINDOW | python_library())  # what is missing here would be missing in the folder
    if shutil.which("objdump") is None and sys.platform.startswith("linux"):
        install_packages(["binutils"], "PyInstaller needs objdump")
    prepare()
    words([])
    say("building dist/jpship")
    options = [
        "--noconfirm",
        "--log-level",
        "WARN",
        "--distpath",
        str(ROOT / "dist"),
        "--workpath",
        str(ROOT / "build"),
    ]
    if python("-m", "PyInstaller", *options, *arguments, str(ROOT / "build_installer.spec")):
        raise Stop("PyInstaller failed")
    program = ROOT / "dist" / "jpship" / ("jpship.exe" if WINDOWS else "jpship")
    for question in ("marketplaces", "carriers"):
        compare(question, program)
    return 0


def python_library() -> dict[str, str]:
    """The shared library of a Debian Python, which PyInstaller packs and a bare system lacks."""
    name = sysconfig.get_config_var("INSTSONAME")
    of_system = Path(sys.base_prefix) == Path("/usr")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {str(name): f"libpython{version}"} if of_system and str(name).startswith("libpython") else {}


def compare(question: str, program: Path) -> None:
    """Ask source and built program the same; Stop when the answers differ or are empty."""
    with tempfile.TemporaryDirectory() as home:
        asked = ["--home", home, "--json", question]
        source = answer([str(PYTHON), "-m", "jpship_gui", *asked])
        built = answer([str(program), *asked])
    if not source or source != built:
        raise Stop(f"{question}: the source says {source}, the built program {built}")
    say(f"{question}: source and built program agree on {len(source)}")


def answer(command: Sequence[str]) -> list[object]:
    """The JSON list a command prints; Stop with its complaint when it fails."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise Stop(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()}")
    found = json.loads(done.stdout)
    return list(found if isinstance(found, list) else found.values())


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "bench": bench,
    "shots": shots,
    "build": build,
    "words": words,
}


def main(arguments: list[str]) -> int:
    """Look the command up and do it; the exit code is the command's own."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is started by whatever Python is there
        print("dev: jpship needs Python 3.11 or newer", file=sys.stderr)
        return 1
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        for name, command in COMMANDS.items():
            print(f"  {name:6} {command.__doc__}", file=sys.stderr)
        return 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except Stop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
