"""Which encoding the bytes of a document are really in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.page.encoding import codec, decode, encoding_of, reads

WORDS = "Порт открыт для паромов, сообщает пресс-служба города Орлино"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (WORDS.encode(), ""),
        (WORDS.encode(), "text/html; charset=windows-1251"),
        (WORDS.encode("cp1251"), "text/html; charset=Windows-1251"),
        (WORDS.encode("cp1251"), "text/html; charset=cp1251"),
        (b"<meta charset='koi8-r'>" + WORDS.encode("koi8-r"), "text/html"),
        (b'<?xml version="1.0" encoding="iso-8859-5"?>' + WORDS.encode("iso8859-5"), ""),
        (b'<?xml version="1.0" encoding="UTF-8"?>' + WORDS.encode("cp1251"), ""),
        (b"\xff\xfe" + WORDS.encode("utf-16-le"), "text/html; charset=utf-8"),
        (b"\xef\xbb\xbf" + WORDS.encode(), "text/html; charset=windows-1251"),
        (b'<meta charset="utf-16">' + WORDS.encode(), ""),
        (b"words " * 2000 + b"\x98" + WORDS.encode("cp1251"), "text/html; charset=windows-1251"),
        (b"words " * 2000 + b"\x98" + WORDS.encode(), "text/html; charset=windows-1251"),
    ],
)
def test_the_encoding_is_found(body: bytes, content_type: str) -> None:
    assert decode(body, content_type).endswith(WORDS)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("content_type", ["", "text/html; charset=utf-16", "text/html; charset=utf-8"])
def test_markup_of_two_bytes_a_sign_needs_no_mark(encoding: str, content_type: str) -> None:
    for start in ("<!doctype html>", "\r\n<!-- ö -->", "<html><body>", '<?xml version="1.0"?>'):
        assert decode(f"{start}{WORDS}".encode(encoding), content_type) == start + WORDS
        assert encoding_of(f"{start}{WORDS}".encode(encoding)[:1000], content_type) == encoding


@pytest.mark.parametrize(
    "body", [b"<\0\0\0!\0\0\0", b"<\0", b"\0", b"<\0a\0", b"\0\0\0<\0h", b"<\0h\xd8t\0words", b"<\0h2"]
)
def test_other_bytes_with_zeros_are_not_taken_for_it(body: bytes) -> None:
    assert "\0" in decode(body)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("GB2312", "gb18030"),
        ("latin1", "cp1252"),
        ("ISO-8859-1", "cp1252"),
        ("latin-1", "cp1252"),
        ("utf_8", "utf-8"),
        ("shift_jis", "cp932"),
        ("iso-8859-9", "cp1254"),
        ("tis-620", "cp874"),
        *(
            (name, "")
            for name in ("punycode", "idna", "utf-7", "rot13", "hex", "zlib", "unicode_escape", "mbcs", "utf-16")
        ),
    ],
)
def test_only_labels_of_the_web_are_encodings(label: str, expected: str) -> None:
    assert codec(label) == expected


@pytest.mark.parametrize("label", ["punycode", "idna", "utf-7", "unicode_escape"])
def test_no_other_codec_is_asked_wherever_it_is_named(label: str) -> None:
    text = "caf\u00e9 " * 20
    for start in ("", f"<meta charset={label}>", f'<?xml version="1.0" encoding="{label}"?>'):
        assert decode((start + text).encode(), f"text/html; charset={label}") == start + text
        assert encoding_of((start + text).encode(), f"text/html; charset={label}") == "utf-8"


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_are_decoded(body: bytes, content_type: str) -> None:
    assert isinstance(decode(body, content_type), str)


def test_a_declaration_is_found_far_down() -> None:
    styles = b"<style>" + b".a{margin:0}\n" * 2000 + b"</style>"
    body = styles + b'<meta charset="gb2312"><p>' + "水利局三月五日宣布".encode("gb18030") + b"</p>"
    assert "水利局三月五日宣布" in decode(body)


def test_damaged_utf8_is_utf8_whatever_is_declared() -> None:
    body = b'<meta charset="iso-8859-1">' + WORDS.encode() + b" \xd0"
    assert WORDS in decode(body, "text/html; charset=utf-8")


@pytest.mark.parametrize("header", ["iso-8859-1", "windows-1252", "koi8-r"])
def test_of_two_declarations_the_one_counts_that_reads(header: str) -> None:
    body = b'<meta charset="windows-1251"><p>' + WORDS.encode("cp1251") + b"</p>"
    assert WORDS in decode(body, f"text/html; charset={header}")


def test_a_text_reads_that_people_wrote() -> None:
    written = (WORDS, "Füße größer, naïve café, señor", "Ελληνικά νέα", "水利局三月", "שלום עולם", "Łódź żółć")
    assert all(map(reads, written))
    wrong = [WORDS.encode().decode("cp1252", "replace"), WORDS.encode("cp1251").decode("cp1252")]
    assert not any(map(reads, [*wrong, WORDS.encode("cp1251").decode("koi8-r"), "Fьr groЯe Mьhlen"]))


_SAID = {
    "es": (
        "cp1252",
        "El consejo de la villa dice que este año la feria de los niños será en otoño, por el señor Núñez.",
    ),
    "fr": (
        "cp1252",
        "Le maire a déclaré que la crèche sera ouverte à tous dès le mois d’août, après la fête du village.",
    ),
    "sv": (
        "cp1252",
        "Kommunen säger att bron över ån är öppen från och med måndag, för både gående och åkande på vägen.",
    ),
    "cs": (
        "cp1250",
        "Rada města schválila rozpočet na příští rok. Primátor řekl, že město zaplatí opravu mostů a škol.",
    ),
    "hu": (
        "cp1250",
        "A városi tanács elfogadta a jövő évi költségvetést, és őszre új tetőt kap az iskola, az út is kész.",
    ),
    "pl": (
        "cp1250",
        "Rada miasta przyjęła budżet na przyszły rok i zapłaci za naprawę mostów, bo nie są już w dobrym stanie.",
    ),
    "lt": (
        "cp1257",
        "Miesto taryba patvirtino kitų metų biudžetą. Meras sakė, kad miestas sumokės už tiltų remontą.",
    ),
    "tr": (
        "cp1254",
        "Belediye meclisi gelecek yılın bütçesini kabul etti. Başkan, köprüler ve okullar için ödeneceğini söyledi.",
    ),
}


@pytest.mark.parametrize("header", ["text/html", "text/html; charset=utf-8"])
@pytest.mark.parametrize("language", _SAID)
def test_latin_letters_that_no_declaration_fits_are_those_of_their_language(language: str, header: str) -> None:
    encoding, said = _SAID[language]
    page = f"<html><head><title>News</title></head><body><p>{said}</p><p>{said}</p></body></html>"
    assert decode(page.encode(encoding), header) == page


@pytest.mark.parametrize(
    "words",
    [
        WORDS,
        "São três séculos de história à beira-mar – já são öffentliche Fähren",
        "東の港の船は来月から",
        "Паром знову ходить, № 1",
        "Já são três séculos de história, e não é já o 2º barco nem a 1ª vez",
    ],
)
def test_what_was_encoded_twice_is_decoded_twice(words: str) -> None:
    taken = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in words.encode())
    assert decode(f"<p>{taken}</p>".encode(), "text/html; charset=utf-8") == f"<p>{words}</p>"
    assert decode(f"<p>€ {taken} já</p>".encode()) == f"<p>€ {words} já</p>"


def test_a_page_in_another_encoding_than_it_says_is_none_that_was_encoded_twice() -> None:
    chinese = "北京港口的渡轮下月起恢复运营，市长在新闻发布会上宣布，票价保持不变。" * 9
    page = f"<p>{chinese.encode('gb18030').decode('latin-1')}</p>"
    assert decode(page.encode(), "text/html; charset=utf-8") == page


def test_a_text_that_tells_of_such_a_fault_stays() -> None:
    told = "<p>São três: the portal showed Ã© for é and â€™ for an apostrophe.</p>"
    assert decode(told.encode()) == told
    assert decode("<p>NÃO À ATENÇÃO DA POPULAÇÃO</p>".encode()) == "<p>NÃO À ATENÇÃO DA POPULAÇÃO</p>"


@pytest.mark.parametrize(
    "words",
    [
        "Le prix « Liberté\u00a0» du port, dit « Qualité\u00a0», a été remis.",
        "LA LIBERTÉ\u00a0: UNE SOCIÉTÉ\u00a0!",
        "O programa “SAÚDE CIDADÔ abre",
        "VÝŽIVA A VÝŠKA",
        "LE CAFÉ® DU PORT",
    ],
)
def test_signs_that_stand_behind_a_letter_are_none_of_such_characters(words: str) -> None:
    page = f"<p>{words}</p>" * 9
    assert decode(page.encode(), "text/html; charset=utf-8") == page


def test_a_short_text_in_turkish_without_a_declaration_is_no_icelandic() -> None:
    turkish, icelandic = (
        "<p>Belediye başkanı yeni otobüsleri tanıttı.</p>",
        "<p>Það er þoka á firðinum í dag, en ský.</p>",
    )
    assert decode(turkish.encode("cp1254")) == turkish
    assert decode(icelandic.encode("cp1252")) == icelandic
    assert "ı" not in decode("<p>Nový most je hotov.</p>".encode("cp1250"))
