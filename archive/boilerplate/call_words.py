"""The words of further calls: to click, to take a letter, to comment, to give; and of what the publisher is paid for.

All are for texts in `small` letters.
"""

from __future__ import annotations

from archive.text.characters import phrases

OFTEN_INFLECTED = ("facebook", "instagram", "telegram", "whatsapp", "youtube", "linkedin", "tiktok")
"""Networks whose names are found with endings of a language, or run together with another word."""

OTHER_NETWORKS = tuple(
    """
    google news,google discover,公式line,تلگرام,اینستاگرام,واتساپ,واتس آب,تلغرام,تيليجرام,فيسبوك,تويتر,يوتيوب,
    انستغرام,إنستغرام,טלגרם,פייסבוק,וואטסאפ,אינסטגרם,व्हाट्सऐप,वॉट्सऐप,व्हाट्सएप,टेलीग्राम,फेसबुक,यूट्यूब,เฟซบุ๊ก,ไลน์,
    อินสตาแกรม,페이스북,인스타그램,유튜브,카카오톡,텔레그램,フェイスブック,インスタグラム,ツイッター
    """.replace("\n", "")
    .replace("    ", "")
    .split(",")
)
"""Channels by names that are of two words, or in other scripts."""

CLICK = phrases(
    r"\b(?:click here|clique aqui|clica aquí|haz clic|haga clic|cliquez ici|klicken sie hier|clicca qui|klik hier|"
    r"klikk her|kliknij (?:tutaj|tu)|нажмите (?:здесь|сюда)|klikněte (?:zde|sem)|klik di sini|nhấn vào đây)\b"
)
"""To click on a link."""

LETTER = phrases(
    r"\b(?:subscribe|sign[- ]up|register)\b.{0,60}\b(?:newsletter|letter|digest|mailing list|e-?mail list|"
    r"e-?mail alerts?)\b.{0,80}\b(?:get|receive|inbox|updates?|news|weekly|daily|deliver\w*)\b",
    r"\bjoin (?:\w+ ){0,3}(?:newsletter|mailing list|e-?mail list)\b"
    r".{0,80}\b(?:get|receive|inbox|updates?|news|weekly|daily|deliver\w*)\b",
    r"\bsubscribe to\b.{0,60}\b(?:briefing|bulletin)\b.{0,80}\b(?:get|receive|updates?|news|weekly|daily|deliver\w*)\b",
    r"\b(?:subscribe|sign[- ]up|register)\b.{0,60}\b(?:briefing|bulletin)\b.{0,80}\binbox\b",
)
"""To take a letter for what it brings."""

NEWSLETTER = phrases(
    r"newsletter|infolettre|lettre d'information|bolet[ií]n|рассылк|розсилк|biuletyn|nieuwsbrief|nyhe[dt]sbrev|"
    r"uutiskirje|hírlev[eé]l|e-?bülten|メルマガ|뉴스레터"
)
"""The letter itself."""

OWN_PAGE = phrases(r"\b(?:share|e-?mail|print) this (?:story|article|post|page)\b")
"""To pass on the page itself."""

TO_FOLLOW = phrases(
    r"follow (?:us|our|@)|like us|connect|stay connected|subscribe|abonn|abon|подпи|підпи|читайте нас|следите|стежте|"
    r"folge|folgt|suivez|suscr|s[ií]g|subskryb|śledź|obserwuj|assine|seguic|segui|abbonati|volg|følg|följ|prenumerera|"
    r"odebírejte|sledujte"
)
"""How those verbs begin that ask to follow a channel, and not to come or to enrol: what they are followed on is one."""

COMMENTS = phrases(
    r"(?:be the first to (?:comment|reply)|(?:leave|post|write|add) (?:a|your) (?:comment|reply)|"
    r"(?:join|start) the (?:conversation|discussion)|comments (?:on this \w+ )?are (?:closed|checked|reviewed)|"
    r"(?:log|sign) in to (?:leave a )?(?:comment|reply))"
    r"(?: (?:below|here|now|today|(?:on|to|about) this \w+|before they appear))?\W*$",
    r"comments (?:on this \w+ )?are moderated\b|your e-?mail address will not be published\b",
    r"(?:schreiben sie (?:den ersten|einen) kommentar|kommentar (?:schreiben|verfassen|hinterlassen)|"
    r"laissez? un commentaire|(?:soyez|sois) le premier à (?:commenter|réagir)|deja (?:un|tu) comentario|"
    r"sé el primero en comentar|deixe (?:um|seu) comentário|seja o primeiro a comentar|lascia un commento|"
    r"(?:laat|plaats|geef) een reactie|dodaj komentarz|přidat komentář|оставьте комментарий|добавить комментарий|"
    r"залишити коментар|yorum yap(?:ın)?|hãy là người đầu tiên bình luận|jadilah yang pertama berkomentar)\W*$",
    r"(?:发表评论|發表評論|コメントを(?:書く|投稿(?:する)?)|댓글(?:을)? (?:쓰기|남기기)|أضف تعليق\w*)\W*$",
)
"""To write what one thinks of a text below it, as all that a clause says."""

DISCLOSED = phrases(
    r"\b(?:(?:may|might|can) (?:earn|receive|get) (?:us )?(?:an? )?(?:\w+ )?(?:commission|fee)|"
    r"affiliate (?:links?|commission)|contains affiliate|as an amazon associate)\b",
    r"\b(?:affiliate-links?|(?:erhalten|bekommen) wir (?:\w+ ){0,3}provision|liens? (?:d'affiliation|affiliés?)|"
    r"(?:enlaces?|links?) de afiliad\w+|link (?:di )?affiliat\w+|link\w* afiliacyjn\w+)",
)
"""That the publisher is paid for what is bought by its links."""

GIVE = phrases(
    r"\b(?:donate (?:now|today|here|online)|(?:please )?(?:make|give) (?:a|your) (?:\w+ )?(?:donation|gift)|"
    r"please (?:give|donate)\b|support (?:our (?:work|journalism|reporting|mission)|us (?:today|now|with|by))\b|"
    r"(?:give|donate) (?:today|now|generously)\b|help us (?:stay|keep|continue) "
    r"(?:free|independent|reporting|publishing|online|"
    r"(?:our|this|your) \w+ (?:free|independent|alive|going|online))\b)",
    r"\b(?:jetzt spenden|spenden sie|unterstützen sie (?:uns|unsere)|faites un don|je (?:fais un )?don|soutenez-nous|"
    r"dona (?:ahora|ora|aquí|hoy)|haz (?:un|tu) donati?vo|haz una donación|faça uma doação|doe agora|sostienici|"
    r"doneer nu|steun ons|støtt oss|støt os|stöd oss|wesprzyj nas|wpłać|поддержите нас|сделать пожертвование|"
    r"підтримайте нас|podpořte nás|bağış yap(?:ın)?)\b",
    r"立即捐款|ご寄付|تبرع الآن",
)
"""To give money."""

WE_USE_COOKIES = phrases(
    r"\b(?:(?:we|this (?:web)?site|our (?:web)?site)(?: and our \w+)? uses? (?:\w+ ){0,2}cookies|"
    r"wir (?:verwenden|nutzen|setzen) (?:\w+ ){0,2}cookies|nous utilisons (?:des |les )?cookies|"
    r"(?:utilizamos|usamos) (?:\w+ )?cookies|(?:utilizziamo|usiamo) (?:\w+ )?cookies?|wij? gebruiken cookies|"
    r"(?:używamy|korzystamy z) (?:plików )?cookie|(?:vi|denne siden) (?:använder|bruger|bruker) (?:\w+ )?cookies|"
    r"(?:мы используем|сайт использует) (?:файлы )?(?:cookie|куки)|ми використовуємо (?:файли )?cookie|"
    r"používáme (?:soubory )?cookie|folosim (?:module )?cookie|(?:[^.:]{0,80} )?çerez "
    r"kullan(?:ıyor|ıl|makta)\w*)",
    r"(?:我们使用|本网站使用) ?cookie|当サイトでは、?cookie",
)
"""That a site uses cookies, in its own words, where a clause begins."""

MISTAKE = phrases(
    r"ctrl\s*\+\s*(?:enter|ввод)\b",
)
"""How to report a mistake in the text: what is selected is sent with these keys."""

WRONG = phrases(r"\b(?:mistake|error|typo|misprint|ошибк|опечатк|помилк|қате|грешк|greșeal|błąd|błęd)")
"""That there may be one."""

_PROGRAM = r"(?:adobe (?:acrobat )?|acrobat )reader"
_TO_GET = (
    r"(?:benötig|brauch|herunterladen|nécessaire|télécharge|besoin|necesita|descarg|precisa|baix(?:ar|e)|necessari|"
    r"scarica|nodig|pobierz|potrzeb|stáhn|potřeb|behöv|ladda ne|необходим|скача|требуется)"
)
VIEWER = phrases(
    r"\b(?:needs?|requires?|get|download|install) "
    r"(?:(?:to|the|a|an|free|have|use|install|download|program|software) ){0,4}" + _PROGRAM,
    _PROGRAM + r" (?:software )?(?:is|will be|must be) (?:needed|required|necessary|installed|downloaded)\b",
    rf"\b{_TO_GET}[^.]{{0,60}}{_PROGRAM}",
    rf"{_PROGRAM}[^.]{{0,60}}\b{_TO_GET}",
    r"adobe(?:社の)? ?(?:acrobat ?)?reader.{0,20}(?:必要|ダウンロード|入手|下载|下載)|"
    r"(?:下载|下載|需要|安装|安裝).{0,12}adobe ?(?:acrobat ?)?reader",
)
"""That the program which shows a page's files is needed, or where to get it."""

CONTROLS = phrases(
    r"\b(?:(?:expand|collapse|show|hide|open|close) all|show (?:more|less)|load more|read less|back to top|copy link|"
    r"print (?:this )?(?:page|article)|listen to (?:this )?(?:article|page)|save (?:this )?(?:article|for later)|"
    r"(?:accept|reject) all(?: cookies)?|alle akzeptieren|alles ablehnen|tout (?:accepter|refuser)|"
    r"(?:aceptar|rechazar) tod[oa]s|(?:accetta|rifiuta) tutt[oi]|aceitar todos|"
    r"skip (?:ad|to content)|(?:get it on )?google play|(?:download on the )?app store|"
    r"alle (?:öffnen|schließen|anzeigen)|mehr anzeigen|weniger anzeigen|nach oben|drucken|vorlesen|"
    r"artikel (?:merken|anhören|vorlesen|speichern)|seite (?:drucken|teilen)|"
    r"tout (?:afficher|déplier)|afficher (?:plus|moins)|haut de page|retour en haut|écouter(?: l'article)?|imprimer|"
    r"mostrar (?:más|menos)|ver (?:más|menos)|escuchar|imprimir|volver arriba|mostrar (?:mais|menos)|ouvir|"
    r"mostra (?:di più|meno)|ascolta|stampa|torna su|toon (?:meer|minder)|lees voor|afdrukken|"
    r"lyssna|skriv ut|dela sidan|del siden|lytt|les opp|visa (?:mer|mindre)|vis (?:mer|mindre|mere)|til toppen|"
    r"kuuntele|tulosta|pokaż więcej|drukuj|posłuchaj|zobrazit více|vytisknout|nyomtatás|megosztás|tipărește|"
    r"distribuie|показать (?:ещё|еще|все)|свернуть|распечатать|наверх|слушать|згорнути|роздрукувати|"
    r"paylaş|yazdır|dinle)\b",
    r"(?:打印本页|关闭窗口|返回顶部|展开全文|收起|印刷する|閉じる|ページの先頭へ|인쇄|목록|위로|طباعة|الرجوع للأعلى)",
)
"""What stands on the buttons of a page: a line that says nothing else is one."""

TERMS = phrases(
    r"\bby (?:(?:sending|submitting|filling in|filling out|using|signing) (?:this|the|your|our) (?:\w+ ){0,2}?"
    r"(?:form|message|comment|request|application|website|site|page|app|service|e-?mail|data|details)|"
    r"clicking|registering|subscribing|signing (?:up|in))\b[^,.]{0,60},? you (?:agree|accept|consent|confirm)",
    r"\bprotected by recaptcha\b",
    r"\bi (?:agree|consent) (?:to|that) (?:the (?:terms|conditions|privacy|processing|storage|collection|use of)|"
    r"my (?:personal|data|details|e-?mail|information|name))\b",
    r"\b(?:mit (?:dem|der) (?:absenden|anmeldung|klick)\b.{0,60}(?:stimmen sie|akzeptieren sie|erklären sie)|"
    r"ich (?:stimme zu|bin (?:damit )?einverstanden),? dass)",
    r"\ben (?:envoyant|cliquant|soumettant|vous inscrivant)\b.{0,60}\bvous acceptez\b",
    r"\bal (?:enviar|hacer clic|registrarte|suscribirte)\b.{0,60}\b(?:aceptas|acepta|aceptar)\b",
)
"""What is agreed to with a form that is sent."""
