"""A captured page in its frame, in a real browser: of some fifty ways to reach another host none leads out."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from archive.web import replay

SVG = "<svg xmlns=%22http://www.w3.org/2000/svg%22 id=%22a%22><image href=%22{there}/%22/></svg>"
WAYS = {
    "use": '<svg><use href="{there}/x.svg#a"/></svg>',
    "use, old": '<svg><use xlink:href="{there}/x.svg#a"/></svg>',
    "use, later attribute": '<svg><use class=">" href="{there}/x.svg#a"/></svg>',
    "use, set": '<svg><use href="#x"><set attributeName="href" to="{there}/x.svg#a" begin="0s"/></use></svg>',
    "use, data": f'<svg><use href="data:image/svg+xml,{SVG}#a"/></svg>',
    "image": '<svg><image href="{there}/x"/></svg>',
    "image, animate": '<svg><image><animate attributeName="href" values="{there}/x" dur="1s"/></image></svg>',
    "feImage": '<svg><filter id="f"><feImage href="{there}/x"/></filter><rect width="9" filter="url(#f)"/></svg>',
    "pattern": '<svg><pattern id="p" href="{there}/x.svg#p"/><rect width="9" height="9" fill="url(#p)"/></svg>',
    "gradient": '<svg><linearGradient id="g" href="{there}/x.svg#p"/><rect width="9" height="9" fill="url(#g)"/></svg>',
    "textPath": '<svg><text><textPath href="{there}/x.svg#p">x</textPath></text></svg>',
    "mpath": '<svg><rect><animateMotion dur="1s"><mpath href="{there}/x.svg#p"/></animateMotion></rect></svg>',
    "mask": '<svg><rect width="9" height="9" mask="url({there}/x.svg#m)"/></svg>',
    "fill": '<svg><rect width="9" height="9" fill="url({there}/x.svg#m)"/></svg>',
    "marker": '<svg><path d="M0 0L9 9" marker-end="url({there}/x.svg#m)"/></svg>',
    "SVG script": '<svg><script href="{there}/x"></script></svg>',
    "foreign object": '<svg><foreignObject><iframe src="{there}/x"></iframe></foreignObject></svg>',
    "image in data": f"<img src='data:image/svg+xml,{SVG}'>",
    "filter": '<div style="filter: url({there}/x.svg#f)">x</div>',
    "clip-path": '<div style="clip-path: url({there}/x.svg#f)">x</div>',
    "cursor": '<div style="cursor: url({there}/x), auto; position: fixed; inset: 0">x</div>',
    "background": '<div style="background: url({there}/x)">x</div>',
    "image-set": '<div style="background: image-set(url({there}/x) 1x)">x</div>',
    "border": '<div style="border: 9px solid; border-image: url({there}/x) 9">x</div>',
    "mask-image": '<div style="mask-image: url({there}/x); width: 9px; height: 9px">x</div>',
    "shape": '<div style="float: left; width: 9px; height: 9px; shape-outside: url({there}/x)">x</div>',
    "list": '<ul style="list-style-image: url({there}/x)"><li>x</ul>',
    "content": "<style>p::before {{ content: url({there}/x) }}</style><p>x",
    "font": "<style>@font-face {{ font-family: q; src: url({there}/x) }} p {{ font-family: q }}</style><p>x</p>",
    "import": "<style>@import url({there}/x);</style>",
    "img": '<img src="{there}/x">',
    "srcset": '<img srcset="{there}/x 1x">',
    "picture": '<picture><source srcset="{there}/x"><img></picture>',
    "input": '<input type="image" src="{there}/x">',
    "table": '<table background="{there}/x"><tr><td>x</table>',
    "video": '<video poster="{there}/x" src="{there}/y" autoplay></video>',
    "audio": '<audio src="{there}/x" preload="auto"></audio>',
    "track": '<video><track default src="{there}/x"></video>',
    "iframe": '<iframe src="{there}/x"></iframe>',
    "srcdoc": "<iframe srcdoc='<img src={there}/x>'></iframe>",
    "object": '<object data="{there}/x"></object>',
    "embed": '<embed src="{there}/x">',
    "style sheet": '<link rel="stylesheet" href="{there}/x">',
    "prefetch": '<link rel="prefetch" href="{there}/x">',
    "preconnect": '<link rel="preconnect" href="{there}">',
    "manifest": '<link rel="manifest" href="{there}/x">',
    "refresh": '<meta http-equiv="refresh" content="0;url={there}/x">',
    "base": '<base href="{there}/"><img src="x">',
    "speculation": (
        '<script type="speculationrules">{{"prefetch": [{{"source": "list", "urls": ["{there}/x"]}}]}}</script>'
    ),
    "shadow": '<div><template shadowrootmode="open"><img src="{there}/x"></template></div>',
    "no script": '<noscript><img src="{there}/x"></noscript>',
    "policy's report": (
        "<meta http-equiv='Content-Security-Policy' content='img-src none; report-uri {there}/x'><img src='y'>"
    ),
}
FRAME = b'<iframe sandbox referrerpolicy="no-referrer" src="%s" width="600" height="400"></iframe>'
AT_ONCE = 8


@contextmanager
def serving(pages: Mapping[str, tuple[bytes, Mapping[str, str]]], asked: list[str]) -> Iterator[str]:
    """A server of these pages; `asked` gets every connection and every path, those of pages that are not there too."""

    class Conversation(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body, headers = pages.get(self.path, (b"", {}))
            self.send_response(200 if self.path in pages else 404)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """`asked` is the log."""

    class Server(ThreadingHTTPServer):
        def process_request(self, request: object, client_address: object) -> None:
            asked.append("(connected)")
            super().process_request(request, client_address)  # type: ignore[arg-type]

    with Server(("127.0.0.1", 0), Conversation) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def reached(browser: Browser, protected: bool) -> set[str]:
    """What the other host was asked for: the names of ways, with all pages in frames of one page and each alone."""
    asked: list[str] = []
    context = browser.new_context()
    with serving({}, asked) as there:
        shown: dict[str, tuple[bytes, Mapping[str, str]]] = {}
        for number, way in enumerate(WAYS.values()):
            body = f"<!doctype html><body>{way.format(there=f'{there}/{number}')}<p>end".encode()
            answer = replay.shown(1, (("Content-Type", "text/html; charset=utf-8"),), body)
            shown[f"/raw/{number}"] = (answer.body, answer.headers) if protected else (body, {})
        frames = b"".join(FRAME % path.encode() for path in shown)
        with serving({"/": (b"<!doctype html>" + frames, {}), **shown}, []) as here:
            pages = [context.new_page() for _ in range(AT_ONCE)]
            pages[0].goto(f"{here}/")
            pages[0].mouse.move(50, 50)
            for start in range(0, len(shown), AT_ONCE):
                paths = list(shown)[start : start + AT_ONCE]
                for page, path in zip(pages, paths, strict=False):
                    page.goto(f"{here}{path}", wait_until="commit")
                for page, _ in zip(pages, paths, strict=False):
                    page.wait_for_load_state("load")
                    page.mouse.move(50, 50)
            pages[0].wait_for_timeout(1_000)
    context.close()
    names = list(WAYS)
    return {names[int(path.split("/")[1])] if path.startswith("/") else path for path in asked}


@pytest.mark.browser
def test_no_way_leads_out_of_the_frame(browser: Browser) -> None:
    assert reached(browser, protected=True) == set()


@pytest.mark.browser
@pytest.mark.soak  # a check of the check
def test_most_ways_would_lead_out_without_it(browser: Browser) -> None:
    assert len(reached(browser, protected=False)) >= 25
