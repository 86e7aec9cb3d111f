"""When a page shows only the beginning of its article."""

from __future__ import annotations

import time

import pytest
from lxml.html import document_fromstring

from archive.extract.paywall import LONGEST_PREVIEW, is_preview, offers
from archive.page.blocks import blocks

LEAD = "The ferry to Tamsk sails again from Monday, the harbour office said."


@pytest.mark.parametrize(
    "words",
    [
        "Subscribe to continue reading",
        "This article is for subscribers only. Already a subscriber? Log in.",
        "To read the full story, log in or create an account.",
        "Sign in to read the rest of this report",
        "Jetzt abonnieren und weiterlesen",
        "Cet article est réservé aux abonnés",
        "Suscríbete para seguir leyendo",
        "Войдите, чтобы прочитать полностью",
        "Log in om verder te lezen",
        "この記事は有料会員限定です",
        "Word abonnee en lees verder",
        "Pro čtení celého článku se přihlaste",
        "Haberin devamını okumak için giriş yapın",
        "続きを読むには会員登録が必要です",
        "You have reached your limit of free articles this month.",
        "You have read 3 of 3 free articles. Become a member to continue.",
        "Sie haben Ihre kostenlosen Artikel aufgebraucht.",
        "Tilaa lehti ja jatka lukemista",
        "Fizessen elő, hogy tovább olvashasson",
        "Conectează-te pentru a citi tot articolul",
        "Συνδεθείτε για να διαβάσετε τη συνέχεια",
        "Абонирайте се, за да прочетете целия текст",
        "Prijavite se za čitanje cijelog članka",
        "Đăng nhập để đọc tiếp bài này",
        "Оформите подписку на «Вестник», чтобы читать дальше",
    ],
)
def test_words_that_ask_to_subscribe_to_read_on(words: str) -> None:
    assert is_preview(LEAD, is_free=True, blocks=[LEAD, words])


@pytest.mark.parametrize(
    "words",
    [
        "Subscribe to our newsletter",
        "Sign up for news by e-mail",
        "Log in",
        "Join us on Facebook",
        "Abonnieren Sie unseren Newsletter",
        "Continue reading",
        "Subscribers of the library may borrow ten books.",
        "Log in to read and write comments",
        "Register for our newsletter and read our privacy policy",
        "The members of the council will continue the debate on Monday.",
        "Voters may register until May.",
        "Sign up for emergency alerts. Read more",
        "Members only: 8 a.m. to 10 a.m.",
        "Abonează-te la buletinul pentru cititori",
        "Абонирайте се за бюлетина, всеки четвъртък",
        "Prijavite se na novosti za naše čitatelje",
    ],
)
def test_other_invitations(words: str) -> None:
    assert not is_preview(LEAD, is_free=True, blocks=[LEAD, words])


def test_a_page_that_says_that_it_is_not_free() -> None:
    assert is_preview(LEAD, is_free=False, blocks=[LEAD])


def test_a_long_text_is_whole_and_long_passages_ask_for_nothing() -> None:
    assert not is_preview("a" * (LONGEST_PREVIEW + 1), is_free=False, blocks=["Subscribe to continue reading"])
    assert not is_preview(LEAD, is_free=True, blocks=["Readers had to subscribe to continue reading. " * 20])


PITCH = (
    "<h3>This story is for subscribers only</h3><p>Subscribe now to read all of the Gazette.</p>"
    "<ul><li>Tide tables, every morning</li><li>The crossword and the chess corner</li></ul>"
)


def offered(body: str) -> list[str]:
    found = blocks(document_fromstring(f"<body>{body}</body>"))
    return [found[at].text for at in sorted(offers(found, range(len(found))))]


def test_an_offer_to_subscribe_amid_a_text_is_one_with_all_that_it_promises() -> None:
    found = offered(f"<main><p>The pier opens.</p><div>{PITCH}</div><p>It is of oak.</p></main>")
    assert found[0] == "This story is for subscribers only"
    assert found[-1] == "The crossword and the chess corner"
    assert len(found) == 4


def test_an_offer_ends_where_its_place_does() -> None:
    assert (
        len(offered(f"<main><section><div>{PITCH}</div><p>{'The pier opens again. ' * 60}</p></section></main>")) == 4
    )


@pytest.mark.parametrize(
    "body",
    [
        "<div><p>The fund lends to ports.</p><p>Register to read the full report.</p><p>Log in to read on.</p></div>",
        "<ul><li>Register to read the full report</li><li>The fair opens on Monday</li></ul>",
        "<p>Subscription required</p>",
        "<div><p>The Gazette will ask readers to subscribe to read its reports, its publisher announced.</p>"
        "<p>Members get unlimited access for nine crowns.</p></div>",
        f"<div>{PITCH}<p>{'The pier opens again. ' * 60}</p></div>",
    ],
    ids=["begins otherwise", "asks once", "one line", "tells of one", "holds a text"],
)
def test_a_text_that_asks_to_register_is_no_offer(body: str) -> None:
    assert not offered(body)


def test_a_page_of_nothing_but_offers_is_looked_through_once() -> None:
    def seconds(asking: int) -> float:
        found = blocks(document_fromstring("<main>" + "<p>Log in to read on</p>" * asking + "</main>"))
        start = time.process_time()
        offers(found, range(len(found)))
        return time.process_time() - start

    assert min(seconds(4000), seconds(4000)) < 6 * max(min(seconds(1000), seconds(1000)), 0.02)
