"""The words with which pages ask for something, in English, Russian, Kazakh, German, French, Spanish, Polish, Greek,
Chinese, Arabic, Portuguese, Italian, Dutch, Danish, Norwegian, Swedish, Turkish, Ukrainian and Czech; some of them in
twenty languages more. A word alone is never enough: cues.py also considers its place and its surroundings. All but
REPORTED are for texts in `small` letters.
"""

from __future__ import annotations

import re

from archive.text.characters import phrases
from archive.text.fingerprint import word_set

ASK = phrases(
    r"\b(?:subscribe|sign[- ]up|follow (?:us|our|@|the|along)|join (?:us|our)|like us|find us|connect with us|"
    r"stay (?:tuned|informed|up to date|connected)|"
    r"get (?:our|the latest|more|updates|the [\w\s]{1,40} (?:stories|news|newsletter))|"
    r"download (?:our|the) app|register|click here|tune in|don'?t miss|enter your e-?mail)\b",
    r"\b(?:подпи(?:шитесь|сывайтесь|шись|саться|сывайся)|следите за|читайте нас|присоединяйтесь|вступайте|ставьте лайк|"
    r"смотрите нас|оставайтесь)\b",
    r"\b(?:жазылыңыз\w*|жазылу|қосылыңыз\w*|бізді (?:оқыңыз|бақылаңыз)|парақшамызға)",
    r"\b(?:abonnieren|abonniere|folgen sie|folge uns|folgt uns|melden sie sich|jetzt anmelden|registrieren sie|"
    r"bleiben sie)\b",
    r"\b(?:abonnez[- ]vous|inscrivez[- ]vous|suivez(?:[- ]nous)?|rejoignez|s'abonner|recevez|téléchargez)\b",
    r"\b(?:suscr[ií]b(?:ete|ase|irse|irte)|s[ií]gu?(?:enos|anos|eme)|sig(?:a|ue) a|[uú]nete|reg[ií]strate|recib[ea]|"
    r"descarga)\b",
    r"\b(?:subskrybuj|zapisz się|zaprenumeruj|obserwuj|śledź|dołącz|polub|zarejestruj się)\b",
    r"(?:εγγραφείτε|εγγραφή στο|ακολουθήστε|κάντε like|γίνετε μέλ|συνδεθείτε)",
    r"(?:订阅|訂閱|关注我们|關注我們|关注.{0,12}(?:微信|公众号|微博)|扫码|掃碼|扫一扫|长按|点击|加入我们|下载.{0,6}(?:app|客户端))",
    r"(?:اشترك|اشتركوا|تابعونا|تابعوا|تابعنا|انضم|سجل الآن|حمل(?:وا)? التطبيق)",
    r"\b(?:assine|inscreva-se|cadastre-se|siga(?:-nos| (?:o|a|os|as|nosso|nossa|no|na)\b)|receba|baixe)\b",
    r"\b(?:iscriviti|iscrivetevi|abbonati|seguici|seguiteci|registrati|ricevi|scarica l['’]app)\b",
    r"\b(?:abonneer|schrijf (?:je|u) in|volg ons|meld (?:je|u) aan|ontvang|download (?:de|onze) app)\b",
    r"\b(?:abonn[eé]r|meld (?:deg|dig) |tilmeld dig|følg (?:oss|os|med)|last ned appen|hent appen)",
    r"\b(?:prenumerera|följ (?:oss|med)|anmäl dig|skriv upp dig|ladda ner appen)\b",
    r"\b(?:підпи(?:шіться|сатися|суйтес[ья]|суйся)|стежте за|приєднуйтес[ья])",
    r"\b(?:přihlaste se|odebírejte|sledujte nás|přidejte se)\b",
    r"\b(?:ikuti|berlangganan|bergabunglah|dapatkan (?:berita|informasi|update)|unduh aplikasi)\b",
    r"\b(?:theo dõi (?:chúng tôi|kênh|fanpage|báo)|đăng ký (?:nhận|kênh|theo dõi)|tải ứng dụng|"
    r"tham gia (?:kênh|nhóm))\b",
    r"\b(?:tilaa|seuraa meitä|iratkozz?on fel|kövess(?:en)? (?:minket|bennünket)|abonați-vă|abonează-te|urmărește-ne|"
    r"urmăriți-ne|pretplatite se|pratite nas|naročite se|абонирайте се|последвайте ни|prihláste sa|sledujte nás)\b",
    r"(?:チャンネル登録|フォローする|メルマガ登録|구독하기|팔로우|구독하세요|सब्सक्राइब|फ़?ॉलो करें|से जुड़(?:ें|ने)|"
    r"ติดตาม(?:เรา|ข่าว)|กดติดตาม|הירשמו|עקבו אחרינו|دنبال کنید|عضو شوید)",
)
"""To subscribe, to follow, to join, to download: what a clause that asks for a channel begins with."""

ASK_LAST = phrases(
    r"(?:(?:жазылыңыз|қосылыңыз|оқыңыз|бақылаңыз|тіркеліңіз|бөлісіңіз)(?:дар|дер)?|"
    r"\b(?:takip ed(?:in|iniz)|abone ol(?:un|unuz)|kaydolun|katılın|tıklayın(?:ız)?|دنبال کنید|عضو شوید|بپیوندید)|"
    r"[—–-] (?:в|на) наш(?:ем|их) (?:telegram|телеграм)\w*[- ]канал(?:е|ах)|"
    r"(?:जुड़ें|सब्सक्राइब करें|ऐप डाउनलोड करें|フォローしてください|ご登録ください|登録をお願いします|팔로우하세요|구독하세요))"
    r"(?=[\s\"»]*(?:[.!?…。।]|$))"
)
"""The same for languages with the verb at the end (Kazakh, Turkish, Persian, Hindi, Japanese, Korean)."""

SHARE = phrases(
    r"\b(?:share (?:this|on|via|the|it)|tweet this|e-?mail this|print this|send to (?:a )?friend)\b",
    r"\b(?:поделиться|поделитесь|расскажите друзьям|отправить другу|распечатать)\b",
    r"\b(?:бөлісу|бөлісіңіз\w*|достарыңызбен)",
    r"\b(?:teilen|weitersagen|artikel (?:drucken|versenden))\b",
    r"\b(?:partager|partagez|imprimer l'article|envoyer à un ami)\b",
    r"\b(?:comp[aá]rt(?:ir|e|elo|a|irlo)|enviar a un amigo|imprimir)\b",
    r"\b(?:udostępnij|podziel się|poleć (?:znajomym|artykuł)|drukuj)\b",
    r"(?:μοιραστείτε|κοινοποί|εκτύπωση)",
    r"(?:分享到|分享至|分享给|转发到|打印)",
    r"(?:شارك (?:هذا|على|مع|الخبر|المقال)|شاركها|مشاركة (?:على|عبر)|طباعة)",
    r"\b(?:compartilh(?:e|ar)|partilh(?:e|ar))\b",
    r"\bcondividi(?:lo)?\b",
    r"\b(?:deel (?:dit|via|op)|delen (?:via|op))\b",
    r"\b(?:del (?:på|artikkelen|artiklen)|dela (?:på|via|artikeln))\b",
    r"\bpaylaş(?:ın)?\b",
    r"\bподілит(?:ися|ись|ься)\b",
    r"\bsdíl(?:et|ejte)\b",
)
"""To pass a page on, or to print it."""

FOLLOW = phrases(
    r"\b(?:follow|folgen sie|suivez|sig(?:a|ue) a|seguite|segui|siga|obserwuj|следите за|volg|følg|följ)"
    r"(?: [\w.’'&-]+){1,5} (?:on|auf|sur|en|su|no|na|op|på|в|на) "
    r"(?:facebook|twitter|x|linkedin|instagram|youtube|tiktok|threads|bluesky|mastodon|telegram|whatsapp|вконтакте|"
    r"google (?:news|discover))\b",
)
"""To follow somebody by name on a network."""

READ_ALSO = phrases(
    r"\b(?:read (?:also|more|next|on)|see also|also read|also see|you (?:may|might) also like|"
    r"related (?:articles?|stories|news|posts|content)|recommended (?:for you|reading)|"
    r"more (?:on|from|news|stories)\b|for more (?:stories|news|articles) like this|don't miss|must read|watch also)",
    r"\b(?:читайте (?:также|ещё|еще)|читать (?:также|далее|ещё|еще)|смотрите также|по теме|материалы по теме|"
    r"ещё по теме|подробнее|другие новости|вам может)",
    r"\b(?:тағы оқыңыз|сондай-ақ оқыңыз|оқи отырыңыз|оқыңыз:|тақырып бойынша|толығырақ)",
    r"\b(?:lesen sie auch|mehr (?:zum thema|dazu|lesen)|auch interessant|schon gelesen|siehe auch|"
    r"weiterlesen|das könnte sie)\b",
    r"(?:\b(?:lire aussi|lire également|voir aussi|lire la suite|sur le même sujet)\b|[àa] lire (?:aussi|également)|"
    r"à lire\b)",
    r"\b(?:lea también|lee también|leer más|ver también|vea también|te puede interesar|"
    r"le puede interesar|m[aá]s (?:sobre|noticias)|not[ií]cias relacionadas)\b",
    r"\b(?:czytaj (?:także|też|więcej|również|dalej)|zobacz (?:także|też|również)|"
    r"przeczytaj (?:także|też)|więcej na temat)\b",
    r"(?:διαβάστε (?:επίσης|ακόμα|ακόμη|περισσότερα)|δείτε (?:επίσης|ακόμα|ακόμη)|σχετικά (?:άρθρα|θέματα))",
    r"(?:相关阅读|延伸阅读|相關閱讀|延伸閱讀|相关新闻|相關新聞|相关报道|相关链接|更多新闻|更多阅读|推荐阅读|阅读全文|阅读更多)",
    r"(?:اقر[أا]\S{0,2} (?:أيضا|ايضا|أيضًا|المزيد)|شاهد (?:أيضا|ايضا)|مواضيع ذات صلة|أخبار ذات صلة|للمزيد)",
    r"\b(?:leia (?:também|mais)|veja (?:também|mais)|saiba mais|continue lendo)\b",
    r"\b(?:legg(?:i|ete) anche|leggi (?:di più|tutto)|ved(?:i|ete) anche|potrebbe interessarti|notizie correlate)\b",
    r"\b(?:lees (?:ook|meer|verder)|bekijk ook|zie ook)\b",
    r"\b(?:les (?:også|mer)|læs (?:også|mere)|se også|läs (?:också|även|mer)|se (?:också|även))\b",
    r"\b(?:(?:ayrıca|bunu da) (?:oku|okuyun)|ilgili haberler|devamını oku)\b",
    r"\b(?:читайте також|читати (?:також|далі|більше)|дивіться також|за темою|докладніше)\b",
    r"\b(?:čtěte (?:také|též|dále)|přečtěte si|více k tématu|čítajte (?:aj|tiež|viac)|prečítajte si)\b",
    r"\b(?:baca (?:juga|selengkapnya)|simak juga|lihat juga|artikel terkait|berita terkait)\b",
    r"\b(?:xem thêm|đọc thêm|tin liên quan|bài liên quan|có thể bạn quan tâm)\b",
    r"\b(?:lue (?:myös|lisää)|olvass?(?:a|on|d)? (?:el|tovább|még)|kapcsolódó (?:cikk|hír)|"
    r"cit(?:iți|iţi|ește|eşte|este) și|vezi și(?=\s*(?::|$))|pročitajte (?:i|još|više)|"
    r"čitajte (?:i|još)|preberite (?:tudi|še)|"
    r"прочетете (?:още|също)|вижте (?:още|също)|прочитајте|loe (?:ka|lisaks)|lasi(?:et)? arī|"
    r"skaitykite (?:taip pat|daugiau)|llegiu també|llegeix també)\b",
    r"(?:関連記事|関連リンク|あわせて読みたい|続きを読む|관련 ?(?:기사|뉴스)|더 ?보기|(?:यह|ये|इसे) भी पढ़|"
    r"(?:อ่าน)?ข่าวที่เกี่ยวข้อง|อ่านเพิ่มเติม|อ่านต่อ|"
    r"(?:קראו|קרא) (?:גם|עוד)|כתבות נוספות|(?:بیشتر|همچنین) بخوانید|مطالب مرتبط|আরও পড়ুন|இதையும் படி)",
)
"""To read other articles: the label before them, or the words that lead there."""

RATE = phrases(
    r"\b(?:(?:was|is|has) this (?:page|article|information|content|story|post|answer)(?: been)? (?:helpful|useful)|"
    r"did you find this (?:page|article|information|content|story|post) (?:helpful|useful)|how useful was this|"
    r"rate this (?:page|article|content|story|post))\b",
    r"\b(?:war(?:en)? (?:diese[rs]?|dieser) (?:seite|artikel|beitrag|information(?:en)?|inhalt) (?:hilfreich|nützlich)|"
    r"fanden sie (?:diese[ns]?) (?:seite|artikel|beitrag) (?:hilfreich|nützlich))\b",
    r"\b(?:cette page|cet article|ce contenu|cette information) vous a-t-(?:elle|il) été utile\b",
    r"\b(?:(?:te|le) (?:ha (?:sido|resultado|parecido)|fue|resultó) útil (?:est[ae]|la|el)\b|"
    r"est[ae] (?:página|artículo|información) (?:te|le) (?:ha sido|ha resultado|fue|resultó) útil)",
    r"\b(?:questa pagina|questo articolo) (?:ti|vi) è stat[ao] utile\b",
    r"\b(?:esta página|este artigo|esta informação) foi útil\b",
    r"\b(?:was|is) (?:deze pagina|dit artikel|deze informatie) (?:nuttig|behulpzaam)\b",
    r"\bczy (?:ta strona|ten artykuł|ta informacja) (?:była?|okazał[ay]? się) (?:pomocn|przydatn)\w+",
    r"\b(?:была ли|оказалась ли) (?:эта )?(?:статья|страница|информация) полезн\w+",
    r"\b(?:fant du det du lette etter|hjälpte informationen|hade du nytta av|fandt du det du søgte|auttoiko|"
    r"löysitkö etsimäsi|a fost utilă (?:această|pagina)|bola (?:táto|stránka) užitočná|byla tato stránka užitečná)",
    r"(?:이 페이지에서 제공하는 정보에|만족하십니까|"
    r"このページは(?:見つけやすかった|役に立ち|わかりやすかった)|この情報は(?:お)?役に立)",
    r"(?:本页|此页|本文|这篇文章|此文章|该信息)(?:内容)?(?:对您)?(?:是否)?有(?:帮助|用)吗?",
)
"""To say whether a page was of use."""

ADVERTISED = phrases(
    r"^\W*(?:advertisements?|anzeige|advertentie|publicité|реклама|annonse?|διαφήμιση|广告|廣告|"
    r"reklam[aey]?|pubblicità|publicidade?|โฆษณา|광고|広告)\W*$",
    r"^\W*(?:advertisement\W+)?(?:(?:this )?(?:article|story|post|text|content) continues|continue reading|"
    r"(?:keep )?scroll(?:ing)? (?:down )?(?:for more|to (?:continue|read)))"
    r" ?(?:reading|(?:down )?(?:below|after|under)\b)?"
    r"(?: (?:the |this )?(?:advert(?:isement)?|ad|video|promotion))?\W*$",
    r"^\W*nach der (?:anzeige|werbung) (?:weiterlesen|geht (?:es|der \w+) weiter)\W*$",
    r"^\W*(?:der )?(?:artikel|text|beitrag) (?:wird|geht) (?:nach|unter) (?:der|dieser) (?:anzeige|werbung)"
    r"(?: weiter| fortgesetzt)\W*$",
    r"^\W*(?:la suite|l['’]article continue) après (?:la|cette) publicité\W*$",
    r"^\W*(?:(?:el artículo|la noticia) (?:continúa|sigue)|sigue leyendo) "
    r"(?:después|debajo|tras) (?:del?|la|el|este|esta)? ?(?:la |el |esta |este )?(?:anuncio|publicidad)\W*$",
    r"^\W*(?:l['’]articolo )?continua (?:a leggere )?dopo la pubblicità\W*$",
    r"^\W*(?:(?:de )?(?:tekst|artikel) (?:loopt|gaat) (?:door|verder)|lees verder) (?:onder|na) de advertentie\W*$",
    r"^\W*(?:dalsza|ciąg dalszy|dalszy ciąg)[^.]{0,30}pod (?:reklamą|materiałem(?: \w+)?)\W*$",
    r"^\W*(?:artikeln fortsätter efter|artikkelen fortsetter under|artiklen fortsætter efter) annonse?n\W*$",
    r"^\W*продолжение (?:после|под) реклам\w*\W*$",
)
"""What stands over an advertisement, and that a text goes on behind it: a line of its own."""

COOKIES = phrases(r"cookie", r"\bкуки\b", r"ciastecz", r"ملفات تعريف الارتباط")
"""Cookies themselves."""

CONSENT = phrases(
    r"\b(?:accept|agree|consent|privacy policy|we use|uses? cookies|preferences|continu(?:e|ing) (?:to|using)|"
    r"similar technologies|our (?:\d+ )?partners|reject|decline|necessary cookies|third[- ]party cookies)\b",
    r"\b(?:rechaz\w+|de terceros|configur\w+|ablehnen|notwendige|refuse[rz]|paramétrer|rifiut\w+|terze parti|rejeitar|"
    r"recusar|de terceiros|odrzuć|niezbędne|weiger\w*|odmítnout|отклонить)\b",
    r"\b(?:соглас\w+|принять|используе[мт]\w*|политик\w+ конфиденциальности)\b",
    r"\b(?:келісі\w+|пайдаланамыз)\b",
    r"\b(?:akzeptieren|zustimm\w+|datenschutz\w*|verwende[nt]|ähnliche technologien|unsere (?:\d+ )?partner)\b",
    r"\b(?:accepte[zr]|consente\w+|confidentialité|utilis(?:e|ons)|technologies similaires|"
    r"nos (?:\d+ )?partenaires)\b",
    r"\b(?:acepta[rs]?|consent\w+|privacidad|utilizamos|usamos|tecnologías similares|nuestros (?:\d+ )?socios)\b",
    r"\b(?:akceptuj\w*|zgod\w+|prywatności|używamy|wykorzystuj\w+)\b",
    r"(?:αποδοχή|αποδέχ|συμφων|απορρήτου|χρησιμοποι)",
    r"(?:接受|同意|隐私|我们使用)",
    r"(?:قبول|توافق|الخصوصية|نستخدم)",
)
"""What is said of them where readers are asked: accept, settings, privacy policy, partners."""

NOTICE = phrases(
    r"传递更多信息|傳遞更多(?:信息|資訊)|[赞讚贊][同成]其[观觀][点點]|代表本[网網站报報刊]|[证證][实實]其(?:内容|內容|真|描述)|"
    r"免[责責][声聲]明|凡本[网網站报報刊]|本[网網站报報刊](?:未)?注明|風險自[担擔負]|风险自[担负]",
)
"""What only the notice below Chinese articles says: who may print them again, whose views they are."""

RIGHTS_OF_USE = phrases(
    r"[转轉][载載]|版[权權]|[授][权權]|[许許]可|法律[责責]任|[来來]源|[观觀][点點]|[参參]考|真[实實]性|[编編][辑輯]"
)
"""Its other words, which news of rights have too."""

_ON = (
    r"(?:enabl|disabl|turn(?:ed)? on|requir|need|relies|aktiv|deaktiv|benötig|activ|désactiv|nécessit|habilit|abilit|"
    r"attiv|inschakel|włącz|wymaga|kr[äeæ]v|включ|увімк|потріб|ενεργοπ|启用|啟用|تفعيل|etkinleş|povol)"
)
"""The stems of what is done with scripts before they run."""

EMBEDDED = phrases(
    r"\b(?:(?:external|third[- ]party|embedded) (?:content|media)|this (?:embed(?:ded)?|content is))\b",
    rf"\b{_ON}\w*(?:\W+\w+){{0,2}}\W+javascript\b",
    rf"\bjavascript\b\W+(?:\w+\W+){{0,3}}?{_ON}",
    rf"{_ON}\W*javascript",
    r"\b(?:extern|eingebettet|empfohlen)\w* (?:redaktionelle\w* |externe\w* )?inhalt\w*",
    r"\b(?:dritt(?:plattform|anbieter)|privatsphäre-einstellung)\w*",
    r"\bcontenus? (?:externes?|intégrés?|tiers)\b",
    r"\bcontenidos? (?:externos?|incrustados?|de terceros)\b",
    r"\btreś(?:ć|ci) (?:zewnętrzn|osadzon)\w+",
    r"\bcontenut[oi] (?:estern[oi]|incorporat[oi]|di terz[ei])\b",
    r"\bconteúdos? (?:externos?|incorporados?|de terceiros)\b",
    r"\b(?:externe|ingesloten) (?:content|inhoud|media)\b",
    r"\b(?:eksternt|externt|indlejret|inbäddat) (?:innhold|indhold|innehåll)\b",
    r"\b(?:внешн\w+|встроенн\w+|зовнішн\w+) (?:контент\w*|содержим\w+|вміст\w*)",
    r"εξωτερικό περιεχόμενο|外部(?:内容|內容)|محتوى خارجي|\bharici içeri\w+|\bexterní(?:ho)? obsah\w*",
)
"""What stands where a script would show something of another site: a post, a video, readers' comments."""

CONTENT = word_set(
    """
    javascript conten embed media inhalt dritt privatsphäre treś conteúd inhoud innhold indhold innehåll контент
    содержим вміст περιεχόμεν 内容 內容 محتوى içeri obsah
    """
)
"""The words of which every such passage has one: quickly sought, first."""

SHOWN = phrases(
    r"\b(?:enabled?|turn(?:ed)? on|activate|allow|requires?d?|needed|settings|accept|consent|"
    r"view(?:ed)?|show(?:n|ing)?|display(?:ed|ing)?|load(?:ed|ing)?|play|hosted by|not available|please)\b",
    r"\b(?:aktivier\w*|einschalten|anzeigen|angezeigt\w*|laden|ein(?:zu)?blenden|aus(?:zu)?blenden|einverstanden|"
    r"zustimm\w+|übermittelt|benötig\w+|an dieser stelle|verfügbar|verhindern|datenschutz\w*|klick|"
    r"empfohlen\w*|redaktionelle\w*)\b",
    r"\b(?:activ(?:er|ez)|affich(?:er|ez|é)|charger|autoris(?:er|ez)|accept(?:er|ez)|nécessite|bloqué|cookies)\b",
    r"\b(?:activ(?:ar?|e)|habilit(?:ar?|e)|mostrar|cargar|ver|permit(?:ir|e|a)|acepta[rs]?|requiere|requer|exib\w+|"
    r"aceit\w+|carregar|ative|bloqueado|cookies)\b",
    r"\b(?:włącz\w*|wyświetl\w*|załad\w+|zezw\w+|wymaga|zgod\w+|zobacz\w*)\b",
    r"\b(?:abilita\w*|attiva\w*|visualizza\w*|mostra\w*|consent\w+|accett\w+|richiede|caric\w+)\b",
    r"\b(?:inschakelen|toestaan|toestemming|accepteer|weer(?:ge)?geven|bekijken|tonen|vereist)\b",
    r"\b(?:aktivera?|tillåt|tilla[dt]|godkän[nt]\w*|godt(?:a|ag)\w*|samtykke\w*|samtycke\w*|vis(?:e|es|a|as)?|kr[äeæ]ver)\b",
    r"\b(?:включит\w+|отобра\w+|показ\w+|просмотр\w*|загруз\w+|требуется|разреш\w+|увімкн\w+|перегля\w+|відобра\w+|"
    r"потрібн\w+)\b",
    r"ενεργοποι|εμφάνισ|προβολή|αποδοχ|启用|啟用|显示|顯示|允许|查看|加载|تفعيل|عرض|السماح|\betkinleştir\w*|\bgörüntüle\w*|"
    r"\bizin ver\w*|\bpovol\w+|\bzobraz\w+|\bsouhlas\w*",
)
"""What has to be done for that to be shown, and who then learns of it."""

RIGHTS = phrases(
    r"©|\(c\)\s*\d{4}|\bcopyright\s*(?:\d{4}|by\b)|\ball rights reserved\b|"
    r"\b(?:material|content|article|story|page|site|text|publication|information|data|images?|photo(?:graph)?s?|pictures?)\b[^.]{0,60}"
    r"may not be (?:reproduced|published|broadcast)",
    r"все права защищены|при (?:использовании|цитировании|копировании|перепечатке) (?:материал|текст|информац)",
    r"барлық құқықтар",
    r"alle rechte vorbehalten",
    r"tous droits réservés|reproduction interdite",
    r"todos los derechos reservados|prohibida (?:su|la) reproducción",
    r"wszelkie prawa zastrzeżone",
    r"με επιφύλαξη|πνευματικά δικαιώματα|απαγορεύεται η αναδημοσίευση",
    r"版权所有|版權所有|保留所有权利|转载请注明|轉載請註明|未经授权[，,]?\s?(?:[不严请禁].?)?.{0,4}(?:转载|复制|摘编|镜像)",
    r"جميع الحقوق محفوظة|حقوق النشر",
    r"todos os direitos reservados|proibida a reprodução",
    r"tutti i diritti riservati|riproduzione riservata",
    r"alle rechten voorbehouden|alle rettighe[dt]er|alla rättigheter",
    r"(?:tüm|her) hakkı?(?:ları)? saklıdır",
    r"(?:усі|всі) права захищен",
    r"všechna práva vyhrazena",
    r"공공누리|무단 ?(?:전재|복제)|無断(?:転載|複製)|สงวนลิขสิทธิ์|hak cipta dilindungi",
)
"""Whose rights a text is, and what must not be done with it."""

_SOCIAL = (
    r"\b(?:social (?:media|channels|networks)|sozialen (?:medien|netzwerken)|réseaux sociaux|redes socia(?:les|is)|"
    r"social(?=\W*$)|reti sociali|sociale media|sosiale medier|sociala medier|sociale medier|sosiaalisessa mediassa|"
    r"mediach społecznościowych|sociálních sítích|sociálnych sieťach|rețelele sociale|media sosial|"
    r"mạng xã hội|sosyal medya\w*)",
    r"соцсет|социальн\w+ сет|соцмереж|соціальн\w+ мереж|әлеуметтік желі|μέσα κοινωνικής|"
    r"التواصل الاجتماعي|社交媒体|소셜 미디어",
)
SOCIAL = phrases(*_SOCIAL)
"""Social networks as such."""

CHANNEL = phrases(
    *_SOCIAL,
    r"\b(?:newsletters?|channels?|e-?mails?|inbox|website|updates?|alerts?|app|podcasts?|social media|page|feed|"
    r"news|stories|press releases)\b",
    r"рассылк|канал|почт|сайт|соцсет|социальн\w+ сет|новост|страниц|приложени",
    r"арна|парақша|әлеуметтік желі|жаңалық|сайт",
    r"\b(?:kanal|kanälen?|postfach|nachrichten|neuigkeiten|sozialen medien)\b",
    r"\b(?:lettre d'information|infolettre|chaîne|courriel|actualités?|réseaux sociaux)\b",
    r"\b(?:bolet[ií]n|canal|correo|noticias|redes sociales|p[aá]gina)\b",
    r"\b(?:biuletyn|kanał|mail\w*|wiadomości|profil\w*|stron\w+)\b",
    r"(?:ενημερωτικ|κανάλι|νέα|ειδήσεις|σελίδα)",
    r"(?:公众号|频道|邮件|资讯|新闻|客户端|微信|微博)",
    r"(?:نشر[ةت]|قنا[ةت]|البريد|أخبار|الأخبار|صفح)",
    r"\b(?:notícias|notizie|canal[ei]|pagina|nieuwsbrief|nieuws|sociale media)\b",
    r"\b(?:nyhe[dt]sbrev|nyhe[dt]er|e-?post)\b",
    r"\b(?:bülten|haber|sayfa)\w*",
    r"розсилк|новин|сторінк|соцмереж",
    r"\b(?:zprávy|stránk\w+|berita|saluran|kênh|tin tức|trang|uutiskirje\w*|hírlev[eé]l\w*|canalul|știri)\b",
    r"(?:चैनल|समाचार|ऐप|ช่อง|ข่าว|채널)",
)
"""What is followed or taken: a page, a channel, a letter, an app."""

READER = phrases(
    r"\b(?:you|your|yours)\b",
    r"\b(?:вы|вас|вам|ваш\w*)\b",
    r"\b(?:сіз\w*|\w+[ңз](?:ыз|із)(?:ға|ге|да|де|ды|ді)?)\b",
    r"\b(?:ihnen|ihre[mnrs]?|dich|dein\w*)\b",
    r"\b(?:vous|votre|vos)\b",
    r"\b(?:te|tu|tus|usted)\b",
    r"\b(?:ci|cię|tw[oó]j\w*|państw\w+)\b",
    r"\bσας\b",
    r"(?:您|你)",
    r"(?:إلى بريدك|بريدك)",
    r"\b(?:você|vocês|tuo|tua|tuoi|tue|vostr[oaie]|jou|jouw|uw)\b",
    r"\b(?:deg|dig|din|dine|ditt|dina|vás|vám|váš)\b",
    r"\bsiz\w*",
    r"(?:하세요|해 ?주세요|ください|お願いします|करें|کنید)",
)
"""Words that address the reader."""

PUBLISHER = phrases(
    r"\b(?:us|our)\b",
    r"\b(?:нас|нами|наш\w*|нам)\b",
    r"\b(?:біз\w*|\w+м(?:ыз|із)(?:ға|ге|да|де|ды|ді)?)\b",
    r"\b(?:uns|unser\w*)\b",
    r"\b(?:nous|notre|nos)\b",
    r"\b(?:nuestr[oa]s?|nos|s[ií]gu?[ea]nos)\b",
    r"\b(?:nas|nasz\w*)\b",
    r"\bμας\b",
    r"(?:我们|我們|本报|本网)",
    r"\w+نا\b",
    r"\b(?:noss[oa]s?|siga-nos|nostr[oaie]|segui(?:te)?ci|ons|onze)\b",
    r"\b(?:oss|vår\w*|vores|os|bizi|bize|bizim|nás|nám|náš|naš[ei]|kami|chúng tôi|meitä|meidän|minket|noastr\w+)\b",
    r"(?:हमार[ेाी]|हमें|เรา|우리|당사|公式|공식|\bما را\b|"
    r"\b(?!(?:op?t|ott|min|max|maks|vict|vitt|legit|pessz?)imiz)\w{3,}[ıiuü]m[ıiuü]z\w*)",
)
"""Words with which the publisher speaks about itself."""

ELSEWHERE = phrases(
    r"\bfor (?:more|further|additional) (?:information|details)\b",
    r"\b(?:find|follow|visit|like|reach) (?:them|him|her)\b",
    r"\b(?:за|для) (?:дополнительной|более подробной|подробной) информаци\w+",
    r"\bқосымша ақпарат",
    r"\bweitere (?:informationen|infos|auskünfte)\b",
    r"\bpour (?:plus|de plus amples|davantage) d['’]?\s?informations?\b",
    r"\bpara (?:más|mayor) información\b",
    r"\bwięcej informacji\b",
    r"περισσότερες πληροφορίες",
    r"(?<![递遞播])(?:更多|详细)信息",
    r"لمزيد من المعلومات",
    r"\b(?:(?:para )?mais informações|per (?:maggiori|ulteriori) informazioni|meer informatie)\b",
    r"\b(?:for|för) (?:mer|mere|yderligere) (?:informasjon|information)\b",
    r"\b(?:daha fazla|detaylı|ayrıntılı) bilgi\b",
    r"\b(?:за додатковою|більше) інформаці\w+",
    r"\b(?:více|další) informac[ií]\b",
)
"""Where to learn more, as releases themselves say it: it speaks against a cue unless the publisher means itself."""

REPORTED = re.compile(
    "|".join(
        (
            r"\b(?:said|says|told|announced|added|noted|according to|reported)\b|[“”«»„]",
            r"\b(?:сказал\w*|сообщил\w*|заявил\w*|отметил\w*|добавил\w*|по словам)\b",
            r"\b(?:деді|айтты|хабарлады|мәлімдеді|атап өтті)\b",
            r"\b(?:sagte|sagten|teilte|erklärte|laut|berichtete)\b",
            r"\b(?:a déclaré|a annoncé|a dit|selon|a indiqué)\b",
            r"\b(?:dijo|anunció|señaló|según|afirmó|declaró)\b",
            r"\b(?:powiedział\w*|poinformował\w*|według|dodał\w*|ogłosił\w*)\b",
            r"(?:δήλωσε|είπε|ανακοίνωσε|σύμφωνα με)",
            r"(?:表示|说道|称，|据.{1,12}报道|指出)",
            r"(?:\bقال\b|\bقالت\b|أعلن|أضاف|وفقا|صرح)",
            r"\b(?:disse|afirmou|anunciou|segundo|informou)\b|\b(?:ha (?:detto|dichiarato|annunciato)|secondo)\b",
            r"\b(?:zei|zegt|meldde|volgens)\b|\b(?:sier|siger|opplyser|oplyser|ifølge|säger|uppger|enligt)\b",
            r"\b(?:dedi|söyledi|açıkladı|belirtti)\b",
            r"\b(?:повідоми(?:в|ла|ли)|заяви(?:в|ла|ли)|сказа(?:в|ла)|за словами)\b",
            r"\b(?:řekl\w*|uvedl\w*|podle)\b",
        )
    ),
    re.IGNORECASE,
)

POLITE_START = re.compile(r"^[\W\d_]*(?:(?:please|also|пожалуйста|а также|bitte|et|y|і|και)\s+)?", re.IGNORECASE)
"""What may come before these words at the start of a clause: signs, "please", "and"."""
