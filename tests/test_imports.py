"""The rooms stay rooms: which module may import which, and one home for every third-party library."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = {
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): path
    for folder in ("crawler", "archive")
    for path in sorted((ROOT / folder).rglob("*.py"))
} | {"scheduler": ROOT / "scheduler.py"}

PURE = {"archive.extract", "archive.template", "archive.anatomy", "archive.revise", "archive.cues", "archive.metadata"}
FETCHING = {
    f"crawler.{name}"
    for name in (
        "capture", "download", "failures", "fetch", "guard", "politeness", "robots", "settings", "spider", "worker"
    )
}  # fmt: skip
DISCOVERY = {f"crawler.{name}" for name in ("anchors", "feeds", "markup", "sitemaps")}
EXTRACTION = {
    f"archive.{name}"
    for name in (
        "blocks", "decode", "extract", "metadata", "pagekind", "publication", "statements", "surroundings", "traces"
    )
}  # fmt: skip
COMMANDS = {
    "scheduler",
    "archive.terminal",
    "crawler.watching",
    *(name for name in MODULES if name.endswith("commands")),
}

HOMES = {
    "scrapy": FETCHING,
    "aiohttp": FETCHING,
    "yarl": FETCHING,
    "feedparser": {"crawler.feeds"},
    "courlan": {"archive.urls"},
    "trafilatura": {"archive.extract"},
    "htmldate": {"archive.metadata"},
    "charset_normalizer": {"archive.decode"},
    "warcio": {"archive.records", "archive.warcimport"},
    "isal": {"archive.codings"},
    "brotli": {"archive.codings"},
    "backports": {"archive.codings"},
    "compression": {"archive.codings"},
    "lxml": EXTRACTION | DISCOVERY,
    "sqlite_utils": {name for name in MODULES if name.startswith("archive") and not name.startswith("archive.web")},
    "rensa": {"archive.shingles"},
    "apscheduler": {"scheduler", "crawler.triggers"},
    "tomlkit": {"archive.tomlfile"},
    "click": COMMANDS,
    "rich": COMMANDS,
    "datasette": {name for name in MODULES if name.startswith("archive.web")},
    "markupsafe": {"archive.evidence_page", *(name for name in MODULES if name.startswith("archive.web"))},
    "pyarrow": {"archive.parquet"},
    "pluggy": {"archive.web"},
    "uvicorn": {"archive.web.serve"},
}
"""Where each library may be imported: one room of the house, mostly one file of it."""

COMES_WITH = {"charset_normalizer": "trafilatura"}
"""Libraries that belong to another, through which they are used and installed."""


@cache
def imports(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it, as it would be written in full."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            found |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def roots(path: Path) -> set[str]:
    """The top-level names that a file imports."""
    return {name.partition(".")[0] for name in imports(path)}


def own(path: Path) -> set[str]:
    """The modules of ours that a file imports."""
    return imports(path) & set(MODULES)


def test_there_are_modules_to_look_at() -> None:
    assert {"scheduler", "crawler.due", "archive.model", "archive.terminal"} <= set(MODULES)


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("archive")])
def test_the_archive_knows_nothing_of_the_crawler(name: str) -> None:
    assert not roots(MODULES[name]) & {"crawler", "scheduler", "scrapy", "twisted", "apscheduler"}


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("crawler")])
def test_the_crawler_sees_few_files_of_the_archive(name: str) -> None:
    allowed = {"archive", "archive.model", "archive.warc", "archive.urls", "archive.records"}
    allowed |= {"archive.fields", "archive.tomlfile"} if name == "crawler.sources" else set()
    allowed |= {"archive.terminal"} if name == "crawler.commands" else set()
    seen = {module for module in own(MODULES[name]) if module.startswith("archive")}
    assert seen <= allowed
    assert "scheduler" not in roots(MODULES[name])


@pytest.mark.parametrize("name", sorted(PURE & set(MODULES)))
def test_what_decides_touches_no_store_and_no_file(name: str) -> None:
    forbidden = {
        "archive.store",
        "archive.ingest",
        "archive.warc",
        "archive.pool",
        "archive.commands",
        "archive.terminal",
    }
    assert not own(MODULES[name]) & forbidden
    assert not roots(MODULES[name]) & {"sqlite3", "socket", "subprocess", "urllib.request", "requests"}


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("archive.web")])
def test_the_web_only_reads(name: str) -> None:
    assert not own(MODULES[name]) & {"archive.ingest", "archive.pool", "archive.commands", "archive.extract"}


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_has_one_home(library: str) -> None:
    users = {name for name, path in MODULES.items() if library in roots(path)}
    assert users <= HOMES[library], f"{library} is imported by {sorted(users - HOMES[library])}"


@pytest.mark.parametrize("name", sorted(MODULES))
def test_every_library_has_a_home_and_is_declared(name: str) -> None:
    ours = {"crawler", "archive", "scheduler"}
    foreign = {root for root in roots(MODULES[name]) if root not in sys.stdlib_module_names | ours}
    homeless = foreign - set(HOMES)
    assert not homeless, f"{name} imports {sorted(homeless)}: give it a home here"
    undeclared = {COMES_WITH.get(library, library) for library in foreign} - declared() - {"compression"}
    assert not undeclared, f"{name} imports {sorted(undeclared)}, which pyproject.toml does not name"


def declared() -> set[str]:
    """The libraries that pyproject.toml names, as they are imported."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = chain(project["dependencies"], *project["optional-dependencies"].values())
    names = (re.match(r"[\w-]+", requirement) for requirement in requirements)
    return {name[0].lower().replace("-", "_") for name in names if name}


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_stand_at_the_top(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    inner = [
        node.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inner, f"{name} imports inside a function on lines {inner}"
    guarded = [
        node.lineno
        for test in ast.walk(tree)
        if isinstance(test, ast.If) and "TYPE_CHECKING" in ast.dump(test.test)
        for node in ast.walk(test)
        if isinstance(node, ast.ImportFrom)
        and str(node.module).partition(".")[0] in ("crawler", "archive", "scheduler")
    ]
    assert not guarded, f"{name} hides an import of ours under TYPE_CHECKING on lines {guarded}"


def test_the_top_level_holds_one_module() -> None:
    assert [path.name for path in ROOT.glob("*.py")] == ["scheduler.py"]
