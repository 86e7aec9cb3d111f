"""The words discovery looks for, in many languages: in links, class names and parameters. Data only.

Words are lower-case; those of a phrase are joined by hyphens, as `hyphened` does.
"""

from __future__ import annotations


def hyphened(text: str) -> str:
    """A text as the lists have it: lower-case, hyphens for spaces."""
    return "-".join(text.lower().split())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CHROME = _words(
    "nav navbar navigation menu submenu footer sidebar breadcrumb breadcrumbs social share sharing masthead "
    "topbar toolbar cookie cookies pagination pager pagenavi dropdown offcanvas newsletter skip login search "
    "languages lang modal"
)
"""Parts of class names and ids of navigation, footers and the like."""

LAYOUT = _words("has no not with without layout content body results result list listing item items page")
"""Parts that say a name with one of CHROME is about the layout of what holds it ("has-sidebar")."""

VIEW_PARAMETERS = _words(
    "year month week day date y m sort order orderby sortby dir view category cat tag lang language locale type filter "
    "format print share"
)
"""Parameters that choose a view of a listing, never an article."""

NEXT = _words(
    "next next-page nextpage older older-posts older-entries more load-more show-more view-more more-news › » > "
    ">> → ⟩ ❯ weiter nächste nächste-seite vor ältere ältere-beiträge suivant suivante page-suivante siguiente "
    "página-siguiente avanti successivo successiva próximo próxima seguinte volgende następna następny następne "
    "dalej nästa neste næste seuraava další ďalšie următoarea înainte sonraki következő tovább επόμενη επόμενο "
    "επόμενα следующая следующий вперед вперёд далее дальше следующая-страница наступна далі келесі кейінгі алға "
    "keyingi التالي التالية הבא بعدی 下一页 下一頁 下页 次へ 次のページ 次 다음 다음-페이지 अगला ถัดไป tiếp "
    "berikutnya selanjutnya seterusnya напред следваща sljedeća следећа наредна naslednja järgmine nākamā kitas "
    "následnja"
)
"""What links to the next or older page of a listing say."""

NEWS = _words(
    "news newsroom news-room press pressroom press-room press-releases press-release press-centre press-center "
    "presscenter media-centre media-center media-room media-releases media-release news-releases news-release "
    "news-and-media latest-news all-news news-archive media announcements statements press-office news-events "
    "news-and-events press-corner media-relations presse pressemitteilungen pressemitteilung pressemeldungen "
    "medienmitteilungen presseinformationen aktuelles nachrichten pressebereich neuigkeiten aktuell communiqués "
    "communiqués-de-presse communiqué espace-presse salle-de-presse actualités actualites toute-l'actualité "
    "presse-et-médias noticias notas-de-prensa sala-de-prensa comunicados comunicados-de-prensa prensa actualidad "
    "boletines boletines-de-prensa notícias imprensa sala-de-imprensa comunicados-de-imprensa comunicação notizie "
    "comunicati comunicati-stampa sala-stampa ufficio-stampa stampa nieuws persberichten pers actueel nyheter "
    "pressmeddelanden pressrum nyheder pressemeddelelser aktuelt pressemeldinger uutiset tiedotteet ajankohtaista "
    "aktualności wiadomości komunikaty komunikaty-prasowe biuro-prasowe dla-mediów prasa tiskové-zprávy aktuality "
    "zprávy tlačové-správy správy novinky hírek sajtóközlemények sajtó sajtószoba știri noutăți comunicate "
    "comunicate-de-presă vijesti vesti novice sporočila-za-javnost saopštenja priopćenja novosti новини "
    "прессъобщения пресрелийзи съобщения новости пресс-релизы пресс-релиз пресс-центр пресс-служба сообщения "
    "события лента-новостей все-новости медиацентр прес-релізи прес-центр новости-и-события жаңалықтар "
    "баспасөз-релиздері баспасөз-қызметі баспасөз-орталығы хабарламалар yangiliklar кабарлар haberler "
    "basın-bültenleri basın-açıklamaları basın-odası duyurular basın ανακοινώσεις δελτία-τύπου νέα γραφείο-τύπου "
    "ειδήσεις الأخبار أخبار بيانات-صحفية البيانات-الصحفية المركز-الإعلامي غرفة-الأخبار בחדשות חדשות "
    "הודעות-לעיתונות 新闻 新闻中心 新闻稿 新闻发布 公告 资讯 最新消息 新聞 新聞稿 新聞中心 ニュース "
    "ニュースリリース プレスリリース 報道発表 お知らせ 報道資料 뉴스 보도자료 새소식 공지사항 समाचार "
    "प्रेस-विज्ञप्ति ข่าว ข่าวประชาสัมพันธ์ tin-tức thông-cáo-báo-chí berita siaran-pers siaran-media"
)
"""What links to a listing of news or press releases say."""

PRESS = _words(
    "press presse prensa imprensa stampa prasa prasowe пресс прес баспасөз basın τύπου 보도자료 プレスリリース "
    "報道発表 新闻稿"
)
"""Parts that make a listing one of press releases rather than of news."""

FEED = _words(
    "rss feed feeds atom rss-feed rss-feeds xml rss-лента подписка-rss abonnement-rss canal-rss rss訂閱 rss订阅"
)
"""What links to a feed, or to a page about feeds, say."""
