"""Lists of newsrooms in files, whole and spoiled."""

from __future__ import annotations

import pytest

from crawler.cli.subscriptions import UnreadableList, from_csv, from_opml


def read(body: bytes) -> tuple[list[str], dict[str, str]]:
    """The addresses of a table's good rows, and what is wrong with the others, by row."""
    listed = from_csv(body)
    return [each.url or each.feed for each in listed.found], {each.where: each.words for each in listed.mistakes}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_columns_are_read_whatever_separates_them(separator: str, coding: str) -> None:
    table = "Name,Title,URL,Country\r\n\r\nister,Hafen Österreich,https://ister.example/,AT\r\n".replace(",", separator)
    (found,) = from_csv(table.encode(coding)).found
    assert (found.url, found.title, found.name, found.where) == (
        "https://ister.example/",
        "Hafen Österreich",
        "ister",
        "row 3",
    )


def test_addresses_alone_need_no_names_of_columns() -> None:
    assert read(b"https://ister.example/\nwww.quill.example\n") == (["https://ister.example/", "www.quill.example"], {})
    assert read(b"Ister,https://ister.example/\n") == (["https://ister.example/"], {})


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"url,name\n", "no row below"),
        (b"Name,Website\nIster,https://ister.example/\n", '"Website" has addresses: call it url'),
        (b"Name,Country\nIster,AT\n", "names no column url"),
        (b"PK\x03\x04\x00\x00", "save it as CSV"),
        ("url\nhttps://ister.example/".encode("utf-16-le"), "is no text"),
    ],
)
def test_a_table_that_cannot_be_read_says_what_to_do(body: bytes, words: str) -> None:
    with pytest.raises(UnreadableList, match=words):
        from_csv(body)


def test_what_is_wrong_is_said_of_its_row_and_the_others_are_read() -> None:
    found, wrong = read(
        b"url,title\nhttps://ister.example/,Ister\nhttps://a.example/,M\xfcnze\n,Nowhere\n"
        b"https://b.example/,Harbours, ports\nhttps://quill.example/,Quill\nhttps://c.example/ne"
    )
    assert found == ["https://ister.example/", "https://quill.example/"]
    assert list(wrong) == ["row 3", "row 4", "row 5", "row 7"]
    assert 'its "title" is not UTF-8' in wrong["row 3"]
    assert "no address" in wrong["row 4"]
    assert "3 values for 2 columns" in wrong["row 5"]
    assert "the file ends within this row" in wrong["row 7"]


def test_a_quotation_mark_that_is_never_closed_spoils_its_row_alone() -> None:
    found, wrong = read(b'url,title\nhttps://a.example/,"Ister\nhttps://quill.example/,Quill\nhttps://b.example/,B\n')
    assert found == ["https://quill.example/", "https://b.example/"]
    assert "never closed" in wrong["row 2"]
    found, wrong = read(b'url,title\nhttps://a.example/,"Two\nlines, and ""more"""\nhttps://b.example/,B "b" b\n')
    assert (found, wrong) == (["https://a.example/", "https://b.example/"], {})


def test_feeds_of_a_file_that_breaks_off_or_has_other_letters_are_read_as_far_as_they_are_good() -> None:
    rows = "<opml><body>\n<outline text='Ister' xmlUrl='https://ister.example/feed'/>\n"
    listed = from_opml(f"{rows}<outline text='Qu".encode())
    assert [each.feed for each in listed.found] == ["https://ister.example/feed"]
    assert [each.where for each in listed.mistakes] == ["line 3"]
    listed = from_opml(f"{rows}<outline text='Münze' xmlUrl='https://a.example/f'/></body></opml>".encode("latin-1"))
    assert [each.feed for each in listed.found] == ["https://ister.example/feed"]
    assert [(each.where, "UTF-8" in each.words) for each in listed.mistakes] == [("line 3", True)]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b" \n", "is empty"),
        (b"url\nhttps://ister.example/", "not XML"),
        (b"<html><body>Hello</body></html>", "first tag is <html>"),
        (b"<opml><body/></opml>", "names no newsroom"),
        (b"<opml><body><outl", "not well-formed from line 1"),
    ],
)
def test_a_file_without_feeds_says_what_it_is(body: bytes, words: str) -> None:
    with pytest.raises(UnreadableList, match=words):
        from_opml(body)
