"""Pages that say that their site is closed for a while, and releases about works of another kind."""

import pytest

from archive.extract.notices.maintenance import says_maintenance
from archive.extract.notices.shown import Shown


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Site under maintenance", "We are carrying out scheduled maintenance. Thank you for your patience."),
        ("We'll be right back", "Our website is currently down for maintenance. Please check back later."),
        ("Portvale", "This service is temporarily unavailable while we upgrade our systems. Please try again."),
        ("Portvale", "Wir führen gerade Wartungsarbeiten an dieser Seite durch. Versuchen Sie es später noch einmal."),
        ("Site en maintenance", "Merci de revenir dans quelques instants."),
        ("Sitio en mantenimiento", "Vuelva a intentarlo más tarde."),
        ("Sito in manutenzione", "Torneremo a breve."),
        ("Em manutenção", "Voltaremos em breve. Tente mais tarde."),
        ("Onderhoud", "Deze website is tijdelijk niet bereikbaar. Probeer het later nog eens."),
        ("Przerwa techniczna", "Strona jest chwilowo niedostępna. Spróbuj ponownie później."),
        ("Технические работы", "На сайте проводятся технические работы. Зайдите позже."),
        ("Технічні роботи", "Сайт тимчасово недоступний. Спробуйте пізніше."),
        ("Сайт", "Сайтта техникалық жұмыстар жүріп жатыр. Кейінірек қайта кіріңіз."),
        ("Bakım çalışması", "Web sitemiz geçici olarak kapalıdır. Lütfen daha sonra tekrar deneyin."),
        ("Virtual queue", "You are in line for our site. Your estimated wait time is ten minutes."),
        ("Warteschlange", "Diese Seite ist gut besucht. Ihre Wartezeit beträgt vier Minuten."),
        ("File d'attente", "Votre temps d'attente pour ce site : 3 minutes."),
        ("Sala de espera", "Este sitio recibe muchas visitas. Tiempo de espera: 2 minutos."),
        ("サイトメンテナンス中", "ただいまメンテナンス中です。しばらくお待ちください。"),
        ("网站维护中", "网站正在维护，请稍后再试。"),
        ("الموقع تحت الصيانة", "الموقع مغلق للصيانة، يرجى المحاولة لاحقا."),
    ],
)
def test_a_site_that_is_closed_for_a_while_says_so(title: str, text: str) -> None:
    assert says_maintenance(Shown(title, title, title, text))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Mill Street closed for maintenance on Monday", "It will open again on Friday. We regret the inconvenience."),
        ("New website of the harbour office", "The site has a new search. Readers may send comments until May."),
        ("Maintenance of the northern breakwater begins", "Stones of four tonnes are laid. The works end in autumn."),
        ("Wartung der Fähre verschoben", "Die Fähre fährt erst später. Die Reederei bittet um Geduld."),
        ("Водопровод на улице Садовой", "Временно не будет воды: профилактика. Приносим извинения за неудобства."),
        ("New waiting room at the county hospital", "Patients wait less: the waiting time fell to ten minutes."),
        ("We'll be back", "The choir sings again in May."),
    ],
)  # fmt: skip
def test_works_of_another_kind_are_news(title: str, text: str) -> None:
    assert not says_maintenance(Shown(title, title, title, text))
