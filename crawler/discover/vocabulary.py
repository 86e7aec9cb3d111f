"""The words discovery looks for, in many languages: in links, class names and parameters. Data only.

Words are lower-case; those of a phrase are joined by hyphens, as `hyphened` does.
"""

from __future__ import annotations

import re
from unicodedata import combining, normalize

from archive.text.fingerprint import word_set


def hyphened(text: str) -> str:
    """A text as the lists have it: lower-case, hyphens for spaces, one apostrophe, no dots that leave it open."""
    return " ".join(text.lower().replace("’", "'").split()).rstrip(" .…").replace(" ", "-")


def _with_bare(words: frozenset[str]) -> frozenset[str]:
    """Words, and those in Latin letters as addresses have them, without the marks of their letters: tiskove-zpravy."""
    split = (normalize("NFKD", word).replace("ł", "l").replace("ø", "o").replace("đ", "d") for word in words)
    bare = ("".join(letter for letter in word if not combining(letter)) for word in split)
    return words | {word for word in bare if word.isascii()}


def hyphened_name(name: str) -> str:
    """A key as attributes write it: nextPageUrl as next-page-url."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", "-", name).lower()


CHROME = word_set(
    "nav navbar navigation menu submenu footer sidebar breadcrumb breadcrumbs social share sharing masthead "
    "topbar toolbar cookie cookies pagination pager pagenavi dropdown offcanvas newsletter skip login search "
    "languages lang modal"
)
"""Parts of class names and ids of navigation, footers and the like."""

LAYOUT = word_set(
    "has no not with without layout content body results result list listing item items page near beside next under "
    "below above over after before between"
)
"""Parts that say a name with one of CHROME is about the layout of what holds it ("has-sidebar", "beside-menu")."""

VIEW_PARAMETERS = word_set(
    "year month week day date y m sort order orderby sortby dir view category cat tag lang language locale type filter "
    "format print share"
)
"""Parameters that choose a view of a listing, never an article."""

LEADS_ON = word_set(
    "redirect redirects redirection redirector redir url click clickthrough clicktracker clickthru clk goto go out "
    "outbound exit leave leaving track tracker tracking linkclick linktracker jump forward fwd away link"
)
"""Words in the last folder of addresses that count a click and lead on."""

NEXT = word_set(
    "next next-page nextpage older older-posts older-entries more load-more show-more view-more more-news › » > "
    ">> → ⟩ ❯ weiter nächste nächste-seite vor ältere ältere-beiträge suivant suivante page-suivante siguiente "
    "página-siguiente avanti successivo successiva successivi successive próximo próxima seguinte volgende następna "
    "następny następne "
    "dalej nästa neste næste seuraava další ďalšie următoarea înainte sonraki következő tovább επόμενη επόμενο "
    "επόμενα следующая следующий вперед вперёд далее дальше следующая-страница наступна далі келесі кейінгі алға "
    "keyingi التالي التالية הבא بعدی 下一页 下一頁 下页 次へ 次のページ 次 다음 다음-페이지 अगला ถัดไป tiếp "
    "berikutnya selanjutnya seterusnya напред следваща sljedeća следећа наредна naslednja järgmine nākamā kitas "
    "následnja następna-strona nästa-sida neste-side "
    "næste-side seuraava-sivu következő-oldal sonraki-sayfa próxima-página "
    "pagina-successiva pagina-seguente volgende-pagina επόμενη-σελίδα الصفحة-التالية صفحه-بعد صفحه-بعدی 下一頁 "
    "次ページ trang-sau sau trang-tiếp halaman-berikutnya หน้าถัดไป หน้า-ถัดไป अगला-पृष्ठ পরবর্তী அடுத்த "
    "আরো keyingi-sahifa növbəti következők más-antiguas anteriores-noticias articles-plus-anciens "
    "messages-plus-anciens entradas-antiguas más-antiguos más-antiguo más-viejas "
    "mais-antigas mais-antigos mais-antiga plus-ancien plus-ancienne plus-anciens plus-anciennes più-vecchi "
    "più-vecchie meno-recenti älter oudere starsza starši starejše stariji starije vanemad vecāki senesni eldri "
    "mensagens-antigas postagens-mais-antigas post-più-vecchi oudere-berichten "
    "äldre äldre-inlägg ældre eldre eldre-innlegg vanhemmat starsze starsze-wpisy starší régebbi mai-vechi daha-eski "
    "eski-yazılar παλαιότερα παλαιότερες старые более-ранние раньше предыдущие-новости старіші бұрынғы أقدم قدیمی‌تر "
    "较早 更早 過去の記事 以前の記事 이전-글 เก่ากว่า ältere-meldungen earlier earlier-posts previous-entries "
    "cũ-hơn lebih-lama lebih-lawas eskiler öncekiler "
    "давніші старіші по-стари постари ישנים ישנות קודמות पुराने পুরনো "
)
"""What links to the next or older page of a listing say."""

MORE = word_set(
    "more load-more show-more view-more more-news more-posts more-results load show "
    "load-more-press-releases show-more-news see-more view-older mehr-laden mehr-anzeigen weitere weitere-meldungen "
    "afficher-plus voir-plus charger-plus plus-d'actualités cargar-más ver-más mostrar-más carregar-mais ver-mais "
    "mostra-altro carica-altri meer-laden meer-tonen visa-fler visa-mer vis-mere vis-flere lataa-lisää näytä-lisää "
    "pokaż-więcej załaduj-więcej načíst-další zobrazit-více načítať-ďalšie továbbiak arată-mai-mult daha-fazla "
    "daha-fazla-göster περισσότερα показать-ещё показать-еще загрузить-ещё загрузить-еще показати-ще тағы-көрсету тағы "
    "عرض-المزيد المزيد تحميل-المزيد بیشتر نمایش-بیشتر 加载更多 查看更多 載入更多 更多 もっと見る さらに表示 "
    "더보기 더-보기 แสดงเพิ่มเติม ดูเพิ่มเติม xem-thêm muat-lebih-banyak लोड-करें और-देखें טען-עוד עוד"
)
"""What buttons and links say that load more of a listing."""

MORE_ARTICLES = word_set(
    "more-articles more-posts more-news more-stories weitere-beiträge weitere-artikel weitere-meldungen "
    "plus-d'articles plus-d'actualités autres-articles más-artículos más-noticias altri-articoli altre-notizie "
    "mais-artigos mais-notícias meer-artikelen meer-berichten meer-nieuws więcej-artykułów więcej-aktualności "
    "další-články ďalšie-články további-cikkek további-hírek fler-artiklar fler-nyheter flere-artikler "
    "flere-nyheter flere-nyheder lisää-artikkeleita lisää-uutisia ещё-статьи еще-статьи больше-статей ещё-новости "
    "більше-статей більше-новин още-статии περισσότερα-άρθρα περισσότερα-νέα daha-fazla-makale daha-fazla-haber "
    "mai-multe-articole mai-multe-știri više-članaka više-vijesti još-članaka још-чланака više-vesti več-člankov "
    "veel-artikleid vairāk-rakstu daugiau-straipsnių més-articles más-entradas "
    "その他の記事 更多文章 更多新闻 更多新聞 더-많은-글 مزيد-من-المقالات المزيد-من-الأخبار مطالب-بیشتر כתבות-נוספות"
)
"""What stands above the links of a list that it shows by their titles alone, below those with a day or a text."""

BACK = word_set(
    "previous prev previous-page newer newer-posts newer-entries first ‹ « < << ← ⟨ ❮ zurück vorherige vorige neuere "
    "précédent précédente anterior primera primeira precedente indietro vorige eerste poprzednia wstecz föregående "
    "forrige edellinen předchozí predchádzajúca înapoi anterioară önceki előző προηγούμενη προηγούμενο предыдущая "
    "назад первая попередня алдыңғы артқа oldingi السابق السابقة הקודם قبلی 上一页 上一頁 上页 前へ 前のページ 前 "
    "이전 이전-페이지 처음 पिछला ก่อนหน้า trước sebelumnya "
    "предишна претходна prethodna prejšnja eelmine iepriekšējā ankstesnis"
)
"""What links to the previous or newer page say."""

ARCHIVE = word_set(
    "archive archives archiv archives-de-presse archivo archivos arquivo arquivos archivio archief arkiv arkivet "
    "arkisto archiwum archív archívum arhiva arhiv arhiiv arhīvs archyvas архив архивы архів архива мұрағат arxiv "
    "arşiv αρχείο أرشيف الأرشيف ארכיון آرشیو بایگانی पुरालेख अभिलेखागार 归档 存档 档案 歸檔 往期 歷史新聞 历史新闻 "
    "アーカイブ "
    "バックナンバー 過去の 지난 아카이브 คลังข่าว ข่าวย้อนหลัง lưu-trữ arsip arkib archived archivierte archivés "
    "archivées archivados archivadas arquivados arquivadas archiviati archiviate gearchiveerde arkiverade arkiverte "
    "arkiverede archivované zarchiwizowane архивные архівні"
)
"""Words of links to the archive of a listing, where its older releases stand by year or month."""

YEAR = word_set(
    "year année annee jahr jahrgang jaar jaargang año ano anno any år vuosi rok rocznik év год рік жыл yıl yili "
    "έτος anul godina leto aasta gads metai tahun năm 年 年度 ปี वर्ष سنة عام سال שנת"
)
"""What stands beside the number of a year."""

NEWS = _with_bare(
    word_set(
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
        "प्रेस-विज्ञप्ति اخبار خبرها اطلاعیه‌ها ข่าว ข่าวประชาสัมพันธ์ tin-tức thông-cáo-báo-chí berita siaran-pers "
        "siaran-media 要闻 动态 新闻动态 工作动态 综合新闻 通知公告 新闻资讯 要聞 動態 新着情報 記者発表 発表資料 "
        "소식 브리핑 언론보도 "
        "notícies notes-de-premsa sala-de-premsa novas albisteak prentsa-oharrak fréttir fréttatilkynningar newyddion "
        "datganiadau-i'r-wasg nuacht preaseisiúintí aħbarijiet uudised pressiteated jaunumi ziņas preses-relīzes "
        "naujienos pranešimai-spaudai lajme njoftime-për-shtyp вести соопштенија саопштења вијести мэдээ լուրեր "
        "նորություններ სიახლეები ახალი-ამბები პრეს-რელიზები সংবাদ খবর সংবাদ-বিজ্ঞপ্তি প্রেস-বিজ্ঞপ্তি செய்திகள் පුවත් "
        "ព័ត៌មាន ຂ່າວ သတင်း خبریں پریس-ریلیز kenyataan-media siaran-akhbar balita habari "
        "taarifa-kwa-vyombo-vya-habari"
    )
)
"""What links to a listing of news or press releases say."""

NEWS_STEM = re.compile(
    r"\b(?:news|press|releases|presse|pressemit|mitteilung|meldung|nachricht|actualit|communiqu|noticia|notícia|notizi|"
    r"comunicad|comunicat|nieuws|persbericht|nyhet|nyhed|pressmed|uuti|tiedot|aktualno|wiadomo|komunikat|zpráv|správ|"
    r"hírek|sajtó|știri|stiri|vijest|vesti|novic|novost|saopšt|haber|duyuru|bülten|bulten|новост|новин|пресс|прес-|"
    r"сообщени|жаңалық|хабарлама|yangilik|νέα|ανακοιν|δελτί|siaran|berita|tin-tức|thông-cáo|uudis|ziņas|naujien)|"
    r"أخبار|الأخبار|بيانات|اخبار|خبر|اطلاعیه|חדשות|הודעות|新闻|新聞|公告|消息|ニュース|お知らせ|報道|プレス|발표|보도|"
    r"要闻|要聞|动态|動態|资讯|資訊|新着|記者発表|სიახლ|ახალი-ამბ|նորությ|செய்தி|පුවත්|ព័ត៌មាន|ຂ່າວ|သတင်း|خبریں|소식|뉴스|ข่าว|समाचार|विज्ञप्ति|সংবাদ|খবর|"
    r"\b(?!(?:an|ab|um|rück)(?:meld|mitt))\w{1,24}(?:meldungen|mitteilungen|nachrichten|neuigkeiten|meddelanden|meddelelser|"
    r"meldinger|nyheter|nyheder|tiedotteet|uutiset|közlemények|hírek|uudised|teated)\b",
    re.IGNORECASE,
)
"""Beginnings of words, one of which a link to a listing of news says somewhere: "All press releases". In languages that
join words also ends: "Feuerwehrmeldungen"."""

NEITHER_NEWS = re.compile(
    r"newsletter|news-?letter|infolettre|bolet[ií]n-electr|kit|contact|kontakt|photo|foto|bild|accredit|akkredit|login|"
    r"subscri|abonn|suscri|rss|rassylk|рассылк|подпис",
    re.IGNORECASE,
)
"""What says that a link with such a word leads to something else."""

PRESS = word_set(
    "press presse prensa imprensa stampa prasa prasowe пресс прес баспасөз basın τύπου 보도자료 プレスリリース "
    "報道発表 新闻稿 新聞稿 報道資料 ニュースリリース persbericht mediabericht medienmitteilung media-release "
    "news-release communiqué communique comunicado comunicati comunicate-de comunicat-de komunikat tiedotteet tiedote "
    "tiskov tlačov sajtó saopštenj priopćenj sporočila-za-javnost pressiteade preses-relīz pranešimai-spaudai "
    "siaran-pers siaran-media thông-cáo thong-cao-bao-chi صحفية صحافية مطبوعاتی לעיתונות ข่าวประชาสัมพันธ์ विज्ञप्ति"
)
"""Parts that make a listing one of press releases rather than of news."""

FEED = word_set(
    "rss feed feeds atom rss-feed rss-feeds xml rss-лента подписка-rss abonnement-rss canal-rss rss訂閱 rss订阅"
)
"""What links to a feed, or to a page about feeds, say."""

LANGUAGE_CODES = word_set(
    "aa ab af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jp jv "
    "ka kg ki kj kk kz kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd "
    "ne ng nl nn no nr nv ny oc om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss "
    "st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ua ug uk ur uz ve vi vo wa wo xh yi yo za zh cn zu "
    "eng fra fre deu ger spa esp ita por rus ukr kaz kir uzb uzl ara per fas zho chi jpn kor nld dut pol ces cze slk "
    "hun ron rum tur swe nor dan fin ell gre bul srp hrv slv"
)
"""What names a language in an address: codes of ISO 639-1, some of 639-2, and codes of countries that stand for one."""

LANGUAGE_PARAMETERS = word_set("lang language locale hl l lng sprache langue idioma lingua taal yazyk lid langid")
"""Parameters that choose a language."""

GROUPING = word_set(
    "tag tags category categories cat topic topics author authors label labels page archive archives search section "
    "series keyword keywords kategorie kategorien kategoria kategori thema themen schlagwort autor autoren archiv "
    "suche categorie categoria categorias categoría etiqueta etiquetas tema temas autores buscar archivo recherche "
    "thème thèmes auteur mot-cle mots-cles étiquette tagi szukaj vyhledavani štítek søk sök emne ämne aihe haku "
    "etiket yazar arama kategoriler kategorija oznaka рубрика рубрики метка метки тег теги автор поиск архив "
    "категория категории тема айдар іздеу тақырып تصنيف وسم 分类 标签 カテゴリー 태그 feed rss attachment comments"
)
"""Folders of an address that group releases, and never stand in that of one."""

TOPICS = word_set(
    "topic topics category categories subject subjects theme themes kategorie kategorien thema themen onderwerp "
    "onderwerpen categorie catégorie thème thèmes categoria categorias categoría categorías tema temas "
    "kategoria kategorier kategori emne emner ämne ämnen aihe aiheet rubrik rubriken rubrique rubriques temat tematy "
    "рубрика рубрики категория категории тема темы kategoriler konu konular 分类 カテゴリー"
)
"""Folders in which each page stands for one topic."""

SERVICE = word_set(
    "about about-us contact contacts contact-us privacy privacy-policy terms terms-of-use accessibility cookies "
    "cookie-policy jobs careers vacancies help faq faqs history leadership staff team people services projects events "
    "calendar newsletter subscribe login register sitemap site-map search home index legal disclaimer imprint "
    "media-kit photos videos gallery documents downloads publications impressum datenschutz kontakt ueber-uns über-uns "
    "karriere stellen termine leistungen projekte barrierefreiheit agb hilfe mentions-legales mentions-légales "
    "confidentialite confidentialité accessibilite emplois recrutement equipe équipe evenements agenda "
    "quienes-somos contacto privacidad empleo aviso-legal accesibilidad servicios proyectos eventos historia "
    "contato privacidade sobre acessibilidade vagas contatti lavora-con-noi chi-siamo servizi progetti eventi "
    "over-ons werken-bij vacatures diensten projecten evenementen om-oss tjenester lediga-jobb jobb tietoa "
    "yhteystiedot o-nas kariera praca uslugi kontakty o-nas wydarzenia sluzby hakkimizda hakkımızda iletisim "
    "iletişim kariyer kurumsal gizlilik о-нас контакты вакансии услуги проекты о-компании kontakti o-nama usluge "
    "байланыс біз-туралы қызметтер rolunk rólunk kapcsolat karrier despre contacte cariere σχετικά επικοινωνία "
    "اتصل-بنا من-نحن تماس-با-ما درباره-ما 关于我们 联系我们 会社概要 お問い合わせ 採用情報 회사소개 채용 "
    "tentang-kami hubungi-kami gioi-thieu lien-he เกี่ยวกับเรา ติดต่อเรา"
)
"""What pages of a site that are no releases are called."""

ELSEWHERE = word_set(
    "event events calendar agenda meeting meetings job jobs career careers vacancy vacancies tender tenders "
    "procurement staff people person team profile profiles directory service services project projects product "
    "products shop store gallery galleries photo photos image images video videos podcast podcasts document "
    "documents download downloads publication publications course courses veranstaltung veranstaltungen termin "
    "termine kalender stellen stellenangebote ausschreibungen personen produkte galerie evenement evenements "
    "évènements événements emplois offres personnes produits documents evento eventos empleo convocatorias "
    "licitaciones servicios proyectos productos galeria galería eventi bandi lavoro servizi prodotti evenementen "
    "vacatures producten evenemang jobb händelser tjänster arrangementer stillinger tapahtumat wydarzenia praca "
    "przetargi udalosti akce události мероприятия вакансии услуги проекты фотогалерея галерея видео документы "
    "etkinlik etkinlikler ihale galeri іс-шаралар εκδηλώσεις الفعاليات وظائف رویدادها"
)
"""Folders of what has days and titles too, and is no release: events, jobs, products, documents."""

BLOG = word_set(
    "blog blogs blogg blogi blogginlägg blogposts weblog блог insights webinar webinars whitepaper whitepapers"
)
"""What headings of lists say that companies publish beside their releases, with days and titles too."""
