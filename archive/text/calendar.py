"""The words that dates use in many languages: months, days of the week, halves of the day, zones. Tables only."""

from __future__ import annotations

from collections.abc import Mapping

_MONTH_WORDS = {
    1: """january jan januar jänner januari janvier janv enero ene gennaio gen janeiro styczeń stycznia sty ocak oca
    leden ledna ianuarie január sausio январь января янв қаңтар қаң січень січня януари јануар ιανουάριος ιανουαρίου
    ιαν ιανουαριου tammikuuta tammikuu siječnja يناير جانفي janeiru जनवरी ינואר jän қаңтары siječanj sijecnja jaanuar
    januári jān gener
    januaria yanvar январы janar jaan""",
    2: """february feb februar februari février fevrier févr fév febrero febbraio fevereiro fev luty lutego lut şubat
    şub únor února februarie február vasario февраль февраля фев февр ақпан ақп лютий лютого февруари φεβρουάριος
    φεβρουαρίου φεβ φεβρουαριου helmikuuta helmikuu veljače فبراير فيفري פברואר ақпаны veebruar febr
    fevral февралы shkurt""",
    3: """march mar märz mrz maerz maart mrt mars marzo março marco marec marzec marca mart březen března martie
    március kovo март марта мар наурыз нау березень березня μάρτιος μαρτίου μαρ μάρ μαρτιου maaliskuuta maaliskuu
    ožujka مارس מרץ mär наурызы märts márc
    maret mac марты""",
    4: """april apr avril avr abril abr aprile kwiecień kwietnia kwi nisan nis duben dubna aprilie április balandžio
    апрель апреля апр сәуір сәу квітень квітня април απρίλιος απριλίου απρ απριλιου huhtikuuta huhtikuu travnja أبريل
    ابريل إبريل أفريل אפריל сәуірі aprill ápr
    aprel апрели prill""",
    5: """may mai mei mayo maggio mag maio maj maja mayıs květen května május máj mája gegužės май мая мамыр мам
    травень травня мај μάιος μαΐου μαι μάι μαίου μαϊ μαιου toukokuuta toukokuu svibnja مايو ماي מאי мамыры
    maýis майы""",
    6: """june jun juni juin junio giugno giu junho czerwiec czerwca cze haziran haz červen června iunie június
    birželio июнь июня июн маусым мау червень червня юни јун ιούνιος ιουνίου ιουν ιούν ιουνιου kesäkuuta kesäkuu
    lipnja يونيو جوان יוני маусымы juuni jún
    iyun июну qershor""",
    7: """july jul juli juillet juil julio luglio lug julho lipiec lipca temmuz tem červenec července iulie július
    liepos июль июля июл шілде шіл липень липня юли јул ιούλιος ιουλίου ιουλ ιούλ ιουλιου heinäkuuta heinäkuu srpnja
    يوليو جويلية יולי шілдесі lip juuli júl
    iyul julai июлу korrik""",
    8: """august aug août aout agosto ago augustus augusti sierpień sierpnia sie ağustos ağu srpen srpna augusztus
    rugpjūčio август августа авг тамыз там серпень серпня αύγουστος αυγούστου αυγ αύγ αυγουστου elokuuta elokuu
    kolovoza أغسطس اغسطس أوت אוגוסט тамызы aou
    avgust agustus ogos августу gusht""",
    9: """september sept sep septembre septiembre setiembre settembre set setembro wrzesień września wrz eylül eyl
    září septembrie szeptember rugsėjo сентябрь сентября сен сент қыркүйек қыр вересень вересня септември σεπτέμβριος
    σεπτεμβρίου σεπ σεπτ σεπτεμβριου syyskuuta syyskuu rujna سبتمبر ספטמבר қыркүйегі szept
    sentyabr sentabr сентябры shtator""",
    10: """october oct oktober okt octobre octubre ottobre ott outubro out październik października paź ekim eki říjen
    října octombrie október spalio октябрь октября окт қазан қаз жовтень жовтня октомври οκτώβριος οκτωβρίου οκτ
    οκτωβριου lokakuuta lokakuu أكتوبر اكتوبر אוקטובר қазаны oktoober
    oktyabr oktabr октябры tetor""",
    11: """november nov novembre noviembre novembro listopad listopadu listopada lis kasım kas noiembrie noi lapkričio
    ноябрь ноября ноя нояб қараша қар листопад листопада ноември νοέμβριος νοεμβρίου νοε νοέ νοεμβριου marraskuuta
    marraskuu studenoga نوفمبر נובמבר қарашасы studenog
    noyabr ноябры nëntor nentor""",
    12: """december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro desember des grudzień
    grudnia gru aralık ara prosinec prosince decembrie gruodžio декабрь декабря дек желтоқсан жел грудень грудня
    декември δεκέμβριος δεκεμβρίου δεκ δεκεμβριου joulukuuta joulukuu prosinca ديسمبر דצמבר желтоқсаны detsember
    dekabr disember декабры dhjetor""",
}

MONTHS: Mapping[str, int] = {word.casefold(): number for number, text in _MONTH_WORDS.items() for word in text.split()}
"""Month words of some thirty languages, in the cases and short forms that dates use, folded."""

_WEEKDAYS = """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag mandag tirsdag onsdag torsdag fredag lørdag søndag
    måndag tisdag lördag söndag poniedziałek wtorek środa czwartek piątek sobota niedziela pondělí úterý středa
    čtvrtek pátek neděle pazartesi salı çarşamba perşembe cuma cumartesi понедельник вторник среда четверг пятница
    суббота воскресенье понеділок вівторок середа четвер субота неділя дүйсенбі сейсенбі сәрсенбі бейсенбі жұма
    сенбі жексенбі δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή
    """

MERIDIEM: Mapping[str, str] = {"am": "am", "pm": "pm", "πμ": "am", "μμ": "pm"}

_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec mai mei maj май мая"

CALENDAR_WORDS: frozenset[str] = (
    frozenset(word for word in MONTHS if len(word) > 3)
    | frozenset(word.casefold() for word in (_WEEKDAYS + _SHORT).split())
    | frozenset(MERIDIEM)
)
"""Words that only express time, folded. Only some names with three letters, because many others are also usual words
(out, set, tem)."""

FIXED_ZONES: Mapping[str, int] = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""American zones in dates that programs write: hours east of Greenwich (RFC 5322, section 4.3)."""

_EAST = """Z 0 UT 0 UTC 0 GMT 0 WET 0 WEST 1 CET 1 MEZ 1 MET 1 CEST 2 MESZ 2 MEST 2 EET 2 SAST 2 EEST 3 MSK 3 МСК 3
    TRT 3 WIB 7 HKT 8 SGT 8 JST 9 KST 9"""

_REGIONS = """EST America/New_York EDT America/New_York ET America/New_York CDT America/Chicago CST America/Chicago
    CT America/Chicago MDT America/Denver MST America/Denver MT America/Denver PST America/Los_Angeles
    PDT America/Los_Angeles PT America/Los_Angeles AKST America/Anchorage AKDT America/Anchorage HST Pacific/Honolulu
    AEST Australia/Sydney AEDT Australia/Sydney NZST Pacific/Auckland NZDT Pacific/Auckland"""


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


ZONES: Mapping[str, int | str] = {
    **{name: int(hours) for name, hours in _pairs(_EAST).items()},
    **_pairs(_REGIONS),
}
"""Zone abbreviations that people write: hours east of Greenwich, or a region. Abbreviations with several meanings (IST,
BST, AST) are left out: no offset is invented."""

_COUNTRY_ZONES = """it Europe/Rome de Europe/Berlin at Europe/Vienna ch Europe/Zurich fr Europe/Paris be Europe/Brussels
    nl Europe/Amsterdam lu Europe/Luxembourg dk Europe/Copenhagen no Europe/Oslo se Europe/Stockholm fi Europe/Helsinki
    ee Europe/Tallinn lv Europe/Riga lt Europe/Vilnius pl Europe/Warsaw cz Europe/Prague sk Europe/Bratislava
    hu Europe/Budapest si Europe/Ljubljana hr Europe/Zagreb rs Europe/Belgrade ba Europe/Sarajevo mk Europe/Skopje
    al Europe/Tirane gr Europe/Athens bg Europe/Sofia ro Europe/Bucharest md Europe/Chisinau ua Europe/Kyiv
    by Europe/Minsk tr Europe/Istanbul uk Europe/London ie Europe/Dublin il Asia/Jerusalem ae Asia/Dubai
    sa Asia/Riyadh qa Asia/Qatar ge Asia/Tbilisi am Asia/Yerevan az Asia/Baku in Asia/Kolkata pk Asia/Karachi
    bd Asia/Dhaka lk Asia/Colombo np Asia/Kathmandu th Asia/Bangkok vn Asia/Ho_Chi_Minh my Asia/Kuala_Lumpur
    sg Asia/Singapore ph Asia/Manila cn Asia/Shanghai hk Asia/Hong_Kong tw Asia/Taipei jp Asia/Tokyo kr Asia/Seoul
    nz Pacific/Auckland za Africa/Johannesburg ng Africa/Lagos ke Africa/Nairobi eg Africa/Cairo ma Africa/Casablanca
    ar America/Argentina/Buenos_Aires co America/Bogota pe America/Lima uy America/Montevideo ve America/Caracas"""

COUNTRY_ZONES: Mapping[str, str] = _pairs(_COUNTRY_ZONES)
"""The zone of a country by its top-level domain, for countries with only one zone (or almost only one)."""
