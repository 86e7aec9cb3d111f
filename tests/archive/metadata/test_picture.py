"""The main picture of a page and what is written below it."""

import lxml.html

from archive.metadata.headline_area import headline_area
from archive.metadata.picture import caption_of, image_of
from archive.page.markup import read_markup

TITLE = "Pier opens at Portvale"
PARAGRAPH = "<p>The harbour board has opened the pier, and it is now in use by all who live on the coast of Tamsk.</p>"
FIGURE = "<figure><img src='/pier.jpg'><figcaption>The pier at noon. Photo: Oda Brekk</figcaption></figure>"


def read(body: str, head: str = "") -> tuple[str, str]:
    tree = lxml.html.document_fromstring(f"<html><head>{head}</head><body><h1>{TITLE}</h1>{body}</body></html>")
    said = read_markup(tree)
    below = headline_area(said, TITLE).after
    return image_of(said, below), caption_of(said, below)


def test_the_first_figure_below_the_headline() -> None:
    assert read(FIGURE + PARAGRAPH) == ("/pier.jpg", "The pier at noon. Photo: Oda Brekk")
    old = "<div><img src='/pier.jpg'><p class='wp-caption-text'>The pier</p></div>"
    assert read(old + PARAGRAPH)[1] == "The pier"


def test_a_figure_far_down_is_another_picture() -> None:
    assert read(PARAGRAPH * 5 + FIGURE) == ("", "")


def test_what_is_stated_of_the_picture() -> None:
    head = "<meta property='og:image' content='/main.jpg'><meta property='og:image:alt' content='A pier'>"
    assert read(PARAGRAPH, head) == ("/main.jpg", "A pier")
    assert read(FIGURE + PARAGRAPH, head) == ("/main.jpg", "The pier at noon. Photo: Oda Brekk")


def test_the_data_of_a_picture_are_no_address() -> None:
    assert (
        read(f"<figure><img src='data:image/gif;base64,R0' data-src='/late.jpg'></figure>{PARAGRAPH}")[0] == "/late.jpg"
    )
    assert read(f"<figure><img src='data:image/gif;base64,R0'></figure>{PARAGRAPH}")[0] == ""
