"""Which answers in the files of other programs are pages of a publisher, and in words why others are none.

Decides by the answer and by what all files say of its address (`archive.warc.imported.crawl_facts`); writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from archive.core import urls
from archive.warc.http import Message
from archive.warc.imported.crawl_facts import EMBEDDED, PART, CrawlFacts
from archive.warc.imported.web_records import is_html, media_type
from archive.warc.records import Record

_FILE = re.compile(r"\.(?:avif|css|eot|gif|ico|jpe?g|js|json|map|mjs|mp[34]|png|svg|ttf|webm|webp|woff2?|xml)\Z", re.I)
_TYPE = re.compile(r"[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,60}")


def why_passed_over(record: Record, message: Message, facts: CrawlFacts, is_watched: Callable[[str], bool]) -> str:
    """Why an answer is not a page of a publisher; "" if it is one. `is_watched`: the archive has its host's source."""
    method = facts.method(record)
    if method != "GET" or "__wb_method=" in record.url:
        return f"answers to {'POST' if method == 'GET' else method} requests"
    if message.status < 200:
        return f"exchanges without an answer (status {message.status})"
    if message.status in (204, 205, 206):
        return f"answers without a whole page (status {message.status})"
    if message.status == 304:
        return "answers that say only that nothing had changed (status 304)"
    html, path = is_html(message), record.url.partition("?")[0]
    if message.status < 300:
        if not html:
            return _file_words(media_type(message))
    elif (not html and media_type(message)) or _FILE.search(path) or path.endswith("/robots.txt"):
        return f"errors and redirects of files that are no pages (status {message.status})"
    return _why_strange(record, message, facts, is_watched)


def _why_strange(record: Record, message: Message, facts: CrawlFacts, is_watched: Callable[[str], bool]) -> str:
    """Why an answer is not from a site whose pages are imported; "" if it is."""

    def is_home(url: str) -> bool:
        return is_watched(url) or facts.is_page_host(url)

    use = facts.use(record)
    if use == PART:
        return "data that pages load (scripts' requests, images)"
    at_home = is_home(record.url)
    if message.status < 300:
        if at_home:
            return ""
        return "frames and trackers of other sites" if use == EMBEDDED else "answers of sites that have no page"
    if at_home and use != EMBEDDED:
        return ""
    joined = facts.asked(record)
    if joined and joined[1]:
        target = urls.canonical(message.get("Location"), record.url)
        if facts.is_page(joined[0]) or (target and is_home(target)):
            return ""
    return "errors and redirects of sites that have no page"


def _file_words(kind: str) -> str:
    return f"files that are no pages ({kind if _TYPE.fullmatch(kind) else 'no type'})"
