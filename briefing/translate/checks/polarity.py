"""Whether a negation of the source is in the translation.

Meaning turns on it, and no other check sees it. Only the clear case is flagged: a source that
negates and a translation with no negative word at all, or the reverse. Indonesian phrases that
negate in form only (`tidak hanya`, `belum lama ini`, `tak terkecuali`) do not count.
"""

from __future__ import annotations

import re

from briefing.document import Flag

__all__ = ["check"]

_NEGATION = re.compile(
    r"\b(?:tidak(?:lah|kah)?|tak|bukan(?:lah|kah)?|belum(?:lah)?|tanpa|jangan(?:lah)?|tiada|nggak|enggak|"
    r"ngga|gak|ndak|nihil|takkan|tidaklah)\b",
    re.IGNORECASE,
)
# Negative in form, and translated without a negation as often as with one.
_FORM_ONLY = re.compile(
    r"\b(?:(?:tidak|tak|bukan)\s+(?:hanya|cuma|saja|sekadar|sekedar|semata|melulu|lain|terkecuali|jarang"
    r"|sedikit|kurang|lama|jauh|urung|pelak|ayal|heran|henti\w*|habis\w*|ketinggalan|kalah|sampai|apa|main"
    r"|ubahnya|dapat\s+dipungkiri|bisa\s+dipungkiri|luput|lepas|terhitung|terduga|terhingga|terbatas|disangka"
    r"|perlu\s+diragukan|boleh\s+tidak|mungkin\s+tidak|seperti|seberapa|menentu|pasti)"
    r"|belum\s+(?:lama|lagi)|(?:tidak|tak)\s?(?:nya)?\s+atau|mau\s+(?:tidak|tak)\s+mau|atau\s+(?:tidak|belum|bukan)"
    r"|(?:kalau|jika|bila)\s+tidak\s+salah|bukan\s+main|tidak-tidak|bukan-bukan|tak\s+(?:kenal|terasa|kunjung|sengaja)"
    r"|apakah\s+\w+\s+atau|ada\s+tidaknya|sebelum|tidak(?:nya)\b(?=\s+\w+))\b"
    # A question tag, and `not A but B`, where English may keep B alone.
    r"|\bbukan\?|\bbukankah\b|\bbukan\b(?=[^.!?]{1,80}\b(?:melainkan|tetapi|tapi|namun)\b)"
    r"|\btidak\b(?=[^.!?]{1,40}\bmelainkan\b)"
    r"|\b(?:paling|setidak|se)\s?tidak\w*|\btidak\s+(?:bersalah|sah|resmi)\b",
    re.IGNORECASE,
)
# Any word that can carry a negation in English, affixes included.
_NEGATIVE = re.compile(
    r"\b(?:not|no|nor|never|none|nothing|nobody|nowhere|neither|without|cannot|non|nonstop|zero|nil|yet to|"
    r"hardly|barely|scarcely|rarely|seldom|few|little|unless|except|rather than|instead of|regardless|negative|"
    r"desert(?:ed)?|misplaced|reluctan\w*|easily|easy|by chance|accident\w*|short on|edited out|stay\w* away|"
    r"keep away|does away|disturb\w*|hurdl\w*|so as to|wrong\w*|"
    r"fail\w*|refus\w*|den(?:y|ies|ied|ying|ials?)|declin\w*|lack\w*|miss(?:ed|es|ing)|absen\w*|"
    r"avoid\w*|prevent\w*|reject\w*|bann(?:ed|ing)|bans?|prohibit\w*|forbid\w*|forbade|barr(?:ed|ing)|"
    r"halt\w*|cancel\w*|refrain\w*|exempt\w*|anonymous\w*|clear(?:ed|s)|acquit\w*|depriv\w*|"
    r"def(?:y|ied|ies)|pending|doubt\w*|beyond|ignor\w*|neglect\w*|false\w*|poor\w*|"
    r"un(?!der|til|ion|it|iv|iq|ifo|ifi|an|do\b|ia|ic)[a-z]{3,}|"
    r"in(?:a[bcd]|adeq|cap|comp|conc|conv|corr|cred|def|dep|dir|eff|elig|equ|evit|exp|form|just|nocen|"
    r"sec|sens|suff|tol|val|vis)[a-z]{2,}|im(?:poss|prop|perf|pat|mob|mor|bal|mun|pun|prac)[a-z]*|"
    r"il(?:leg|lic|lit|log)[a-z]*|ir(?:rel|res|reg|rec)[a-z]+|"
    r"dis(?:ag|all|app|arm|band|be|conn|cont|hon|int|like|miss|ob|par|prov|qual|reg|resp|sat|tr)[a-z]*|"
    r"[a-z]{3,}less(?:ly|ness)?)\b|n['’]t\b|\bnon-|\bsub(?:optimal|standard)\b|\bfar from\b|\bkept? \w+ from\b"
    r"|\bout of\b|\bless than\b|\banything but\b|\bother than\b|\bstop(?:s|ped)? \w*ing\b|\btoo \w+ to\b|\bpre-\w+",
    re.IGNORECASE,
)
# Refusals, failures and the like are no trace of a `tidak` where the source has them as well.
_FAMILIES = tuple(
    (re.compile(source, re.IGNORECASE), re.compile(target, re.IGNORECASE))
    for source, target in (
        (r"\w*gagal\w*", r"\bfail\w*"),
        (r"\w*(?:[tn]olak|enggan)\w*", r"\b(?:refus|reject|declin|den[iy]|reluctan)\w*"),
        (r"\w*(?:bantah|[sy]angkal)\w*", r"\b(?:den[iy]|reject|refut|disput)\w*"),
        (
            r"\w*(?:larang|sanksi)\w*",
            r"\b(?:ban|bans|banned|banning|prohibit\w*|forb\w*|barr?\w*)\b",
        ),
        (r"\w*(?:batal|henti|[tn]unda)\w*", r"\b(?:cancel|halt|pending|dismiss)\w*"),
        (r"\w*(?:cegah|hindar|antisipasi)\w*", r"\b(?:prevent|avoid)\w*"),
        (
            r"\w*(?:kurang|minim|krisis|langka|buruk|miskin)\w*",
            r"\b(?:lack\w*|few|less|short on|poor\w*|insuff\w*|inadeq\w*|little)\b",
        ),
        (r"\b(?:meski|walau|kendati)\w*", r"\b(?:regardless|nevertheless|nonetheless)\b"),
        (r"\b(?:hilang|tewas|lajang)\w*", r"\b(?:missing|unmarried)\b"),
        (r"\bkecuali\w*", r"\bexcept\w*|\bunless\b"),
        (r"\b(?:inkonstitusional|ilegal|liar|lawan hukum)\w*", r"\b(?:unconst|illeg|unlaw)\w*"),
        (r"\b(?:mustahil)\w*", r"\bimposs\w*"),
        (r"\b(?:mudah|gampang)\w*", r"\beas(?:y|ily)\b"),
        (r"\b(?:salah|keliru|palsu|bohong)\w*", r"\b(?:wrong|false|incorr|disinf)\w*"),
        (r"\b(?:ragu|duga)\w*", r"\bdoubt\w*"),
        (r"\w*(?:ganggu|resah)\w*", r"\bdis(?:turb|rupt)\w*"),
        (r"\b(?:bersih|jelas)\w*", r"\bclear\w*"),
        (r"\w*(?:langsung|tewas)\w*", r"\b(?:indirect\w*|directly)\b"),
        (r"\w*(?:abai|acuh)\w*", r"\b(?:ignor|neglect|disreg)\w*"),
        (r"\bpra\w*", r"\bpre-\w+"),
        (r"\b(?:kecelakaan|laka)\w*", r"\baccident\w*"),
        (r"\b(?:cacat|difabel|disabilitas)\w*", r"\bdisab\w*"),
        (r"\b(?:memecat|dipecat|pecat)\w*", r"\bdismiss\w*"),
        (r"\b(?:hilang|lenyap)\w*", r"\bdisapp\w*"),
        (r"\b(?:kecewa|mengecewakan)\w*", r"\bdisapp\w*"),
        (r"\b(?:tuna|pengangguran|menganggur|penganggur)\w*", r"\bunemploy\w*|\w+less\b"),
    )
)

# Words on the Indonesian side that may become `not`: refusals, failures, limits, doubts.
_NEGATIVE_ID = re.compile(
    r"\b(?:gagal\w*|kegagalan|(?:me)?nolak\w*|ditolak|tolak|menolak\w*|penolakan|bantah\w*|membantah\w*|dibantah|"
    r"sangkal\w*|menyangkal|larang\w*|melarang\w*|dilarang|terlarang|pelarangan|kurang\w*|jarang|sulit\w*|susah|hanya|cuma\w*|kecuali|"
    r"selain|batal\w*|dibatalkan|membatalkan|anti\w*|non\w*|henti\w*|berhenti|menghentikan|dihentikan|"
    r"hindar\w*|menghindar\w*|dihindari|lepas|bebas|absen|kosong|habis|hilang|enggan|ogah|mustahil|"
    r"sia-sia|mogok|abai\w*|mengabaikan|diabaikan|langka|minim\w*|sedikit|sebelum\w*|masih|ragu\w*|"
    r"urung|batas\w*|terbatas|cegah\w*|mencegah|dicegah|melainkan|daripada|ketimbang|alih-alih|malah\w*|"
    r"lain\w*|tutup|ditutup|rusak|putus|lumpuh|buta|terlambat|telat|stop|awas|berlawanan|menentang\w*|"
    r"namun|tetapi|tapi|meski\w*|walau\w*|padahal|apa|apakah|siapa|mana\w*|lebih|paling|kalah|salah|keliru|illegal|ilegal|liar|"
    r"sepi|nol|tertutup|terhenti|luput|lolos|lupa|diam|bungkam|tahan|mangkir|pun|apapun|"
    r"hampir|nyaris|entah|boleh|sekadar|sekali|semata|asal|tentu|harus|perlu|mampu|"
    r"sekaligus|bahkan|juga|sudah|telah|mungkin|bisa|dapat|usah)\b",
    re.IGNORECASE,
)
# Negative in form alone.
_NEUTRAL = re.compile(
    r"\b(?:not only|no doubt|no wonder|(?:never|none)theless|distric\w*|distrib\w*|disast\w*|indonesi\w*|indir\w*"
    r"|unless otherwise|regardless|apparent\w*|a few|quite a few|little by little|indep\w*|inform\w*|dispar\w*"
    r"|disc\w*|incorp\w*|investig\w*|invit\w*|invol\w*|indust\w*|incre\w*|inde[ex]\w*|indebted|indeed|inval\w*"
    r"|unite\w*|unanim\w*|improv\w*|impact\w*|impo(?:rt|se)\w*|immedi\w*|immigr\w*|irrig\w*"
    r"|disput\w*|disqui\w*|display\w*|dismant\w*|bless\w*|unless)\b|\bno\.(?=\s*\d)",
    re.IGNORECASE,
)
_STRONG = re.compile(r"\b(?:not|never|nothing|nobody|none|cannot|no)\b|n['’]t\b", re.IGNORECASE)
# English that says `not` without denying.
_WEAK = re.compile(
    r"\bnot only\b|\bnot just\b|\bno longer\b|\bno doubt\b|\bno\.|\bno (?=\d)|\bwhether or not\b|\bnot to mention\b"
    r"|\bno matter\b|\bno later\b|\bno less\b|\bno fewer\b|\bnot least\b|\bif not\b|\bor not\b|\bno-",
    re.IGNORECASE,
)


def check(source: str, translation: str) -> tuple[Flag, ...]:
    """Flag a negation that stands on one side only (kind `negation`)."""
    if _NEGATION.search(source):
        plain = _FORM_ONLY.sub(" ", source)
        negations = dict.fromkeys(match.group() for match in _NEGATION.finditer(plain))
        if negations and not _NEGATIVE.search(_unexplained(source, translation)):
            listed = " and ".join(f"“{word}”" for word in negations)
            return (Flag("negation", f"{listed} (not) of the Indonesian is not in the English"),)
        return ()
    added = _STRONG.search(translation) and _STRONG.search(_WEAK.sub(" ", translation))
    if added and not _NEGATIVE_ID.search(source):
        return (Flag("negation", f"the English says “{added.group()}”, the Indonesian does not"),)
    return ()


def _unexplained(source: str, translation: str) -> str:
    """Return the translation without the negative words that other words of the source explain."""
    for original, english in _FAMILIES:
        if original.search(source):
            translation = english.sub(" ", translation)
    return _NEUTRAL.sub(" ", translation)
