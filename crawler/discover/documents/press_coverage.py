"""Lists of what others wrote or show: coverage by newspapers, posts and films on networks. Pure."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from archive.text.fingerprint import NETWORKS, word_set
from crawler.discover.vocabulary import hyphened

_COVERAGE = word_set(
    "in-the-news in-the-media in-the-press press-coverage media-coverage news-coverage press-clippings press-clipping "
    "media-mentions pressespiegel medienspiegel pressestimmen in-den-medien in-der-presse revue-de-presse "
    "dans-la-presse dans-les-médias ils-parlent-de-nous rassegna-stampa dicono-di-noi en-los-medios en-la-prensa "
    "na-mídia na-imprensa in-de-media in-de-pers w-mediach media-o-nas v-médiích napsali-o-nás "
    "сми-о-нас пресса-о-нас змі-про-нас basında-biz"
)
"""What is called so lists what others wrote."""

_NETWORKS = frozenset(name for name in NETWORKS if len(name) > len("zen")) | {"vimeo"}
_SHORT_NETWORKS = frozenset({"x.com", "vk.com", "ok.ru", "t.me", "youtu.be"})
"""Hosts of everybody's posts and films: by their names, and those with names that others have too."""


def is_coverage(url: str, title: str) -> bool:
    """Whether a list says by its title, or a part of it, or by its address that it is of what others wrote."""
    named = (*re.split(r"\s[^\w\s]\s|[|:]", title), *unquote(urlsplit(url).path).split("/"))
    said = tuple(hyphened(name.replace("_", " ").strip()) for name in named)
    return any(name == word or name.endswith(f"-{word}") for name in said for word in _COVERAGE)


def is_of_everybody(host: str) -> bool:
    """Whether a host is that of a network where everybody writes."""
    return host in _SHORT_NETWORKS or not _NETWORKS.isdisjoint(host.split("."))
