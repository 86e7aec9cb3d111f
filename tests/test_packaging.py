"""What is installed is the whole program: each file that it reads beside its modules, and metadata that name it."""

from __future__ import annotations

import re
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DATA: dict[str, list[str]] = PROJECT["tool"]["setuptools"]["package-data"]
READ_BY_PEOPLE = {"archive/README.md", "crawler/README.md"}


def _is_packed(path: Path) -> bool:
    package = path.parent
    while not (package / "__init__.py").exists():
        package = package.parent
    name = package.relative_to(ROOT).as_posix().replace("/", ".")
    inside = path.relative_to(package).as_posix()
    patterns = DATA.get(name, []) + DATA["*"]
    return any(fnmatch(inside, pattern) and inside.count("/") == pattern.count("/") for pattern in patterns)


def test_every_file_that_modules_read_is_in_the_wheel() -> None:
    files = [path for room in ("archive", "crawler") for path in (ROOT / room).rglob("*") if path.is_file()]
    data = [path for path in files if path.suffix not in (".py", ".pyc")]
    assert len(data) > 20
    left_out = {path.relative_to(ROOT).as_posix() for path in data if not _is_packed(path)}
    assert left_out == READ_BY_PEOPLE
    assert all((ROOT / room / "py.typed").is_file() for room in ("archive", "crawler"))


def test_every_pattern_of_the_wheel_matches_a_file() -> None:
    for package, patterns in DATA.items():
        folder = ROOT if package == "*" else ROOT / package.replace(".", "/")
        for pattern in patterns:
            assert list(folder.glob(f"*/{pattern}" if package == "*" else pattern)), (package, pattern)


def test_the_source_distribution_has_every_tracked_file() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout")
    manifest = (ROOT / "MANIFEST.in").read_text(encoding="utf-8")
    named = {word for line in re.findall(r"^include (.*)$", manifest, re.M) for word in line.split()}
    folders = tuple(f"{folder}/" for folder in re.findall(r"^graft (\S+)$", manifest, re.M))
    by_itself = {"pyproject.toml", "scheduler.py", "MANIFEST.in"}
    for name in listed.stdout.split("\n"):
        packed = name.endswith(".py") or (name.startswith(("archive/", "crawler/")) and _is_packed(ROOT / name))
        assert not name or packed or name in named | by_itself or name.startswith(folders), name


def test_the_metadata_say_what_this_is_and_the_changelog_has_the_version() -> None:
    project = PROJECT["project"]
    assert {"Homepage", "Documentation", "Changelog", "Issues"} <= set(project["urls"])
    assert {"Typing :: Typed", "Framework :: Scrapy", "Framework :: Datasette"} <= set(project["classifiers"])
    newest = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)[0]
    assert newest == project["version"]
