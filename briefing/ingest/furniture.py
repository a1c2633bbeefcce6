"""Web furniture: lines, and pieces of lines, that are on the page but not in the article.

Each rule has a name that goes into `Article.dropped` with the text. A rule looks at shape (length,
letter case, punctuation, labels with a colon), not at words alone: `Baca juga: Harga Beras Naik` is
a teaser, `Baca juga menjadi kebiasaan warga.` a sentence. All patterns are anchored or scan once,
so that the time is linear in the length of the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from briefing.ingest.outlets import DOMAIN_RE, known_outlet

__all__ = ["Piece", "is_sentence_like", "line_rule", "split_pieces", "teaser_label", "words_of"]

LONG_LINE = 600  # characters; furniture is shorter, so longer lines are only searched at their end

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_END = re.compile(r"[.!?…][\"”’'»)\]]*$")
_QUOTE_END = re.compile(r"[,.!?]?[\"”»]$")
_QUOTE_START = re.compile(r"^[\"“„«‘]")
_SENTENCE_GAP = re.compile(r"[.!?][\"”’')]*\s+[\"“‘(]*[A-Z0-9]")

_I = re.IGNORECASE


def words_of(text: str) -> list[str]:
    """Return the words of `text`, without punctuation."""
    return _WORD.findall(text)


def is_sentence_like(text: str) -> bool:
    """Tell whether a line is running text: a sentence, several, or a quotation.

    Headlines, captions and menu items lack the full stop, or are short.
    """
    count = len(words_of(text))
    if count >= 25:
        return True
    if count < 3:
        return False
    if _END.search(text) and not text.endswith(("...", "…")):
        return count >= 4 or len(text) > 25
    if _SENTENCE_GAP.search(text) and count >= 8:
        return True
    # `"..., "|Peskov (Jubir Kremlin)` and quotations that end with a comma
    return (
        bool(_QUOTE_START.match(text))
        and count >= 4
        and bool(_QUOTE_END.search(text) or count >= 8)
    )


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"\s*(?:" + "|".join(patterns) + r")\s*", _I)


# Rules that a whole line must match. Order matters where two would: the first names the line.
_WHOLE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "advertisement",
        _any(
            r"(?:-+\s*)?(?:advertisement|advertorial|iklan|ads?|sponsored(?: content| by\W.{0,30})?|"
            r"promoted|adsense|space iklan|ruang iklan|pariwara|inforial|ad[ -]?choices)(?:\s*-+)?",
            r"\(?(?:advertisement|iklan)\)?(?: (?:advertisement|iklan)){1,6}",
            r"(?:tutup|close|skip|lewati|hapus|sembunyikan|hide)(?: (?:iklan|ads?|x))?\s*[x×✕]?",
            r"[x×✕]",
            r"(?:scroll|gulir|geser|swipe|usap)\b[^.?!]{0,60}"
            r"(?:continue|melanjutkan|lanjut(?:kan)?|content|konten|membaca|baca|ke bawah|down|up|top|"
            r"atas|resume)\b[^.?!]{0,30}",
            r"(?:lanjut(?:kan)?|teruskan) (?:baca|membaca)\b[^.?!:]{0,40}",
            r"(?:artikel|konten|berita)(?: ini)?(?: akan)? (?:berlanjut|dilanjutkan|lanjut)\b[^?!]{0,60}"
            r"(?:iklan|bawah)\b[^?!]{0,15}",
            r"(?:continue reading|read more|read also|story continues below|article continues)\b.{0,40}",
            r"powered by .{1,40}",
            r"(?:remove|report this|laporkan) (?:ads?|iklan)",
            r"\[?ads?\s*(?:by|oleh)\b.{0,30}",
        ),
    ),
    (
        "scroll",
        _any(
            r"(?:scroll|back|kembali) to top",
            r"(?:kembali )?ke (?:halaman )?atas",
            r"[↑▲^]+",
        ),
    ),
    (
        "page-number",
        _any(
            r"(?:halaman|hal\.?|page|laman)\s*:?\s*\d{1,3}(?:\s*(?:dari|of|/)\s*\d{1,3})?",
            r"(?:halaman|page)\s*:?(?:\s*\d{1,2}[\s|,]*){1,12}"
            r"(?:selanjutnya|berikutnya|next|semua|show all|lihat semua)?",
            r"(?:[«‹<]?\s*(?:prev(?:ious)?|sebelumnya)[\s|]*)?(?:\d{1,2}[\s|,/]+){1,12}\d{0,2}[\s|]*"
            r"(?:selanjutnya|berikutnya|next|semua|show all|lihat semua|last)?\s*[»›>]?",
            r"\d{1,2}\s*(?:selanjutnya|berikutnya|next)\s*[»›>]?",
            r"no more pages?",
            r"(?:lanjut )?(?:ke )?(?:halaman|laman|page)\s*(?:selanjutnya|berikutnya|sebelumnya|next)"
            r"\s*[»›>.…]*(?:\s*:.{0,160})?",
            r"(?:selanjutnya|berikutnya|sebelumnya|next(?: page| post| article)?|prev(?:ious)?"
            r"(?: page| post| article)?|artikel (?:selanjutnya|berikutnya|sebelumnya))\s*[»›>→]*",
            r"[«‹<←»›>→]+(?:\s*(?:sebelumnya|selanjutnya))?",
            r"(?:show|lihat|tampilkan|muat|load|baca) (?:all|semua|more|lebih banyak|lainnya|"
            r"selengkapnya)(?: halaman| pages)?",
            r"selengkapnya\s*[»›>.]*",
            r"\(?\d{1,2}/\d{1,2}\)?",
            r"edisi\s*:?\s*(?:no\.?\s*)?\d{1,6}.{0,40}",
        ),
    ),
    (
        "media",
        _any(
            r"\[\s*(?:gambas|video|foto|image|gallery|embed|youtube|instagram|twitter|caption|iklan)"
            r"\b[^\]]{0,200}\]",
            r"(?:video|audio) player.{0,40}",
            r"(?:play|putar) (?:video|audio)",
            r"\d{1,2}:\d{2}(?:\s*/\s*\d{1,2}:\d{2})?",
            r"(?:view|lihat) this post on instagram",
            r"lihat postingan ini di instagram",
            r"(?:a post|sebuah kiriman|postingan) (?:shared by|dibagikan oleh) .{1,80}",
            r"(?:perbesar|zoom|enlarge|klik untuk memperbesar|lihat foto|buka foto|unduh gambar)",
        ),
    ),
    (
        "logo",
        _any(
            r"logo [\w .-]{2,40}",
            r"(?:image|img|gambar|icon|ikon|avatar|banner)(?: (?:logo|icon))?",
        ),
    ),
    (
        "comments",
        _any(
            r"(?:\d+\s*)?(?:komentar|comments?)(?:\s*\(?\d*\)?)?",
            r"(?:tulis|beri(?:kan)?|kirim|tambah(?:kan)?|lihat(?: semua)?|tampilkan|baca|post|leave a|"
            r"add a|isi|tinggalkan|login untuk|masuk untuk) (?:komentar|comment|balasan|reply|komentari|"
            r"berkomentar|memberi komentar)\b.{0,60}",
            r"(?:jadilah|be) (?:yang pertama|the first).{0,60}",
            r"belum ada komentar.{0,40}",
            r"(?:alamat|your) e-?mail (?:anda |address )?(?:tidak akan|will not).{0,120}",
            r"(?:simpan|save) (?:nama|my name).{0,160}",
            r"(?:cancel|batalkan|batal) (?:reply|balasan)",
            r"(?:nama|name|e-?mail|email|situs web|website)\s*\*",
            r"komentar ini .{0,60}|cerita komentar|kirim",
        ),
    ),
    (
        "cookies",
        _any(
            r"[^\n]{0,300}\b(?:cookies?|kuki)\b[^\n]{0,160}\b(?:setuju|menyetujui|terima|kebijakan|"
            r"accept|agree|policy|consent|pengalaman|experience)\b[^\n]{0,200}",
            r"(?:accept|terima|setuju|saya setuju|saya mengerti|got it|ok|oke|tolak)(?: all| semua)?"
            r"(?: cookies?)?",
        ),
    ),
    (
        "disclaimer",
        _any(
            r"(?:copyright|hak cipta|©|\(c\)|all rights reserved|seluruh hak cipta|hak cipta dilindungi)"
            r".{0,160}",
            r".{0,60}(?:©|copyright)\s*(?:\(c\))?\s*(?:19|20)\d\d.{0,120}",
            r"dilarang (?:keras )?(?:mengambil|menyalin|mengutip|memperbanyak|copy).{0,300}",
            r"(?:(?:semua|seluruh|isi)\s)?(?:karya tulis|konten|tulisan|artikel|isi artikel|opini|kiriman)"
            r"(?: yang dibuat)?(?: ini)?(?: adalah)?(?: sepenuhnya| menjadi)+ (?:menjadi )?"
            r"tanggung jawab.{0,160}",
            r"[^.]{2,40} (?:community|komunitas) adalah (?:media|platform|wadah).{0,300}",
            r"(?:konten|artikel|tulisan|berita|informasi) ini (?:adalah |merupakan )?(?:kiriman|diproduksi|"
            r"kerja ?sama|hasil kerja ?sama|ditulis oleh peserta|dihasilkan|disusun dengan bantuan|"
            r"diterjemahkan dengan|dibuat oleh pengguna|telah melalui).{0,250}",
            r"(?:disclaimer|penafian)\b.{0,300}",
            r"(?:tulisan|artikel) ini (?:adalah |merupakan )?(?:pendapat pribadi|opini pribadi).{0,200}",
        ),
    ),
    (
        "author-bio",
        _any(
            r"(?:verified|community|contributor|official|junior|senior) (?:writer|penulis|creator)",
            r"(?:tentang|about|profil) (?:the )?(?:penulis|author|redaksi)",
            r"(?:lihat|view|see|baca) (?:semua|all|profil|artikel|tulisan)\s?(?:artikel|pos|posts?|"
            r"berita|tulisan|lainnya|lain)* ?(?:dari|oleh|by|from)? ?.{0,40}",
            r"(?:penulis|author) (?:lain|lainnya|box|terverifikasi)",
        ),
    ),
    (
        "related",
        _any(
            r"(?:berita|artikel|konten|video|foto|topik|pos|post|tulisan|kabar|info|news|headline)"
            r" (?:terkait|lain(?:nya)?|terkini|terkini lainnya|terbaru|terpopuler|populer|pilihan|utama|"
            r"rekomendasi|menarik(?: lainnya)?|selanjutnya|sebelumnya|sejenis|hari ini|serupa|nasional"
            r" lainnya|viral|unggulan|foto)",
            r"berita terkini lainnya|rekomendasi(?: artikel| berita| untuk(?: anda|mu| kamu)?| video)?",
            r"(?:ter|paling )?(?:populer|terkait|terkini|terbaru|trending|viral|dibaca|dikomentari|hits)"
            r"(?: (?:hari ini|minggu ini|lainnya|minggu lalu|di .{2,20}))?",
            r"(?:most )?(?:popular|trending|related|recent|latest|recommended|read)"
            r" ?(?:posts?|articles?|news|stories|topics?|for you|now|today)?",
            r"(?:you (?:may|might) (?:also )?(?:like|missed)|more (?:from|news|stories).{0,30}|"
            r"(?:kamu|anda) (?:mungkin|juga) (?:juga )?(?:suka|menyukai|tertarik).{0,20})",
            r"(?:pilihan|jangan lewatkan|jangan sampai ketinggalan|wajib dibaca|sedang tren(?:ding)?|"
            r"sorotan|fokus|topik hangat|hot (?:news|topics?|issue)|live report|top (?:news|stories)|"
            r"breaking news|indeks(?: berita)?|in case you missed it|editor'?s? (?:picks?|choice)|"
            r"pilihan (?:editor|redaksi|untukmu|untuk anda|kami)|kata netizen|video pilihan|"
            r"what'?s (?:new|hot)|lihat juga|baca juga|simak juga|artikel lain)\s*[:»›>]?",
            r"topik pilihan|tren(?:ding)? (?:topik|topics?).{0,20}|berita video|foto(?:-foto)? lainnya",
        ),
    ),
    (
        "statistics",
        _any(
            r"(?:dibaca|dilihat|views?|pembaca|hits?)\s*:?\s*[\d.,]+\s*(?:k|rb|ribu|jt)?\s*"
            r"(?:kali|x|times|orang|views?|pembaca)?",
            r"[\d.,]+\s*(?:k|rb|jt)?\s*(?:kali dibaca|views?|dilihat|pembaca|shares?|dibagikan|likes?|"
            r"suka|tayangan)",
            r"(?:waktu baca|reading time|estimasi baca)\s*:?\s*\d+.{0,12}",
            r"[±~]?\s*\d+\s*(?:min(?:ute)?s?|menit)\s*(?:read|baca|membaca|waktu baca)?\.?",
            r"(?:rating|nilai|skor artikel)\s*:?\s*[\d.,/ ]+",
        ),
    ),
    (
        "navigation",
        _any(
            r"(?:cari|search|pencarian|menu|navigasi|navigation|toggle navigation|buka menu|tutup menu|"
            r"skip to (?:main )?content|langsung ke (?:konten|isi)|lompat ke (?:konten|isi)|home|beranda|"
            r"halaman utama|halaman depan|masuk|log ?in|log ?out|sign ?in|sign ?up|keluar|daftar|register|"
            r"akun(?: saya)?|profil|indeks|index|live|tv|radio|e-?paper|dark mode|mode gelap|"
            r"tentang kami|hubungi kami|kontak(?: kami)?|redaksi|susunan redaksi|pedoman media siber|"
            r"pedoman pemberitaan.{0,20}|karir|karier|kode etik(?: jurnalistik)?|kebijakan (?:privasi|"
            r"data pribadi)|privacy policy|syarat (?:dan|&) ketentuan|terms.{0,24}|sitemap|peta situs|"
            r"rss(?: feed)?|info iklan|pasang iklan|media partner|network|jaringan media|about us|contact"
            r"(?: us)?|careers?|download (?:aplikasi|app|apps).{0,40}|bahasa|english|indonesia edition)",
        ),
    ),
)

# Rules for labels: the line begins with one and the rest is whatever it labels.
_LABEL: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "tags",
        re.compile(
            r"(?:tags?|tagar|topik(?: terkait| berita)?|topics?|kata kunci|keywords?|label|kategori|"
            r"categor(?:y|ies)|filed under|posted in|dalam topik|ditandai)\s*[:：#]\s*.{0,400}$",
            _I,
        ),
    ),
    (
        "sign-off",
        re.compile(
            r"\(?\s*(?:editor(?: (?:in chief|bahasa))?|penyunting|redaktur|redaksi|uploader|publisher|"
            r"pengunggah|asisten redaktur|translator|penerjemah|penanggung jawab|pimpinan redaksi|"
            r"videografer|fotografer|desainer|penyelaras|pengarah)\s*[:：|/-]\s*[^.?!]{1,100}[.)]*$",
            _I,
        ),
    ),
    (
        "teaser",
        re.compile(
            r"(?:artikel|berita|tulisan|naskah|konten)(?: ini)?(?: juga)? (?:telah|sudah|pernah)?\s*"
            r"(?:di)?(?:tayang|terbit|tayangkan|terbitkan|muat|publikasikan|unggah)\w*(?: lebih dulu"
            r"| sebelumnya| pertama kali)? (?:di|dari|pada|oleh) .{2,300}$",
            _I,
        ),
    ),
    (
        "credit",
        re.compile(
            r"\|\s*(?:narasi|te(?:ks|xt)|sumber(?: \w+)?|foto|grafis|infografis|video|data|riset|naskah|"
            r"laporan|desain|layout|editor|penulis|reporter)\s*[:：].{0,300}$",
            _I,
        ),
    ),
)

_FOLLOW_START = re.compile(
    r"[(*\[>»• ]*(?:dapatkan|ikuti|follow|cek|simak|pantau|gabung|bergabung|ayo|yuk|mari|klik|baca|"
    r"langganan|berlangganan|subscribe|download|unduh|install|instal|temukan|nikmati|akses|jangan lewatkan|"
    r"jangan ketinggalan|jangan lupa|update|kunjungi|tonton|saksikan|like|sukai|pastikan|kini|anda juga|"
    r"kami hadir|mau|ingin|untuk mendapatkan|kabar terbaru|saluran|untuk berita|bagikan|silakan|silahkan)\b",
    _I,
)
_FOLLOW_WHAT = re.compile(
    r"\b(?:google news|whats?app (?:channel|kami|\w+ news)|(?:saluran|kanal|channel|grup|group)"
    r" (?:whats?app|telegram|wa)|grup telegram|telegram channel|newsletter|play ?store|app ?store|"
    r"aplikasi \w{0,20} ?(?:\w+ )?(?:di|untuk|sekarang|secara|whats?app)|apps? \w{0,20} ?sekarang|"
    r"push notification|notifikasi|akun (?:media sosial|instagram|twitter|youtube|tiktok|facebook)|"
    r"media sosial kami|kanal youtube|youtube channel|instagram kami|berita (?:pilihan|terkini|terbaru|"
    r"lainnya|menarik|dan artikel)|breaking news|informasi (?:lebih lengkap|terbaru|menarik|lainnya)|"
    r"artikel (?:menarik|lainnya)|di sini|video (?:pilihan|menarik|lainnya)|e-?paper|koran digital|"
    r"konten (?:eksklusif|premium)|premium)\b",
    _I,
)

# Short prompts, a few words without a full stop.
_SUBSCRIBE = re.compile(
    r"(?:(?:ayo|yuk|mari) )?(?:gabung|bergabung|daftar|langganan|berlangganan|subscribe|follow|ikuti|sign in|"
    r"log ?in|masuk|unduh|download|install|join|dengarkan|listen|tonton|aktifkan)\b[^.?!:,]{0,50}[!]?$",
    _I,
)

_SHARE_WORDS = re.compile(
    r"\b(?:bagikan|berbagi|share|shares|sharing|facebook|fb|twitter|tweet|x|whatsapp|wa|telegram|line|"
    r"copy link|copy url|copied|link copied|salin tautan|salin link|salin url|salin|tautan|disalin|tersalin|"
    r"link|url|copy|email|e-mail|surel|print|cetak|pinterest|pin it|pin|linkedin|instagram|ig|tiktok|youtube|"
    r"threads|messenger|reddit|tumblr|skype|viber|pocket|mix|digg|vk|weibo|koran|komentar|comments?|like|"
    r"likes|suka|simpan|disimpan|save|bookmark|views?|dibaca|ukuran font|font|kecil|sedang|besar|reset|a|"
    r"via|on|ke|di|to|this|artikel|berita|ini|dan|atau|and|or|lainnya|more|google news|google|news|follow us|"
    r"follow|ikuti kami|plus|opens? in new window|click to|klik untuk|membuka di jendela yang baru|"
    r"dengarkan|listen|play|pause|stop|kali|show|hide)\b",
    _I,
)
_SHARE_NEED = re.compile(
    r"\b(?:bagikan|share|facebook|twitter|tweet|whatsapp|telegram|copy|salin|pinterest|linkedin|ukuran font|"
    r"email|e-mail|print|cetak|instagram|youtube|tiktok|follow us|ikuti kami|simpan|bookmark)\b",
    _I,
)

_TEASER_VERB = r"(?:baca|lihat|simak|tonton|saksikan|cek|dengar(?:kan)?|klik|intip|ikuti)"
_TEASER = re.compile(
    rf"(?P<label>[\[(*•»>\-–▶►→✔☛👉\s]{{0,6}}"
    rf"(?:{_TEASER_VERB}\s+(?:juga|pula|selengkapnya|selanjutnya|lainnya|lebih lanjut|di sini|artikel)"
    rf"(?:\s+(?:video|artikel|berita|foto|selengkapnya|lainnya|terkait|disini|di sini|halaman)){{0,2}}"
    rf"|{_TEASER_VERB}\s+(?:video|foto|artikel|berita|infografis|konten|halaman|liputan|berita foto)"
    rf"(?:\s+(?:pilihan|berikut|ini|terkait|lainnya|selengkapnya|menarik|juga|di bawah)){{0,4}}"
    rf"|(?:baca|lihat|simak|tonton)"
    rf"|(?:pilihan|rekomendasi) (?:editor|redaksi)|(?:berita|artikel|video|foto) (?:terkait|lainnya|pilihan)"
    rf"|halaman (?:berikutnya|selanjutnya)|infografis|video|read (?:also|more)|see also|watch|also read"
    rf"|jangan lewatkan|kait(?:an)?|terkait)"
    rf"\s*(?P<mark>[:：»›>→]|-{{1,2}}|–|—|\|))\s*(?P<rest>.{{0,500}})$",
    _I,
)
# Without a mark: `Baca Juga Harga Beras Naik di Jakarta`, capital J and no full stop.
_TEASER_CAPITAL = re.compile(
    r"(?P<label>(?:BACA JUGA|Baca Juga|LIHAT JUGA|Lihat Juga|SIMAK JUGA|Simak Juga|Baca juga"
    r"|BACA SELENGKAPNYA|Baca Selengkapnya|Pilihan Editor|Simak Video|Simak video)),?\s+"
    r"(?P<rest>[\"'“‘]?[A-Z0-9].{3,300})$"
)
_TEASER_VIDEO = re.compile(
    r"(?:simak|lihat|tonton|saksikan|cek)\s+(?:juga\s+)?(?:video|foto|infografis|berita foto|cuplikan|"
    r"tayangan|selengkapnya)\b[^.]{0,160}(?:berikut(?: ini)?|di bawah(?: ini)?|di sini|disini|['’\"”]|:)"
    r"\s*[.:]?$",
    _I,
)
_BREADCRUMB = re.compile(r"\s*(?:[>»›/|•·]|::|\\|→|&gt;)\s*")
_HASHTAGS = re.compile(r"(?:[#@][\w.-]{2,60}[\s,|]*){1,40}")
_SIGN = re.compile(
    r"[\(\[]\s*[A-Za-z*]{1,12}(?:\s*[/\-.,&|+]\s*[A-Za-z0-9]{1,12}){0,5}\s*\.?[\)\]]|\*{2,5}|[#\-_=~*•.]{3,80}"
    r"|\(\*+\)|-?end-?|\(?tamat\)?|\[[a-z]{2,6}\]"
)
_PHOTO_AGENCY = re.compile(
    r"\(?(?:foto|photo|image|gambar|sumber foto|kredit(?: foto)?|credit)?\s*[:：]?\s*(?:dok\.?|istimewa|ist\.?|"
    r"getty images|reuters|afp|ap photo|epa|shutterstock|freepik|unsplash|pixabay|pexels|antara foto|istock)"
    r"(?:\s*[/|]\s*[\w .]{1,40}){0,3}\)?",
    _I,
)
_URL_ONLY = re.compile(r"[(<\[]?(?:https?://|www\.)\S{3,500}[)>\]]?$", _I)
_PIPE_LABEL = re.compile(r"\|")


def line_rule(text: str) -> str | None:
    """Return the name of the rule by which a whole line is furniture, or `None`.

    `text` is one line, stripped, with single spaces. Rules that need to know where on the page the
    line stands are in `briefing.ingest.page`.
    """
    if len(text) > LONG_LINE:
        return None
    for name, test in _RULES:
        if test(text):
            return name
    return None


def teaser_label(text: str) -> tuple[str, str] | None:
    """Return label and headline of a `Baca juga: ...` line; the headline is empty where it follows."""
    match = _TEASER.match(text)
    if match is not None:
        rest = match["rest"].strip()
        label = match["label"]
        bare = words_of(label.lower())
        weak = len(bare) == 1  # `Baca: `, `Video: `
        if weak and (not rest or _SENTENCE_GAP.search(rest)):
            return None
        if not rest and match["mark"] not in ":：»›>→":
            return None
        return label, rest
    match = _TEASER_CAPITAL.match(text)
    if match is not None and not (is_sentence_like(text) and text.endswith(".")):
        return match["label"], match["rest"]
    return None


def _whole(name: str) -> Callable[[str], bool]:
    pattern = next(pattern for rule, pattern in _WHOLE if rule == name)
    return lambda text: pattern.fullmatch(text) is not None


def _label(name: str) -> Callable[[str], bool]:
    pattern = next(pattern for rule, pattern in _LABEL if rule == name)
    return lambda text: pattern.match(text) is not None


def _is_share_bar(text: str) -> bool:
    if len(text) > 200 or not _SHARE_NEED.search(text):
        return False
    left = _SHARE_WORDS.sub(" ", text)
    return not any(char.isalpha() for char in left)


def _is_follow(text: str) -> bool:
    return bool(_FOLLOW_START.match(text) and _FOLLOW_WHAT.search(text))


def _is_subscribe(text: str) -> bool:
    return len(words_of(text)) <= 7 and _SUBSCRIBE.match(text) is not None


def _is_breadcrumb(text: str) -> bool:
    if len(text) > 200 or _END.search(text):
        return False
    parts = [part for part in _BREADCRUMB.split(text) if part]
    if len(parts) < 2:
        return False
    first = parts[0].casefold().strip()
    if first in {"home", "beranda", "depan", "news", "halaman utama"}:
        return all(len(part.split()) <= 14 for part in parts)
    # `News / Nasional / Politik`: short parts, at least three, each a word or two
    return len(parts) >= 3 and all(
        len(part.split()) <= 2 and part[:1].isupper() and not part[-1:].isdigit() for part in parts
    )


def _is_url(text: str) -> bool:
    return _URL_ONLY.match(text) is not None or DOMAIN_RE.fullmatch(text) is not None


def _is_masthead(text: str) -> bool:
    return len(text) <= 40 and known_outlet(text) is not None


def _is_sign_off(text: str) -> bool:
    return len(text) <= 90 and _SIGN.fullmatch(text) is not None


_RULES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("advertisement", _whole("advertisement")),
    ("scroll", _whole("scroll")),
    ("page-number", _whole("page-number")),
    ("media", _whole("media")),
    (
        "teaser",
        lambda text: teaser_label(text) is not None or _TEASER_VIDEO.fullmatch(text) is not None,
    ),
    ("teaser", _label("teaser")),
    ("share-bar", _is_share_bar),
    ("comments", _whole("comments")),
    ("follow", _is_follow),
    ("subscribe", _is_subscribe),
    ("cookies", _whole("cookies")),
    ("disclaimer", _whole("disclaimer")),
    ("author-bio", _whole("author-bio")),
    ("related", _whole("related")),
    ("statistics", _whole("statistics")),
    ("tags", _label("tags")),
    ("tags", lambda text: _HASHTAGS.fullmatch(text) is not None),
    ("sign-off", _label("sign-off")),
    ("sign-off", _is_sign_off),
    ("credit", _label("credit")),
    ("photo-credit", lambda text: len(text) <= 90 and _PHOTO_AGENCY.fullmatch(text) is not None),
    ("logo", _whole("logo")),
    ("url", _is_url),
    ("masthead", _is_masthead),
    ("breadcrumb", _is_breadcrumb),
    ("navigation", _whole("navigation")),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: running text where `rule` is `None`, else what the rule drops."""

    text: str
    rule: str | None = None


_INLINE_TEASER = re.compile(
    r"(?:(?<=[.!?])|(?<=[.!?][\"”’')])|(?<=,[\"”]))\s*"
    r"[\[(*]{0,2}(?:(?:Baca|BACA|Lihat|LIHAT|Simak|SIMAK|Tonton|TONTON)\s+(?:juga|Juga|JUGA|artikel|Artikel|"
    r"[Ss]elengkapnya|SELENGKAPNYA|[Vv]ideo|VIDEO|pula)(?:\s+[Vv]ideo)?|Pilihan Editor|Berita [Tt]erkait)\s*:\s*"
)
_INLINE_TAYANG = re.compile(
    r"(?<=[.!?\"”)])\s*(?:Artikel|Berita|Tulisan) ini (?:telah|sudah) (?:tayang|terbit|ditayangkan|diterbitkan)"
    r"(?: lebih dulu| sebelumnya)? (?:di|oleh) "
)
_INLINE_MEDIA = re.compile(
    r"\s*\[\s*(?:[Gg]ambas|GAMBAS|[Vv]ideo|[Gg]allery|[Ee]mbed)\s*:[^\]\n]{0,200}\]\s*"
)
_INLINE_PROMPT = re.compile(
    r"\s*(?:SCROLL TO (?:CONTINUE|RESUME) (?:WITH )?CONTENT|SCROLL UNTUK MELANJUTKAN MEMBACA|ADVERTISEMENT"
    r"|Scroll to continue with content)\s*"
)
_INLINE_SIGN = re.compile(
    r"(?<=[.!?\"”)])\s*(?:[\(\[](?:[a-z]{2,5}|[A-Za-z]{2,6}(?:\s?[/\-]\s?[A-Za-z]{2,6}){1,4}|\*{1,3}|[Rr]ed|[Aa]nt"
    r"|[A-Z]-?\d{1,3})[\)\]]|\*{2,3})\s*\.?$"
)
_PARAGRAPH_END = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘(]*[A-Z])")


def split_pieces(text: str) -> Iterator[Piece]:
    """Cut one line of running text into what the article says and what was set into it.

    Found inside lines are teasers (`... katanya. Baca juga: Judul Lain`), embedded players
    (`[Gambas:Video 20detik]`), ad prompts and, at the end, sign-offs (`(rds/has)`). The pieces in
    order hold every character of the line but white space.
    """
    cuts: list[tuple[int, int, str]] = []
    for pattern, rule in ((_INLINE_MEDIA, "media"), (_INLINE_PROMPT, "advertisement")):
        cuts += [(m.start(), m.end(), rule) for m in pattern.finditer(text)]
    cuts += [
        (m.start(), _teaser_end(text, m.end()), "teaser") for m in _INLINE_TEASER.finditer(text)
    ]
    cuts += [(m.start(), len(text), "teaser") for m in _INLINE_TAYANG.finditer(text)]
    sign = _INLINE_SIGN.search(text, max(0, len(text) - 60))
    if sign is not None:
        cuts.append((sign.start(), len(text), "sign-off"))
    position = 0
    for start, end, rule in sorted(cuts):
        if start < position:
            continue
        if text[position:start].strip():
            yield Piece(text[position:start].strip())
        if text[start:end].strip():
            yield Piece(text[start:end].strip(), rule)
        position = end
    if text[position:].strip():
        yield Piece(text[position:].strip())


def _teaser_end(text: str, start: int) -> int:
    """Return where the headline of a teaser ends that stands inside a paragraph.

    A headline has no full stop, so what follows one after a stop is the article again. Without a
    stop the line's end is the end: a headline and a sentence that share a line with nothing between
    them cannot be told apart safely, and such a line ends with a stop only in its sentence.
    """
    stop = _PARAGRAPH_END.search(text, start)
    if stop is None:
        return _capital_run(text, start) if _END.search(text) else len(text)
    headline = text[start : stop.start() + 1]
    return stop.end() if _is_headline_case(headline) else _capital_run(text, start)


_SMALL_WORDS = frozenset(
    "di ke dari dan yang untuk dengan pada dalam oleh atau tak tidak jadi bagi soal usai agar saat bak hingga "
    "karena para si sang per vs buat akan ini itu demi".split()
)


def _is_headline_case(text: str) -> bool:
    words = words_of(text)
    big = sum(1 for word in words if word[:1].isupper() or word[:1].isdigit())
    small = sum(1 for word in words if word in _SMALL_WORDS)
    return (
        bool(words)
        and len(words) <= 25
        and big + small >= 0.8 * len(words)
        and big >= 0.5 * len(words)
    )


def _capital_run(text: str, start: int) -> int:
    """Return the end of the run of headline-case words at `start`, less the word that ends it.

    The last capitalised word before the first other word begins the sentence:
    `Baca juga: Harga Beras Naik Polisi menangkap ...` splits before `Polisi`.
    """
    last_big = start
    for match in _WORD.finditer(text, start):
        word = match.group()
        if word[:1].isupper() or word[:1].isdigit():
            last_big = match.start()
        elif word not in _SMALL_WORDS:
            return last_big if last_big > start else len(text)
    return len(text)
