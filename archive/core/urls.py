"""Addresses: in which form an address is archived, and when two addresses are the same page.

Pure; uses no DNS and no public suffix list. `canonical` is sent to the server, so it keeps everything that might
distinguish two pages; `key` is only compared, so it may drop more.
Sources: RFC 3986 section 6 (normalisation), WHATWG URL (what browsers strip), courlan (tracking parameters).
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

import idna

from archive.core.cache import remembered

LONGEST = 2000
"""The most characters, an escape counted as one; longer addresses are session state or traps."""

_LONGEST_NAME = 253
"""The most characters of a host's name (RFC 1035)."""

_REMEMBERED = 8192
"""How many canonical forms are cached: discovery needs the host and key of the same few addresses again and again."""

DEFAULT_PORTS = {"http": 80, "https": 443}
_STRIPPED_BY_BROWSERS = re.compile("[\t\n\r\0]")
_ESCAPED_AMPERSAND = re.compile(r"&(?:amp;|#0*38;)+")
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=%]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_IPV6 = re.compile(r"\[[0-9a-f:.]+\]")

_CERTAIN_TRACKERS = re.compile(
    r"utm_.*|mtm_.*|pk_.*|piwik_.*|matomo_.*|itm_.*|hsa_.*|_hs(?:enc|mi)|hsctatracking|mkt_tok|mc_[ce]id|"
    r"fb(?:clid|_.*)|(?:g|dc|wb|gb|y|ys|ms|tw|tt|li_fat_)c?lid|[gw]braid|msclkid|igshi?d?|srsltid|gad_source|gclsrc|"
    r"_ga|_gl|_openstat|xtor|xts|wt[._]\w+|cmpi?d?|[ion]cid|s_cid|smid|smtyp|spm|ito|guc(?:counter|e_.*)|"
    r"at_(?:medium|campaign|custom\d+|link_.*|format|ptr_.*|bbc_team)|__twitter_impression|__s|vero_.*|oly_.*|"
    r"(?:php|asp|aspx|j)?sess(?:ion)?_?id|cftoken|cfid|jsessionid"
)
_TRACKERS = re.compile(
    r"^(?:dc|fbc|gc|twc|yc|ysc)lid|^(?:click|gbra|msclk|igsh|partner|wbra)id|"
    r"^(?:ads?|mc|ga|gs|itm|mc|mkt|ml|mtm|oly|pk|utm|vero)_|"
    r"(?:\b|_)(?:aff|affi|affiliate|campaign|cl?id|eid|ga|gl|kwd|keyword|medium|ref|referr?er|session|source|uid|xtor)"
)
"""Parameters of trackers after courlan 1.4 (Apache-2.0), which has them from AdGuard, ClearURLs and Firefox."""

_SESSION_VALUE = re.compile(r"[0-9a-f]{26,}", re.IGNORECASE)
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid|cfid|cftoken)=[^/?;]*", re.IGNORECASE)
_TELLING = frozenset({"keyword", "kwd", "session"})
"""Parameters that courlan calls trackers but that choose what is shown: words of a search, a parliament's session."""

_AMP_PARAMETERS = frozenset(
    {
        ("amp", ""),
        ("amp", "1"),
        ("amp", "true"),
        ("amp", "yes"),
        ("outputtype", "amp"),
        ("view", "amp"),
        ("format", "amp"),
    }
)
_NAMES_AN_ARTICLE = re.compile(r"[-_]|\.html?|\.php|\d{5}")
_NAMES_AN_ARTICLE_AFTER = re.compile(r"[-_].*[-_]|\d{4}", re.DOTALL)
"""What the last part of an address has that names an article, before `/amp` and behind `/amp/`. Looked for in that
part alone: in one pattern with the rest of the path, an address could take hours."""

_AMP_FOLDER = re.compile(r"/amp(?=/)", re.IGNORECASE)
_AMP_ENDING = re.compile(r"\.amp(?=(?:\.(?:html?|php|aspx?|jsp))?/?\Z)", re.IGNORECASE)
_AMP_CACHE_HOST = re.compile(r"[a-z0-9-]+\.cdn\.ampproject\.org|www\.google\.[a-z.]+")
_AMP_CACHE_PATH = re.compile(r"/(?:amp|[acv])/(?P<secure>s/)?(?P<address>[^/]+\.[^/]+.*)", re.DOTALL)
_SHARED_SUFFIXES = frozenset({"ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "govt", "mil", "net", "or", "org"})


@remembered(_REMEMBERED)
def canonical(url: str, base: str = "") -> str:
    """The one form in which an address is archived; "" if it is not an http(s) address that may be archived.

    Made absolute with `base`. The fragment, tracking and session parameters, user name and password and the default
    port are removed, AMP variants become their article, the host is lower-case (punycode), percent-encoding is
    normalised. The order of parameters, the case of the path, its slashes and language stay. Refused: other schemes,
    more than 2,000 characters, unfilled templates ({{url}}), impossible hosts. Idempotent.
    """
    if not url or len(url) > 4 * LONGEST or "{{" in url:
        return ""
    url = _with_slashes(_STRIPPED_BY_BROWSERS.sub("", url).strip())
    try:
        is_absolute = not base or url[:8].lower().startswith(("http://", "https://"))
        parts = urlsplit(url if is_absolute else urljoin(base, url))
        address = _normal(parts)
    except ValueError:  # what urllib raises for brackets, ports and labels that cannot be
        return ""
    return address if _length(address) <= LONGEST else ""


def _length(address: str) -> int:
    """How many characters an address has as it was written: a headline in Thai has nine for one where it is escaped."""
    return len(address) - 2 * address.count("%")


def _with_slashes(url: str) -> str:
    """An address with slashes in place of backslashes before its query, as browsers read it (WHATWG URL)."""
    if "\\" not in url:
        return url
    before, mark, query = url.partition("?")
    return before.replace("\\", "/") + mark + query


def as_served(url: str, base: str = "") -> str:
    """The address that a server names, as a browser requests it; "" for one that `canonical` refuses.

    Made absolute with `base`; characters that must be escaped are escaped, and the fragment, a user name and a password
    are removed. Everything else stays: the server may need session and tracking parameters (WHATWG URL).
    """
    if not url or len(url) > 4 * LONGEST:
        return ""
    url = _with_slashes(_STRIPPED_BY_BROWSERS.sub("", url).strip())
    try:
        parts = urlsplit(urljoin(base, url))
        netloc = _host_and_port(parts, parts.scheme.lower())
        query = _only_escaped(parts.query)
        address = urlunsplit((parts.scheme.lower(), netloc, _without_dots(_only_escaped(parts.path)), query, ""))
    except ValueError:  # what urllib raises for brackets, ports and labels that cannot be
        return ""
    return address if canonical(address) and _length(address) <= LONGEST else ""


def key(url: str) -> str:
    """What two addresses of one page have in common: "example.org/news/a" ("" for what `canonical` refuses).

    The canonical address without scheme, "www." and trailing slash, runs of slashes as one, parameters sorted. The AMP
    edition of an article has the article's key: `/amp/news/a-new-bridge`, `/news/a-new-bridge.amp.html`.
    """
    parts = urlsplit(canonical(url))
    if not parts.netloc:
        return ""
    path = _AMP_ENDING.sub("", re.sub(r"/{2,}", "/", parts.path)).rstrip("/")
    if "amp" not in parts.netloc.split(".") and _NAMES_AN_ARTICLE_AFTER.search(path[path.rfind("/") + 1 :]):
        path = _AMP_FOLDER.sub("", path, count=1)
    query = "&".join(sorted(parts.query.split("&")))
    return f"{_without_www(parts.netloc)}{path}{'?' if query else ''}{query}"


def host(url: str) -> str:
    """The site of an address: lower-case host without "www.", with a port that is not the scheme's own."""
    return _without_www(urlsplit(canonical(url)).netloc)


def _without_www(netloc: str) -> str:
    return netloc.removeprefix("www.") if netloc.count(".") > 1 else netloc


def _normal(parts: SplitResult) -> str:
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        return ""
    netloc = _netloc(parts, scheme)
    path = _path(parts.path)
    if not netloc:
        return ""
    inner = _inside_amp_cache(netloc, path, parts.query)
    if inner:
        return canonical(inner)
    return urlunsplit((scheme, netloc, path, _query(parts.query), ""))


def _netloc(parts: SplitResult, scheme: str) -> str:
    """The host that is archived: for an AMP edition, the host of its article."""
    netloc = _host_and_port(parts, scheme)
    while _is_amp_host(netloc.partition(":")[0]):
        netloc = netloc.removeprefix("amp.")
    return netloc


def _host_and_port(parts: SplitResult, scheme: str) -> str:
    """The host, its escapes decoded (WHATWG URL, host parsing), and a port that is not the scheme's own."""
    if scheme not in DEFAULT_PORTS:
        return ""
    name = ascii_host(unquote(parts.hostname or "")).rstrip(".")
    if ":" in name:
        name = f"[{name}]"
    if not (_IPV6.fullmatch(name) or (len(name) <= 253 and all(map(_LABEL.fullmatch, name.split("."))))):
        return ""
    port = parts.port
    return name if port in (None, DEFAULT_PORTS[scheme]) else f"{name}:{port}"


def _is_amp_host(name: str) -> bool:
    """Whether a host is the AMP edition of a site and not a site with the name AMP (amp.gov.uk, amp.com.au)."""
    labels = name.split(".")
    return labels[0] == "amp" and len(labels) > 2 and not (len(labels) == 3 and labels[1] in _SHARED_SUFFIXES)


def _inside_amp_cache(netloc: str, path: str, query: str) -> str:
    match = _AMP_CACHE_PATH.fullmatch(path) if _AMP_CACHE_HOST.fullmatch(netloc) else None
    if not match:
        return ""
    return f"http{'s' if match['secure'] else ''}://{match['address']}{'?' if query else ''}{query}"


def _path(path: str) -> str:
    path = _SESSION_IN_PATH.sub("", _escaped(path))
    path = _without_dots(path) or "/"
    article, _, slash = path.rpartition("/amp")
    is_edition = slash in ("", "/") and _NAMES_AN_ARTICLE.search(article, article.rfind("/") + 1) is not None
    return article + slash if is_edition else path


def _without_dots(path: str) -> str:
    """RFC 3986 section 5.2.4, keeping empty segments."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    joined = "/".join(kept)
    return joined if joined.startswith("/") else f"/{joined}"


def _query(query: str) -> str:
    parts = _escaped(_ESCAPED_AMPERSAND.sub("&", query)).split("&")
    return "&".join(part for part in parts if part and not _is_dropped(part))


def _is_dropped(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    name = name.lower()
    return (name, value.lower()) in _AMP_PARAMETERS or _tracks(name, value)


def _tracks(name: str, value: str) -> bool:
    """Whether a parameter tracks the reader and does not identify the page.

    courlan's list also has names that newsrooms use to number their releases (cid, eid, uid, ref, source): they stay if
    the value has a digit. It also matches the beginnings of other names (gallery, glossary, reference); these stay.
    """
    if _CERTAIN_TRACKERS.fullmatch(name) or (name == "sid" and _SESSION_VALUE.fullmatch(value)):
        return True
    match = _TRACKERS.search(name)
    if not match or name in _TELLING:
        return False
    if match.end() < len(name):
        return match[0].endswith("_") and match.start() == 0
    return not any(map(str.isdigit, value))


def _only_escaped(text: str) -> str:
    """Percent-encode what needs it, and change nothing else."""
    return _NOT_ALLOWED.sub(lambda match: "".join(f"%{byte:02X}" for byte in _utf8(match[0])), text)


def _escaped(text: str) -> str:
    """Percent-encoding as in RFC 3986 section 6.2.2; a percent sign alone is escaped, UTF-8 is assumed."""
    text = _only_escaped(text)
    return _ESCAPE.sub(_normal_escape, text)


def _utf8(character: str) -> bytes:
    return character.encode("utf-8", "replace")


def _normal_escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else f"%{match[1].upper()}"


def ascii_host(name: str) -> str:
    """The ASCII form of a host name in lower case ("straße.example" is "xn--strae-oqa.example").

    A name is mapped as browsers map it: UTS 46, non-transitional, then IDNA 2008 (RFC 5891). Python's own "idna" codec
    is IDNA 2003, which turns "ß" into "ss" and so leads to another host. Makes no DNS request.

    Raises ValueError for an impossible name. Symbols, which IDNA 2008 forbids but browsers accept, are kept.
    """
    if name.isascii():
        return name.lower()
    if len(name) > _LONGEST_NAME:
        raise ValueError(f"a host's name of {len(name)} characters")
    mapped = idna.uts46_remap(name, std3_rules=False, transitional=False)
    return ".".join(map(_ascii_label, mapped.split(".")))


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    try:
        return idna.alabel(label).decode("ascii")
    except idna.InvalidCodepoint:
        return "xn--" + label.encode("punycode").decode("ascii")
