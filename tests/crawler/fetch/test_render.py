"""The browser alone: what it makes of a page, when it gives up, and what is said where there is none."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from crawler.fetch import render
from crawler.fetch.render import Asset, NotRendered, Renderer, why_not

URL = "http://press.valdora.example/news"
needs_browser = pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")


def shown(html: str, assets: dict[str, bytes] | None = None) -> str:
    asked = assets or {}

    async def fetch(url: str) -> Asset | None:
        body = asked.get(url)
        return None if body is None else Asset(200, {"Content-Type": "text/javascript"}, body)

    async def run() -> bytes:
        renderer = Renderer()
        try:
            return await renderer.render(URL, html.encode(), "text/html; charset=utf-8", "Dateline/test", fetch)
        finally:
            await renderer.close()

    return asyncio.run(run()).decode("utf-8-sig")


@needs_browser
@pytest.mark.browser
def test_scripts_run_and_say_who_we_are() -> None:
    script = b"document.body.append('We are ' + navigator.userAgent + ', \\u0431')"
    made = shown("<body><script src=/a.js></script>", {"http://press.valdora.example/a.js": script})
    assert "We are Dateline/test, \u0431" in made


@needs_browser
@pytest.mark.browser
def test_a_page_that_holds_the_browser_up_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "SECONDS", 6.0)
    with pytest.raises(NotRendered, match="within 6 seconds"):
        shown("<body><script>while (true) {}</script>")


@needs_browser
@pytest.mark.browser
def test_a_page_that_grows_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "MOST_BYTES", 10_000)
    with pytest.raises(NotRendered, match="more than the 10000 allowed"):
        shown("<body><script>document.body.append('x'.repeat(50000))</script>")


def test_the_headless_shell_goes_before_a_browser_with_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("chromium", "chromium-headless-shell"):
        (tmp_path / name).touch(0o755)
        assert render.browser_path() == str(tmp_path / name)


def test_where_there_is_no_browser_the_reason_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "there is no Chromium" in why_not()
    with pytest.raises(NotRendered, match="render = true, but there is no Chromium"):
        shown("<p>x")
    monkeypatch.setattr(render, "find_spec", lambda name: None)
    assert "pip install '.[render]'" in why_not()
