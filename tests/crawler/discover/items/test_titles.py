"""Lists whose headlines are no links: each item has a heading, and a link that says the same in all."""

from __future__ import annotations

import pytest

from archive.page.html import parse_beginning
from crawler.discover.anchors import read_page
from crawler.discover.items.titles import with_titles
from crawler.discover.listings import read_listing

PAGE = "https://vestrand.example.org/saker"
TITLE = "Kaien {n} faar nytt lys i haust"
TITLES = [TITLE.format(n=n) for n in range(20, 10, -1)]


def listing(item: str, beside: str = "") -> bytes:
    rows = "".join(item.format(n=n, title=TITLE.format(n=n)) for n in range(20, 10, -1))
    return f"<body><nav><a href='/om'>Om oss</a></nav><main>{rows}</main>{beside}</body>".encode()


POPULAR = "<div class='box'><h3>Popular</h3><ul>{}</ul></div>".format(
    "".join(
        f"<li><a href='/tema/rettleiing-{n}-til-hamna'>Rettleiing {n} til hamna for gjester</a></li>" for n in range(5)
    )
)


@pytest.mark.parametrize("label", ["Les meir", "Read more", "もっと見る", "Ťap ťap", "<img src='/i/pil.gif' alt=''>"])
@pytest.mark.parametrize(
    "item",
    [
        "<section><h2>{title}</h2><p>Raadet sa det i gaar.</p><a href='/n/{n}'>LABEL</a></section>",
        "<article><h3>{title}</h3><p>Raadet sa det.</p><p><a class='m' href='/n/{n}'>LABEL</a></p></article>",
        "<article><a href='/n/{n}'>LABEL</a><h3>{title}</h3><p>Raadet sa det i gaar.</p></article>",
        "<h2>{title}</h2><p>Raadet sa det i gaar.</p><a href='/n/{n}'>LABEL</a>",
    ],
)
def test_the_heading_of_an_item_is_its_title_whatever_the_link_says(item: str, label: str) -> None:
    found = read_listing(listing(item.replace("LABEL", label), POPULAR), PAGE).links
    assert [(link.url.rpartition("/")[2], link.title) for link in found] == [
        (str(n), TITLE.format(n=n)) for n in range(20, 10, -1)
    ]


def test_an_undated_list_of_linked_headings_leaves_out_what_stands_beside_it() -> None:
    item = "<article><h2><a href='/n/{n}'>{title}</a></h2><p>Raadet sa det i gaar.</p></article>"
    assert [link.title for link in read_listing(listing(item, POPULAR), PAGE).links] == TITLES


def titled(item: str) -> list[tuple[str, bool]]:
    tree = parse_beginning(listing(item))
    page = read_page(tree, PAGE)
    return [(anchor.text, anchor.heading) for anchor in with_titles(page.anchors, page)][1:3]


def test_links_that_say_something_of_their_own_stay_as_they_are() -> None:
    own = "<article><h2>Sak {n}</h2><a href='/n/{n}'>{title}</a></article>"
    assert titled(own) == [(TITLES[0], False), (TITLES[1], False)]


def test_a_label_beside_a_linked_headline_is_no_title() -> None:
    topic = "<article><h2><a href='/n/{n}'>{title}</a></h2><a href='/emne/{n}'>Hamn</a></article>"
    assert titled(topic) == [(TITLES[0], True), ("Hamn", False)]


def test_one_heading_over_all_is_the_title_of_none() -> None:
    assert titled("<p>{title} <a href='/n/{n}'>Les</a></p>") == [("Les", False), ("Les", False)]


ROW = "<tr><td>{n}</td><td>{title}</td><td>{n}.11.2026</td><td>LINKS</td></tr>"


@pytest.mark.parametrize(
    "links",
    [
        "<a href='/n/{n}'>Vis</a>",
        "<a href='/n/{n}'>Vis</a> <a href='/fil/{n}.pdf'>({n} KB)</a>",
        "<a href='/fil/{n}.pdf'>({n} KB)</a> <a href='/n/{n}'>Vis</a>",
    ],
)
def test_the_title_of_a_row_stands_in_a_column_that_is_no_link(links: str) -> None:
    rows = listing(ROW.replace("LINKS", links)).replace(b"<main>", b"<main><table>").replace(b"</main>", b"</table>")
    found = read_listing(rows, PAGE).links
    assert [(link.title, link.url[-5:], link.published[-2:]) for link in found] == [
        (TITLE.format(n=n), f"/n/{n}", str(n)) for n in range(20, 10, -1)
    ]


def test_documents_whose_links_say_their_size_alone_are_releases_with_the_titles_of_their_rows() -> None:
    rows = listing(ROW.replace("LINKS", "<a href='/fil/{n}.pdf'>({n}0 KB)</a>")).replace(b"<main>", b"<main><table>")
    assert [link.title for link in read_listing(rows, PAGE).links] == TITLES


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<td>REF-2026-00{n}-NO</td>", ""),
        ("", "<td>On what there is to be known beyond all that of {title}</td>"),
        ("<td>{n}</td>", "<td><b>{n}</b></td>"),
    ],
)
def test_the_title_of_a_row_is_its_first_column_of_words(before: str, after: str) -> None:
    row = f"<tr>{before}<td>{{title}}</td>{after}<td>{{n}}.11.2026</td><td><a href='/fil/{{n}}.pdf'>Vis</a></td></tr>"
    rows = listing(row).replace(b"<main>", b"<main><table>").replace(b"</main>", b"</table>")
    assert [link.title for link in read_listing(rows, PAGE).links] == TITLES


def test_the_half_of_a_sentence_beside_a_bold_word_is_no_title() -> None:
    row = ROW.replace("{title}", "<b>Ferry</b> number {n} leaves the quay").replace("LINKS", "<a href='/n/{n}'>Vis</a>")
    page = read_page(parse_beginning(listing(row).replace(b"<main>", b"<main><table>")), PAGE)
    assert {anchor.text for anchor in with_titles(page.anchors, page)} == {"Om oss", "Vis"}


@pytest.mark.parametrize(("said", "file"), [("Se film", "/n/{n}"), ("Vis", "/n/{n}.pdf"), ("Se film", "/n/{n}.pdf")])
@pytest.mark.parametrize("every", [1, 3, 5])
def test_cells_in_rows_have_each_its_own_title_whatever_else_some_of_the_links_say(
    said: str, file: str, every: int
) -> None:
    def cell(n: int, words: str, there: str) -> str:
        return f"<div class='c'><h3>{TITLE.format(n=n)}</h3><a href='{there.format(n=n)}'>{words}</a></div>"

    def row(n: int) -> str:
        other = (said, file) if n % every == 0 else ("Vis", "/n/{n}")
        return f"<div class='r'>{cell(2 * n, 'Vis', '/n/{n}')}{cell(2 * n + 1, *other)}</div>"

    page = read_page(parse_beginning(f"<main>{''.join(map(row, range(10)))}</main>".encode()), PAGE)
    named = {anchor.key.rpartition("/")[2].partition(".")[0]: anchor.text for anchor in with_titles(page.anchors, page)}
    assert all(text in ("Vis", "Se film", TITLE.format(n=int(n))) for n, text in named.items())
    assert every < 5 or sum(text.startswith(TITLE[:3]) for text in named.values()) >= 18


@pytest.mark.parametrize(
    "item",
    [
        "<div><p>{title}</p><a href='/n/{n}'>Vis</a></div>",
        "<div><p>Same words of every row</p> {n}.11.2026 <a href='/n/{n}'>Vis</a></div>",
        "<div><p><a href='/x/{n}'>{title}</a></p> {n}.11.2026 <a class='m' href='/n/{n}'>Vis</a></div>",
        "<div><p>{title}</p> {n}.11.2026 <a href='/n/{n}'>Vis {n}</a></div>",
    ],
)
def test_words_beside_a_link_are_no_title_without_a_day_or_where_all_rows_or_other_links_say_them(item: str) -> None:
    tree = parse_beginning(listing(item))
    page = read_page(tree, PAGE)
    said = {anchor.text for anchor in with_titles(page.anchors, page) if "/n/" in anchor.url}
    assert said <= {"Vis", *(f"Vis {n}" for n in range(30))}


def test_short_links_are_no_titles_of_a_heading_over_all() -> None:
    rows = "".join(
        f"<tr><td>{n}.11.2026</td><td><a href='/sak?nr={n}'>{n}/2026</a></td></tr>" for n in range(20, 10, -1)
    )
    page = f"<h2>Pressemeldingar</h2><table>{rows}</table>".encode()
    assert [link.title for link in read_listing(page, PAGE).links] == [f"{n}/2026" for n in range(20, 10, -1)]


def test_a_release_that_a_box_names_by_another_address_is_one_with_its_title_and_day() -> None:
    rows = "".join(
        f"<li><a href='/sak?nr={n}&amp;meny=4'>{TITLE.format(n=n)}</a> <time>2026-11-{n}</time></li>"
        for n in range(20, 10, -1)
    )
    box = "".join(f"<li><a href='/Sak?NR={n}&amp;meny=9'>{TITLE.format(n=n)}</a></li>" for n in (20, 19, 18))
    found = read_listing(f"<div class='siste'><ul>{box}</ul></div><main><ul>{rows}</ul></main>".encode(), PAGE)
    assert [(link.url[-16:], link.title, link.published) for link in found.links] == [
        (f"sak?nr={n}&meny=4", TITLE.format(n=n), f"2026-11-{n}") for n in range(20, 10, -1)
    ]
    assert found.idle == {"case", "?meny"}


@pytest.mark.parametrize(
    "item",
    [
        "<dl><dt>{title}</dt><dd>Raadet sa det i gaar. <a href='/saker/2026/05/{n}/kaien'>Les meir</a></dd></dl>",
        "<div><b>{title}</b><p>Raadet sa.</p><a href='/saker/202605/kaien-{n}'><img src='/pil.gif' alt=''></a></div>",
        "<div class='sak'><div class='namn'>{title}</div><a href='/2026/5/{n}/kaien'>Les meir</a></div>",
    ],
)
def test_words_beside_a_link_are_its_title_where_the_address_states_the_month(item: str) -> None:
    assert [link.title for link in read_listing(listing(item), PAGE).links] == TITLES


@pytest.mark.parametrize(("ending", "is_page"), [("pdf", False), ("jpg", False), ("mp4", False), ("html", True)])
def test_files_that_lie_in_folders_of_months_are_not_called_by_what_stands_beside_them(
    ending: str, is_page: bool
) -> None:
    file = f"<div><b>{{title}}</b><p>Skjema.</p><a href='/opplasting/2026/05/skjema-{{n}}.{ending}'>Last ned</a></div>"
    assert [text for text, _ in titled(file)] == (TITLES[:2] if is_page else ["Last ned"] * 2)


@pytest.mark.parametrize(
    "item",
    [
        "<div><a href='{u}'><img src='/b.jpg' alt=''></a><a href='{u}'>{title}</a><p>{said}</p></div>",
        "<div><b><a href='{u}'>{title}</a></b><p>{said}</p><i><a href='{u}'>Les meir</a></i></div>",
        "<div><a href='{u}'>{n}. november 2026</a><p>{title}</p><i><a href='{u}'>Les meir</a></i></div>",
        "<div><a href='{u}#svar'>Alle kommentarar</a><p>{title}</p><i><a href='{u}'>Les meir</a></i></div>",
    ],
)
@pytest.mark.parametrize("address", ["/saker/2026/11/{n}/kaien", "/saker/kaien-vert-opna-{n}"])
def test_a_summary_beside_a_link_that_says_the_title_is_no_title(item: str, address: str) -> None:
    days = "" if "2026" in address else "<em>{n}. november 2026</em>"
    said = "Raadet har sagt det {n} gonger til dei som spurde."
    row = item.replace("</div>", f"{days}</div>").replace("{u}", address).replace("{said}", said)
    assert [link.title for link in read_listing(listing(row), PAGE).links] == TITLES


MEETINGS = "".join(
    f"<div class='m'><b>Raadet moetest for gong {n}</b><p>Sal</p><a href='/FOLDER/2026/05/moete-{n}'>Opne</a></div>"
    for n in range(5)
)


@pytest.mark.parametrize("folder", ["moete", "events", "2026/arrangementer"])
def test_what_else_has_the_month_in_its_address_is_no_list_beside_one_of_headlines(folder: str) -> None:
    item = "<p><a href='/saker/kaien-vert-opna-{n}'>{title}</a></p>"
    found = read_listing(listing(item, MEETINGS.replace("FOLDER", folder)), PAGE).links
    assert [link.title for link in found] == TITLES


def test_events_by_month_are_no_list_of_releases_where_they_are_all_of_a_page() -> None:
    assert len(read_listing(listing("", MEETINGS.replace("FOLDER", "moete")), PAGE).links) == 5
    assert read_listing(listing("", MEETINGS.replace("FOLDER", "events")), PAGE).links == ()


def titles_said(items: list[str]) -> list[str]:
    return [link.title for link in read_listing(f"<main><ul>{''.join(items)}</ul></main>".encode(), PAGE).links]


def test_two_releases_of_one_title_keep_it_where_the_others_have_their_own() -> None:
    same = "Prisar for hamnetenester i mai"
    names = [same, *TITLES[:6], same]
    row = "<li><a href='/n/{n}'>{title}</a> {n} May 2026</li>"
    assert titles_said([row.format(n=28 - n, title=title) for n, title in enumerate(names)]) == names


def test_what_two_links_say_beside_titles_or_three_of_few_is_no_title() -> None:
    label = "Les heile pressemeldinga her"
    more = "<li><h3>{title}</h3><a class='m' href='/n/{n}'>" + label + "</a> {n} May 2026</li>"
    own = "<li><h3><a href='/n/{n}'>{title}</a></h3> {n} May 2026</li>"
    rows = [(more if n < 2 else own).format(n=28 - n, title=title) for n, title in enumerate(TITLES[:8])]
    assert label not in titles_said(rows)
    plain = "<li><a href='/n/{n}'>{title}</a> {n} May 2026</li>"
    names = [label, label, label, *TITLES[:6]]
    assert titles_said([plain.format(n=28 - n, title=title) for n, title in enumerate(names)])[:3] == ["", "", ""]
