"""The language of a page."""

import pytest

from archive.text import language


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("", "de-DE"), "de"),
        (("en_US",), "en"),
        (("zh-Hans-CN",), "zh"),
        (("kz",), "kk"),
        (("und", "fr"), "fr"),
        (("utf-8", "kk"), "kk"),  # an encoding where the language should be
        (("not a tag",), ""),
    ],
)
def test_a_stated_tag_gives_its_base_language(values: tuple[str, ...], expected: str) -> None:
    assert language.stated_language(*values) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harbour board has opened the pier and it is now in use by all.", "en"),
        ("Der Hafenrat hat den Steg eröffnet, und er ist nun für alle da.", "de"),
        ("Le port a ouvert le quai et il est dans un état parfait pour les bateaux.", "fr"),
        ("Порт открыл новый причал, и он доступен для всех жителей на берегу.", "ru"),
        ("Порт кеңесі жаңа айлақты ашты, ол барлық тұрғындар үшін ашық болып тұр.", "kk"),
        ("Το λιμάνι άνοιξε τη νέα προβλήτα για όλους.", "el"),
        ("港口今天开放了新的码头。", "zh"),
        ("港は今日、新しい桟橋を開きました。", "ja"),
        ("فتح الميناء الرصيف الجديد اليوم.", "ar"),
        ("xyz", ""),
        ("", ""),
    ],
)
def test_a_language_is_guessed_from_its_words(text: str, expected: str) -> None:
    assert language.guess(text) == expected


def test_a_template_that_states_the_wrong_language_is_corrected() -> None:
    assert language.reconcile_language("en", "Το λιμάνι άνοιξε τη νέα προβλήτα για όλους.") == "el"
    assert language.reconcile_language("en", "The pier is open.") == "en"
    polish = (
        "Rada portu otworzyła w poniedziałek nowe molo i jest ono w użyciu, a na pokład wsiada się z niego do łodzi."
    )
    assert language.reconcile_language("en", polish) == "pl"
    assert language.reconcile_language("pl", polish) == "pl"
    assert language.reconcile_language("xh", polish) == "xh"
    assert language.reconcile_language("ru", "Порт открыл причал.") == "ru"
    ukrainian = "Порт відкрив новий причал на схід від міста, і він уже відкритий для всіх: їздять з нього і діти."
    assert language.reconcile_language("ru", ukrainian) == "uk"
    assert language.reconcile_language("ru", "Порт відкрив причал.") == "ru"
    assert language.reconcile_language("", "The pier is open and it is now in use.") == "en"


def test_few_words_suffice_where_none_is_of_the_stated_language() -> None:
    polish = "Od maja na wyspy popłynie nowy prom. Bilet do portu kosztuje tyle samo za rejs, i dzieci płyną darmo."
    assert language.reconcile_language("en", polish) == "pl"
    assert language.reconcile_language("en", polish + " The ferry is new and it is in the port.") == "en"


@pytest.mark.parametrize(
    ("claimed", "text", "expected"),
    [
        ("ru", "Порт кеңесі жаңа айлақты ашты, ол барлық тұрғындар үшін ашық, деп хабарлады қала әкімдігі.", "kk"),
        (
            "ru",
            "Рада порту відкрила новий причал, і він доступний для всіх мешканців узбережжя, її члени кажуть.",
            "uk",
        ),
        ("es", "L’Ajuntament ha obert el moll nou, i és per a tots els veïns; les obres van acabar a la tardor.", "ca"),
        ("", "Rada přístavu otevřela nové molo, je určeno všem, kteří žijí na pobřeží, řekla starostka.", "cs"),
        ("", "Az új mólót megnyitotta a kikötő, és már mindenki használhatja, mondta a polgármester.", "hu"),
        ("en", "Mae’r cyngor wedi agor y pier newydd ac mae ar gael i bawb sydd yn byw ar yr arfordir.", "cy"),
        ("uk", "The harbour board has opened the pier and it is now in use by all.", "en"),
        ("ru", "Порт открыл причал для судна «Өнер», сообщили в порту, и он доступен всем.", "ru"),
        ("en", "The piers of Łódź, São Tomé and Tromsø are open, and it is free to use them, said Zoë Müller.", "en"),
        ("no", "Havnen har åpnet en ny brygge, og den er til bruk for alle på kysten.", "no"),
        ("da", "Havnen har åbnet en ny bro, og den er til brug for alle på kysten, blev det sagt.", "da"),
        ("sr", "Luka je otvorila novi gat, a to je za sve koji žive na obali, kaže se.", "sr"),
    ],
)
def test_the_letters_of_a_text_tell_the_language_of_a_page_that_states_another(
    claimed: str, text: str, expected: str
) -> None:
    assert language.reconcile_language(claimed, text) == expected
