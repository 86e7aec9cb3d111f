"""The rooms stay rooms: what each may import, no private name across files, one home for every third-party library."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import is_dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from types import UnionType

import pytest

ROOT = Path(__file__).parent.parent
OURS = {"crawler", "archive", "scheduler"}


def _modules(*folders: str) -> dict[str, Path]:
    return {
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


MODULES = _modules("crawler", "archive") | {"scheduler": ROOT / "scheduler.py"}
TESTS = _modules("tests")

MAY_IMPORT = {
    "archive.core": "",
    "archive.text": "core",
    "archive.warc": "core",
    "archive.page": "core text",
    "archive.metadata": "core text page",
    "archive.release": "core text",
    "archive.boilerplate": "core text page",
    "archive.extract": "core text page metadata release boilerplate",
    "archive.history": "core text metadata",
    "archive.store": "core text boilerplate history",
    "archive.ingest": "core text warc page boilerplate extract history store",
    "archive.export": "core text warc store",
    "archive.alerts": "core text boilerplate store",
    "archive.web": "core text warc page store export alerts",
    "archive.shards": "core warc store",
    "archive.cli": "core text warc boilerplate extract store ingest export alerts web shards",
    "crawler.sources": "archive.core",
    "crawler.discover": "archive.core archive.text archive.page crawler.sources",
    "crawler.fetch": "archive.core archive.warc crawler.sources",
    "crawler.worker": "archive.core archive.warc crawler.sources crawler.discover crawler.fetch",
    "crawler.schedule": "archive.core crawler.sources crawler.worker",
    "crawler.cli": "archive.core archive.cli crawler.sources crawler.discover crawler.fetch",
    "scheduler": "archive.core archive.boilerplate archive.history archive.store archive.ingest archive.alerts"
    " archive.cli crawler.sources crawler.worker crawler.schedule crawler.cli",
}
"""What each room may import, itself apart, in the order of the data's way: a room imports earlier rooms alone."""

HOMES = {
    "dask": "archive.ingest.cluster.connection",
    "distributed": "archive.ingest.cluster.connection",
    "scrapy": "crawler.fetch crawler.worker.spider crawler.worker.process",
    "tldextract": "crawler.fetch.cookies",
    "feedparser": "crawler.discover.feeds",
    "idna": "archive.core.urls",
    "trafilatura": "archive.extract.likelihoods",
    "htmldate": "archive.metadata.fallback_date",
    "charset_normalizer": "archive.page.encoding",
    "webencodings": "archive.page.encoding",
    "isal": "archive.warc.compression archive.warc.content_coding",
    "brotli": "archive.warc.compression archive.warc.content_coding",
    "backports": "archive.warc.compression archive.warc.content_coding",
    "compression": "archive.warc.compression archive.warc.content_coding",
    "fsspec": "archive.warc.storage.objects",
    "playwright": "crawler.fetch.render",
    "pypdfium2": "archive.page.pdf.document",
    "lxml": "archive.page archive.metadata archive.extract crawler.discover",
    "sqlite_utils": "archive.store archive.ingest archive.export archive.cli",
    "rapidfuzz": "archive.text.alignment",
    "rensa": "archive.text.minhash",
    "apscheduler": "scheduler crawler.schedule.triggers crawler.schedule.daemon",
    "cronsim": "crawler.sources.schedule",
    "tomlkit": "archive.core.toml",
    "click": "scheduler archive.cli crawler.cli",
    "rich": "scheduler archive.cli crawler.cli crawler.schedule.progress",
    "apprise": "archive.alerts.services",
    "datasette": "archive.web",
    "jinja2": "archive.export.evidence_page archive.web.pages.render",
    "markupsafe": "archive.web",
    "pyarrow": "archive.export.parquet",
    "pluggy": "archive.web",
    "prometheus_client": "archive.web.pages.status",
    "uvicorn": "archive.web.server",
}
"""Where each library may be imported: one room, mostly one file of it."""

COMES_WITH = {"charset_normalizer": "trafilatura", "dask": "distributed"}
"""Libraries that belong to another, through which they are used and installed."""

MODULES_A_FOLDER, LINES_A_MODULE = 16, 400


_TOLD = ast.Import | ast.ImportFrom | ast.Attribute | ast.FunctionDef | ast.AsyncFunctionDef | ast.If


@cache
def nodes(path: Path) -> list[ast.AST]:
    """The nodes of a file that a rule is about; each file is parsed once."""
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, _TOLD)]


@cache
def imports(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it, as it would be written in full."""
    found: set[str] = set()
    for node in nodes(path):
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


def room_of(module: str) -> str:
    """The room that a module stands in; "" for the packages that hold the rooms."""
    return module if module == "scheduler" else ".".join(module.split(".")[:2]) if "." in module else ""


def allowed(room: str) -> set[str]:
    """The rooms that a room may import, by their full names."""
    return {name if "." in name else f"archive.{name}" for name in MAY_IMPORT[room].split()} | {room}


def test_every_module_stands_in_a_room() -> None:
    rooms = {room_of(name) for name in MODULES if name not in ("archive", "crawler")}
    assert rooms == set(MAY_IMPORT)
    assert [imports(MODULES[name]) for name in ("archive", "crawler")] == [set(), set()]


def test_a_room_may_import_only_rooms_before_it() -> None:
    order = list(MAY_IMPORT)
    for room in order:
        late = {other for other in allowed(room) if order.index(other) > order.index(room)}
        assert not late, f"{room} may import {sorted(late)}, which come later: no arrow runs back"


def test_a_module_imports_what_its_room_may() -> None:
    strange = {
        f"{name} imports {module}; {room_of(name)} may import {MAY_IMPORT[room_of(name)] or 'nothing of ours'}"
        for name, path in MODULES.items()
        if name not in ("archive", "crawler")
        for module in own(path)
        if room_of(module) and room_of(module) not in allowed(room_of(name))
    }
    assert not strange


def test_the_site_takes_of_the_store_its_search_alone() -> None:
    """It reads by SQL of its own; what writes, and what opens for writing, is out of its reach."""
    taken = {module for name, path in MODULES.items() if room_of(name) == "archive.web" for module in own(path)}
    assert {module for module in taken if room_of(module) == "archive.store"} == {
        "archive.store.search_index",
        "archive.store.search_index.places",
        "archive.store.search_index.plan",
        "archive.store.search_index.query",
        "archive.store.search_index.similar",
    }


def test_every_permission_is_used() -> None:
    used = {(room_of(name), room_of(module)) for name, path in MODULES.items() for module in own(path)}
    unused = {(room, other) for room in MAY_IMPORT for other in allowed(room) - {room} if (room, other) not in used}
    assert not unused, f"take out of MAY_IMPORT what nobody needs: {sorted(unused)}"


def test_no_circle_of_modules() -> None:
    graph = {name: {module for module in own(path) if path.name != "__init__.py"} for name, path in MODULES.items()}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, f"a circle of imports: {' -> '.join((*way[way.index(name) :], name))}"
        if name not in done:
            for module in sorted(graph[name]):
                visit(module, (*way, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())


def test_no_private_name_crosses_a_file() -> None:
    private = {name: list(_private_names(path)) for name, path in (MODULES | TESTS).items()}
    assert {name: names for name, names in private.items() if names} == {}, "these take private names of other files"


def _private_names(path: Path) -> Iterator[str]:
    """Names with one leading underscore that are imported from a module of ours, or read from one as an attribute."""
    modules: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and str(node.module).partition(".")[0] in OURS:
            yield from (alias.name for alias in node.names if re.match("_[^_]", alias.name))
            modules |= {alias.asname or alias.name for alias in node.names if f"{node.module}.{alias.name}" in MODULES}
    for node in nodes(path):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in modules
            and re.match("_[^_]", node.attr)
        ):
            yield f"{node.value.id}.{node.attr}"


def test_what_decides_touches_no_store_and_no_file() -> None:
    pure = ("text", "page", "metadata", "release", "boilerplate", "extract", "history")
    for name, path in MODULES.items():
        if room_of(name) in {f"archive.{room}" for room in pure} | {"crawler.discover"}:
            assert not roots(path) & {"sqlite3", "socket", "subprocess", "urllib.request", "requests"}, name


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_has_one_home(library: str) -> None:
    users = {name for name, path in MODULES.items() if library in roots(path)}
    assert users, f"nobody imports {library}: take it out of HOMES"
    strangers = {
        name for name in users if not any(f"{name}.".startswith(f"{home}.") for home in HOMES[library].split())
    }
    assert not strangers, f"{library} is imported by {sorted(strangers)}"


def test_every_library_has_a_home_and_is_declared() -> None:
    foreign = {root for path in MODULES.values() for root in roots(path)} - sys.stdlib_module_names - OURS
    assert foreign - set(HOMES) == set(), "give it a home here"
    undeclared = {COMES_WITH.get(library, library) for library in foreign} - declared() - {"compression"}
    assert not undeclared, "pyproject.toml does not name it"


def declared() -> set[str]:
    """The libraries that pyproject.toml names, as they are imported."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = chain(project["dependencies"], *project["optional-dependencies"].values())
    names = (re.match(r"[\w-]+", requirement) for requirement in requirements)
    return {name[0].lower().replace("-", "_") for name in names if name}


LATE = {
    "archive.alerts.services": "only sending needs apprise, which loads a hundred services",
    "archive.cli.serve": "only serving needs Datasette",
    "archive.extract.likelihoods": "only the processes that read pages need trafilatura",
    "archive.ingest.cluster.connection": "only a cluster needs Dask, an extra",
    "archive.page.pdf.document": "only PDF documents need PDFium",
    "archive.warc.storage.objects": "only months in object storage need fsspec, an extra",
    "crawler.fetch.render": "only pages that are rendered need Playwright, an extra",
}
"""Modules that import inside a function what takes long to load, and why: every command would wait for it."""


def test_imports_stand_at_the_top() -> None:
    inner = {name for name, path in MODULES.items() if any(_within(path, ast.FunctionDef | ast.AsyncFunctionDef))}
    assert inner == set(LATE), "these import inside a function, or are said to and do not"
    guarded = {
        name
        for name, path in MODULES.items()
        for node in _within(path, ast.If)
        if isinstance(node, ast.ImportFrom) and str(node.module).partition(".")[0] in OURS
    }
    assert not guarded, "these hide an import of ours under TYPE_CHECKING"


def _within(path: Path, kind: type | UnionType) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports inside the functions of a file, or under its `if TYPE_CHECKING`."""
    for outer in nodes(path):
        if isinstance(outer, kind) and not (isinstance(outer, ast.If) and "TYPE_CHECKING" not in ast.dump(outer.test)):
            yield from (node for node in ast.walk(outer) if isinstance(node, ast.Import | ast.ImportFrom))


def test_the_public_interface_is_there() -> None:
    text = (ROOT / "archive/README.md").read_text(encoding="utf-8").partition("## The public interface")[2]
    names = re.findall(r"^\| `(archive[\w.]+)` \|", text, re.MULTILINE)
    assert len(names) > 2
    for name in names:
        public = pkgutil.resolve_name(name)
        assert public.__doc__
        for inside in getattr(public, "__all__", ()):
            assert hasattr(public, inside), f"{name} has no {inside}"


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "archive/README.md", "crawler/README.md"])
def test_the_files_that_a_page_for_developers_names_are_there(page: str) -> None:
    named = set(re.findall(r"`((?:[a-z_]+/)+[a-z_]*(?:\.\w+)?)`", (ROOT / page).read_text(encoding="utf-8")))
    assert len(named) > 10
    roots = (ROOT, ROOT / Path(page).parent)
    assert {name for name in named if not any((root / name).exists() for root in roots)} == set()


@pytest.mark.parametrize("folder", ["archive", "crawler"])
def test_each_room_is_described(folder: str) -> None:
    text = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert {f"{folder}.{room}" for room in described} == {room for room in MAY_IMPORT if room.startswith(f"{folder}.")}


def test_folders_and_files_stay_small() -> None:
    for folder in sorted({path.parent for path in (MODULES | TESTS).values()}):
        modules = [path for path in folder.glob("*.py") if path.name not in ("__init__.py", "conftest.py")]
        assert len(modules) <= MODULES_A_FOLDER, f"{folder} holds {len(modules)} modules"
    for name, path in MODULES.items():
        lines = path.read_text(encoding="utf-8").count("\n")
        assert lines <= LINES_A_MODULE, f"{name} has {lines} lines"


def test_the_top_level_holds_one_module() -> None:
    assert [path.name for path in ROOT.glob("*.py")] == ["scheduler.py"]
    for folder, most in (("archive", 20), ("crawler", 12)):
        assert len([path for path in (ROOT / folder).iterdir() if path.name != "__pycache__"]) <= most


def test_every_module_has_a_test_file_of_its_name() -> None:
    missing = {
        name
        for name, path in MODULES.items()
        if path.name != "__init__.py" and not _test_file(name).is_file() and not name.startswith(TESTED_ELSEWHERE)
    }
    assert not missing, f"no test file for {sorted(missing)}"


def _test_file(name: str) -> Path:
    *folders, last = name.split(".")
    return ROOT.joinpath("tests", *folders, f"test_{last}.py")


TESTED_ELSEWHERE = (
    "archive.cli",  # commands, which the tests of the command line run as a person would
    "crawler.cli",
    "archive.boilerplate.cue_words",  # lists of words, weighed in tests/archive/boilerplate/test_cues.py
    "crawler.schedule.keeper",  # a protocol: tests/crawler/schedule/test_dispatcher.py, tests/test_scheduler.py
    "archive.history.events",  # values without methods: tests/archive/history/test_replay.py, test_made_histories.py
)
"""Modules without a test file of their name, and the tests that cover them."""


def test_values_that_pass_between_rooms_are_frozen() -> None:
    for name in ("archive.core.model", "archive.history.events", "crawler.worker.messages"):
        module = importlib.import_module(name)
        values = [one for one in vars(module).values() if is_dataclass(one) and one.__module__ == name]
        assert values
        changeable = [one for one in values if not vars(one)["__dataclass_params__"].frozen]
        assert not changeable, f"{changeable} can be changed after they were made"
