"""Passages that ask the reader for something, told from those that report of such things."""

from __future__ import annotations

import pytest

from archive.boilerplate import cue_words
from archive.boilerplate.cue_kinds import ENOUGH
from archive.boilerplate.cues import Line, find, score

ASKING = {
    "English": "Sign up for our newsletter and follow us on Facebook and Instagram!",
    "English name": "Follow the harbour of Elsinore on LinkedIn and Instagram.",
    "German name": "Folgen Sie dem Hafen auf LinkedIn und Instagram.",
    "English share": "Share this on Facebook, Twitter or LinkedIn",
    "English cookies": "We use cookies to improve this site. By continuing to use it you accept our privacy policy.",
    "English partners": "We and our 214 partners use cookies and similar technologies to measure who reads. You can "
    "change your choice at any time, and learn in the settings of each of them what it keeps, and for how long.",
    "English rights": "© 2026 The Elsinore Gazette. All rights reserved.",
    "English read also": "Read also: The lighthouse that moved twice",
    "English rating": "Was this page helpful? 15 of 24 readers found it so.",
    "German rating": "War dieser Artikel hilfreich?",
    "Spanish rating": "¿Te ha resultado útil esta página?",
    "English letter": "Sign up to the Karn letter to get all the top news and guidance your business needs!",
    "English commission": "When you buy through links on our site, we may earn a commission at no cost to you.",
    "English preferred": "Follow Karn Post on Google News and add us as a preferred source.",
    "English mistake": "Found a mistake? Select the text and press Ctrl+Enter.",
    "English comments": "Comments are moderated before they appear. Please be polite.",
    "English donation": "Please give today, so that your marsh stays wet.",
    "Portuguese click": "Clique aqui e receba as notícias da prefeitura no seu WhatsApp",
    "Portuguese bare read also": "LEIA TAMBÉM",
    "Indonesian": "Ikuti berita kami di Google News",
    "Indonesian read also": "Baca juga: Menara tua dibuka kembali",
    "Vietnamese read also": ">> Xem thêm: Ngọn hải đăng mở cửa trở lại",
    "Hungarian": "Iratkozzon fel hírlevelünkre, és kövessen minket a Facebookon!",
    "Romanian read also": "CITEȘTE ȘI: Farul a fost redeschis",
    "Persian": "ما را در تلگرام دنبال کنید",
    "Spanish cookies": "Utilizamos cookies propias y de terceros para analizar nuestros servicios.",
    "Japanese channel": "公式LINEで友だち登録をお願いします",
    "Turkish letter": "E-posta bültenimize abone olun!",
    "Romanian label": "Vezi și: Farul se mută",
    "English reader": "To open the maps you need to download Adobe Reader.",
    "Korean channel": "카카오톡 채널을 구독하세요",
    "Turkish channel": "Gelişmelerden haberdar olmak için WhatsApp kanalımıza katılın!",
    "English terms": "By sending this form you agree to our terms of use.",
    "German terms": "Mit dem Absenden des Formulars stimmen Sie der Speicherung zu.",
    "Norwegian rating": "Fant du det du lette etter?",
    "Korean rating": "이 페이지에서 제공하는 정보에 만족하십니까?",
    "Japanese viewer": "PDFファイルをご覧いただくにはAdobe Readerが必要です。",
    "German controls": "Artikel merken Artikel anhören",
    "Swedish controls": "Lyssna | Dela sidan",
    "Russian": "Подписывайтесь на наш Telegram-канал и следите за новостями в Facebook!",
    "Russian share": "Поделиться в Facebook, ВКонтакте, Telegram",
    "Russian rights": "Все права защищены. © 2026",
    "Russian read also": "Читайте также: В городе открыли музей",
    "Kazakh": "Біздің Telegram арнамызға жазылыңыз!",
    "Kazakh read also": "Тағы оқыңыз: Қалада мұражай ашылды",
    "German": "Abonnieren Sie unseren Newsletter und folgen Sie uns auf Facebook und Instagram.",
    "German read also": "Lesen Sie auch: Der wandernde Leuchtturm",
    "French": "Suivez-nous sur Facebook et Twitter et abonnez-vous à notre lettre d'information",
    "French read also": "Lire aussi : Le phare qui bouge",
    "Spanish": "Síguenos en Facebook e Instagram y suscríbete a nuestro boletín",
    "Spanish read also": "Lea también: El faro que se mueve",
    "Polish": "Obserwuj nas na Facebooku i zapisz się na nasz newsletter",
    "Polish read also": "Czytaj także: Latarnia, która wędruje",
    "Greek": "Ακολουθήστε μας στο Facebook και στο Twitter",
    "Greek read also": "Διαβάστε επίσης: Ο φάρος που κινείται",
    "Chinese": "关注我们的微信公众号，获取更多新闻",
    "Chinese share": "分享到微信 微博",
    "Arabic": "تابعونا على فيسبوك وتويتر واشتركوا في نشرتنا البريدية",
    "Arabic read also": "اقرأ أيضا: المنارة التي تتحرك",
    "Portuguese": "Assine nossa newsletter e siga-nos no Facebook e no Instagram!",
    "Portuguese read also": "Leia também: O farol que se move",
    "Portuguese related": "Notícias relacionadas: O farol que se move",
    "Italian": "Iscriviti alla nostra newsletter e seguici su Facebook e Instagram!",
    "Italian read also": "Leggi anche: Il faro che si muove",
    "Dutch": "Abonneer je op onze nieuwsbrief en volg ons op Facebook en Instagram.",
    "Dutch read also": "Lees ook: De vuurtoren die beweegt",
    "Norwegian": "Følg oss på Facebook og Instagram, og meld deg på nyhetsbrevet vårt!",
    "Norwegian read also": "Les også: Fyrtårnet som flytter seg",
    "Danish": "Følg os på Facebook og Instagram, og tilmeld dig vores nyhedsbrev!",
    "Danish read also": "Læs også: Fyrtårnet, der flytter sig",
    "Swedish": "Följ oss på Facebook och Instagram, och prenumerera på vårt nyhetsbrev!",
    "Swedish read also": "Läs också: Fyren som flyttar sig",
    "Turkish": "Haberler için bizi Facebook ve Instagram'da takip edin!",
    "Turkish read also": "Ayrıca okuyun: Yürüyen deniz feneri",
    "Ukrainian": "Підписуйтесь на наш Telegram-канал і стежте за новинами у Facebook!",
    "Ukrainian read also": "Читайте також: Маяк, що рухається",
    "Czech": "Sledujte nás na Facebooku a Instagramu a odebírejte náš newsletter!",
    "Czech read also": "Čtěte také: Maják, který se stěhuje",
}

REPORTING = {
    "rating": "Nine in ten patients said that the leaflet was helpful, and the clinic will print it in five languages.",
    "networks": "Twitter and Facebook said they would let users subscribe to newsletters, as YouTube and Instagram do.",
    "survey": "Facebook, Twitter, Instagram and YouTube are used by most teenagers of the county, a survey found.",
    "quotation": "“Follow us on Twitter,” the minister told the crowd, and thousands did.",
    "service": "Residents may subscribe to the city's alert service by sending the word FERRY to 8877.",
    "company": "The company asks its customers to sign up for updates on its website.",
    "shares": "Share prices of Twitter and Facebook fell on Tuesday after the report.",
    "photographs": "Visitors share photographs of the tower on Facebook and Instagram.",
    "somebody else's": "Sign up for emergency alerts and weather updates from HarbourReady at www.harbour.example.",
    "more information": "For more information please visit harbour.example. Follow the ferry on Facebook and Twitter.",
    "them": "For official updates, follow @HarbourWatch on Twitter or find them on Facebook, YouTube and Flickr.",
    "the reader whom it concerns": "If your child is under three, sign up for alerts and updates on the free places.",
    "biscuits": "The bakery gives cookies to all who agree to carry flour.",
    "law": "Copyright law was changed in 2019, the minister announced.",
    "Russian": "Компания сообщила, что пользователи Facebook и Instagram смогут подписаться на рассылки издателей.",
    "German": "Die Behörde teilte mit, dass Bürger ihren Newsletter abonnieren und auf Facebook Fragen stellen können.",
    "Spanish": "Noticias relacionadas con el puerto llegaron ayer a la redacción, y pocas de ellas eran buenas.",
    "Chinese": "公司表示，用户可以在微信和微博上订阅出版商的新闻。",
    "Portuguese": "A empresa informou que os usuários do Facebook e do Instagram poderão assinar boletins.",
    "Italian": "Secondo il comune, i cittadini possono iscriversi al servizio e condividere le foto su Facebook.",
    "Dutch": "Volgens de gemeente volgen duizenden inwoners het nieuws op Facebook en Instagram.",
    "Norwegian": "Kommunen opplyser at innbyggerne kan følge saken på Facebook og Instagram.",
    "Turkish": "Belediye, vatandaşların haberleri Facebook ve Instagram üzerinden takip ettiğini açıkladı.",
    "Czech": "Obec uvedla, že obyvatelé mohou sledovat zprávy na Facebooku a Instagramu.",
}

NO_TEXT = {
    "English": "Please turn on JavaScript. The recording requires it to play.",
    "English site": "This page requires JavaScript. Please enable it in your browser's settings.",
    "English third party": "This external content is not shown. Accept third-party content to view it.",
    "German": "Hier steht ein externer Inhalt von Elsinore TV, der mit einem Klick angezeigt werden kann.",
    "German consent": "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden.",
    "German label": "Empfohlener redaktioneller Inhalt",
    "German without": "Externer Inhalt ist nicht verfügbar",
    "English label": "Embedded content not available",
    "French": "Ce contenu externe est bloqué. Acceptez les cookies pour l'afficher.",
    "Spanish": "Para ver este contenido externo, acepta las cookies y habilita su carga.",
    "Portuguese": "Para exibir este conteúdo externo, aceite os cookies.",
    "Italian": "Per visualizzare questo contenuto esterno, accetta i cookie.",
    "Dutch": "Geef toestemming om externe content te bekijken of te tonen.",
    "Polish": "Włącz obsługę JavaScript, aby wyświetlić komentarze.",
    "Norwegian": "Godta cookies for å vise eksternt innhold.",
    "Russian": "Включите JavaScript для просмотра комментариев",
    "Ukrainian": "Увімкніть JavaScript, щоб переглянути коментарі",
    "Chinese": "请启用 JavaScript 以查看评论",
    "Chinese notice": "凡本网注明“来源：海灯新闻”的作品，版权均属本网，未经书面授权不得转载。",
    "Chinese views": "声明：海灯网转载此文出于传递更多信息之目的，不代表本网赞同其观点，内容仅供参考。",
    "Turkish": "Yorumları görüntülemek için lütfen JavaScript'i etkinleştirin.",
    "Czech": "Povolte JavaScript, aby se zobrazily komentáře.",
}
"""What stands amid or below a text: in place of what a script would show, and on whose views and rights these are."""

ABOUT_MORE = {
    "language": "The course teaches JavaScript to pupils, who then show what they made at the harbour fair.",
    "work": "Basic tasks require no code, but whoever knows JavaScript builds better timetables.",
    "media law": "Die Aufsicht prüft, ob eingebettete Inhalte das Urheberrecht der Zeitungen verletzen.",
    "Chinese rights": "市法院表示，两家报社未经授权转载了灯塔的照片，侵犯了摄影师的版权，须承担法律责任。",
    "outside": "The archive buys external content from three agencies.",
    "short": "External content needs editors",
    "more in a sentence": "For more stories, the library opens on Sundays, too.",
}


@pytest.mark.parametrize("text", NO_TEXT.values(), ids=NO_TEXT.keys())
def test_the_place_of_what_a_script_would_show_and_a_notice_are_cues_wherever_they_stand(text: str) -> None:
    assert score(Line(text), from_end=9, from_start=9) >= ENOUGH


@pytest.mark.parametrize("text", ABOUT_MORE.values(), ids=ABOUT_MORE.keys())
def test_a_report_of_scripts_and_of_rights_is_none(text: str) -> None:
    assert score(Line(text), from_end=0, from_start=9) < ENOUGH


@pytest.mark.parametrize("text", ASKING.values(), ids=ASKING.keys())
def test_asking_at_the_end_of_a_text_is_a_cue(text: str) -> None:
    assert score(Line(text), from_end=0, from_start=9) >= ENOUGH


@pytest.mark.parametrize("text", REPORTING.values(), ids=REPORTING.keys())
def test_reporting_is_none_wherever_it_stands(text: str) -> None:
    assert score(Line(text), from_end=0, from_start=9) < ENOUGH
    assert score(Line(text, linked=0.3), from_end=9, from_start=0) < ENOUGH


def test_a_bare_label_of_what_to_read_also_and_controls_are_cues_wherever_they_stand() -> None:
    for text in ("LEIA TAMBÉM", "Baca juga:", "Expand all", "Artikel merken · Drucken"):
        assert score(Line(text), from_end=9, from_start=9) >= ENOUGH


@pytest.mark.parametrize(
    "text",
    [
        "Click here and there, the shutters fall: the camera museum of Karn opens again.",
        "Print and radio are paid alike.",
        "The court says that the shop may earn a commission on each sail.",
        "Whoever finds an error in the list writes to the office.",
        "The library lends readers of adobe bricks a trowel.",
        "Support for the lifeboat came from nine towns.",
        "Join the harbour master for a briefing on the latest news of the pier.",
        "Register for the media briefing on Friday and receive a map of the quay.",
        "Worms crawl through a hole in Adobe Reader, the coast guard warns.",
        "Join the conversation: ninety pupils meet the harbour master.",
        "Leave a comment period open until June, the board was asked.",
        "By signing the pact you agree to share the herring.",
        "I agree that the pier is too long.",
        "Help us keep the beach clean: the town asks for a hand on Sunday.",
        "The court found that a banner with the words we use cookies is not enough.",
        "Vezi și rezultatele regatei de la Karn.",
    ],
)
def test_words_of_calls_in_a_report_are_none(text: str) -> None:
    assert score(Line(text), from_end=0, from_start=9) < ENOUGH


def test_words_of_other_languages_are_no_word_for_what_is_ours() -> None:
    for text in ("optimizes the nets", "minimized, maximizing", "ottimizzare", "legitimize"):
        assert not cue_words.PUBLISHER.search(text)
    assert cue_words.PUBLISHER.search("e-posta bültenimize")


def test_no_word_is_enough_alone() -> None:
    words = ("Subscribe", "follow", "Facebook", "cookies", "newsletter", "your", "Share")
    assert find([Line(f"The {word} of the harbour was described at length by a visitor.") for word in words]) == [
        False
    ] * len(words)


def test_the_place_in_the_text_counts() -> None:
    line = Line("Follow us on X")
    assert score(line, from_end=0, from_start=9) >= ENOUGH > score(line, from_end=9, from_start=9)


def test_what_stands_close_to_a_text_without_being_of_it_is_not_its_end() -> None:
    lines = [
        *(Line("The harbour opens at six.") for _ in range(4)),
        Line("© The Elsinore Gazette, all rights reserved"),
    ]
    close = [Line(words, is_text=False) for words in ("Tags", "Port", "Ferries", "Isles")]
    assert find([*lines, *close])[4]
    assert not find([*lines, *(line._replace(is_text=True) for line in close)])[4]


@pytest.mark.parametrize(
    ("call", "report"),
    [
        ("Всё важное — в нашем Telegram-канале", "Церемонию покажут в нашем Telegram-канале в семь вечера."),
        (
            "ताज़ा खबरों के लिए हमारा ऐप डाउनलोड करें",
            "यात्री टिकट के लिए बंदरगाह का ऐप डाउनलोड करें, प्रवक्ता ने बताया।",
        ),
        ("ข่าวที่เกี่ยวข้อง: สะพานปิด", "ข่าวเรือจมทำให้ท่าเรือปิดสองวัน"),
        ("อ่านข่าวที่เกี่ยวข้อง: สะพานปิด", "ชาวเกาะอ่านข่าวจากวิทยุ"),
    ],
)
def test_a_call_to_the_publishers_own_is_a_cue_and_a_report_of_one_is_none(call: str, report: str) -> None:
    text = [Line("The harbour opens at six.") for _ in range(3)]
    assert find([*text, Line(call, 0.3)])[3]
    assert not find([*text, Line(report)])[3]


@pytest.mark.parametrize(("fewer", "more", "cost"), [(2, 3, 0.0), (3, 4, 0.3), (4, 5, 0.3)])
def test_sentences_count_as_reporting_from_the_fourth_on(fewer: int, more: int, cost: float) -> None:
    def scored(sentences: int) -> float:
        clauses = ["Subscribe to our newsletter", "it is free", "it is short", "it is weekly", "it is yours"]
        text = ". ".join(clauses[:sentences]) + ", " * (sentences < 5) + ", ".join(clauses[sentences:]) + "."
        return score(Line(text), from_end=0, from_start=9)

    assert scored(fewer) > 0
    assert scored(fewer) - scored(more) == pytest.approx(cost)


@pytest.mark.parametrize(
    "text",
    [
        "Register for the night shelters through our website or at any fire station, and bring warm clothes.",
        "Sign up for the boats to the isles on Telegram, WhatsApp or at the quay.",
        "Listen to the radio, keep to the wall, and follow the harbour master on Twitter and Facebook in a storm.",
        "Follow the advice of the lifeguards, and stay out of the water until we raise the green flag on our site.",
    ],
)
def test_instructions_that_use_the_words_of_asking_are_no_cues(text: str) -> None:
    told = ["The flood reached the lower town in the night.", "Two bridges are closed to all traffic.", text]
    assert not any(find([Line(one) for one in told]))


@pytest.mark.parametrize(
    "label",
    [
        "Advertisement",
        "- Anzeige -",
        "Advertisement. Scroll to continue reading.",
        "Story continues below advertisement",
        "Der Artikel wird nach der Anzeige fortgesetzt",
        "Nach der Werbung geht es weiter",
        "La suite après cette publicité",
        "Continua dopo la pubblicità",
        "Sigue leyendo tras la publicidad",
        "Реклама:",
        "REKLAMA",
        "PUBLICIDAD",
        "โฆษณา",
    ],
)
def test_the_label_of_an_advertisement_is_a_cue_wherever_it_stands(label: str) -> None:
    assert find([Line("The pier is open.")] * 9 + [Line(label)] + [Line("Boats may land.")] * 9)[9]


@pytest.mark.parametrize(
    "text",
    [
        "Advertisement for the post of clerk",
        "The story continues after the war.",
        "Nach der Anzeige geht die Polizei von Brandstiftung aus.",
        "La suite après la publicité du rapport reste à écrire.",
        "La noticia tras el anuncio del puerto.",
        "Продолжение после рекламы нашли в архиве порта.",
    ],
)
def test_a_line_about_an_advertisement_or_a_story_is_no_cue(text: str) -> None:
    assert not any(find([Line("The pier is open."), Line(text), *[Line("Boats may land.")] * 9]))


@pytest.mark.parametrize(
    "text",
    [
        "Don't miss the opening of the salt house on Saturday at noon.",
        "Read more about the salt trade in the museum's new book.",
        "More news on the dyke is expected in March.",
        "Join us for soup and bread in the salt house from 2pm.",
        "Find us at stand 14 beside the weigh house.",
        "Share your memories of the dyke with the museum.",
        "Register on our website by Friday.",
        "Please give generously: the lifeboat needs a new engine.",
        "Please make a donation to our lifeboat.",
        "Follow our captain on his way to the isles.",
        "Follow the race on our website.",
        "Join us at the news conference on Friday.",
        "Share this moment with the whole town.",
        "Siehe auch Kapitel 4 des Deichberichts.",
        "Rejoignez-nous samedi sur la digue pour un café.",
        "Recevez nos meilleurs vœux pour la nouvelle année.",
        "Más noticias sobre el dique se esperan en marzo.",
        "Подробнее о дамбе расскажут в музее.",
        "Lees ook hoofdstuk 4 van het jaarverslag.",
        "未经授权的访问将受到处罚。",
        "更多新闻将于三月公布。",
        "Prices may not be published before noon.",
    ],
)
def test_a_whole_sentence_that_leads_nowhere_closes_a_text(text: str) -> None:
    assert not find([Line("The salt house opens on Saturday.")] * 4 + [Line(text)])[-1]


@pytest.mark.parametrize(
    "text",
    [
        "Read also: The salt house opens",
        "More news on the dyke",
        "Follow us on Facebook and Instagram.",
        "Join our newsletter.",
        "This material may not be published or broadcast.",
        "未经授权，不得转载。",
        "Get our stories sent directly to you! Subscribe to our Twitter, Facebook, or Instagram.",
        "Follow us on social media.",
        "Find us on social media.",
        "Siga-nos nas redes sociais.",
        "Śledź nas w mediach społecznościowych.",
        "Ikuti kami di media sosial.",
        "Подписывайтесь на наш канал.",
        "Подписывайтесь на нас в соцсетях.",
        "Read also: The salt house opens.",
        "Lesen Sie auch: Das Salzhaus öffnet.",
        "Read more.",
        "Donate now.",
        "Support our work with a donation.",
        "Help us keep this site free.",
        "Share this story with your friends.",
        "Photographs may not be reproduced without permission.",
    ],
)
def test_what_leads_elsewhere_or_names_a_channel_is_a_cue_still(text: str) -> None:
    assert find([Line("The salt house opens on Saturday.")] * 4 + [Line(text)])[-1]


def test_a_sentence_that_is_a_link_leads_elsewhere() -> None:
    assert find([Line("Read more about the salt trade in our story.", linked=1.0)]) == [True]


def test_what_the_headline_is_about_is_told() -> None:
    told = Line("Visitors could accept or reject the cookies only later, the authority found.")
    offer = Line("Accept or reject all cookies")
    assert find([told, offer]) == [True, True]
    assert find([told, offer], "Shop fined over cookies") == [False, True]
    warning = Line("Follow us on Instagram and win, the false accounts write.")
    assert find([warning], "Dyke board warns of storms") == [True]
    assert find([warning], "Dyke board warns of false accounts on Instagram") == [False]


@pytest.mark.parametrize("call", ["Follow us on Facebook.", "Like us on Facebook and follow us on Twitter and TikTok."])
def test_a_call_below_news_of_its_network_is_a_cue(call: str) -> None:
    assert find([Line("The court fined the company.")] * 4 + [Line(call)], "Facebook fined by the court")[-1]
