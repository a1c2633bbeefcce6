"""Web furniture: lines, and pieces of lines, that are on the page but not in the article.

Each rule has a name that goes into `Article.dropped` with the text. A rule looks at shape (length,
letter case, punctuation, labels with a colon), not at words alone: `Baca juga: Harga Beras Naik` is
a teaser, `Baca juga menjadi kebiasaan warga.` a sentence. All patterns are anchored or scan once,
so that the time is linear in the length of the line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.ingest.lexicon import word_set
from briefing.ingest.outlets import DOMAIN_RE, known_outlet

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "SMALL_WORDS",
    "headline_share",
    "is_section_trail",
    "is_sentence_like",
    "line_rule",
    "teaser_label",
    "words_of",
]

LONG_LINE = 600  # characters; furniture is shorter, so longer lines are only searched at their end

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_END = re.compile(
    r"[.!?…][\"”’'»)\]]*"
    # and the sign-off behind it: `(rds/has)`, `[em/jm]`, `***`
    r"(?:\s*[(\[](?:[a-z]{2,4}|[A-Za-z]{1,6}(?:\s?/\s?[A-Za-z0-9-]{1,8}){1,6}|[a-z]{2,4}-[a-z]{2,4}"
    r"|[Rr]ed|[Aa]nt|ANT|Antara|ANTARA|[A-Z]{1,3}-?\d{1,3})[)\]]|\s*\*{2,3})?$"
)
_QUOTE_END = re.compile(r"[,.!?]?[\"”»]$")
_QUOTE_START = re.compile(r"^[\"“„«‘]")
_SENTENCE_GAP = re.compile(r"[.!?][\"”’')]*\s+[\"“‘(]*[A-Z0-9]")

_I = re.IGNORECASE


def words_of(text: str) -> list[str]:
    """Return the words of `text`, without punctuation."""
    return _WORD.findall(text)


SMALL_WORDS = word_set(
    "di ke dari dan yang untuk dengan pada dalam oleh atau tak tidak jadi bagi soal usai agar saat "
    "bak hingga karena para si sang per vs buat akan ini itu demi"
)
"""Words that headlines leave in lower case."""


@lru_cache(maxsize=512)  # the passes ask again and again about the lines of one page
def is_sentence_like(text: str) -> bool:
    """Tell whether a line is running text: a sentence, several, or a quotation.

    Headlines, captions and menu items lack the full stop, or are short.
    """
    words = words_of(text)
    count = len(words)
    if count >= 25:
        return True
    if count < 3:
        return False
    if text.endswith(("...", "…")):
        # A sentence that trails off, not a headline that was cut short.
        return count >= 8 and headline_share(text) < 0.6
    if _END.search(text):
        return count >= 4 or len(text) > 25
    if _SENTENCE_GAP.search(text) and count >= 8:
        return True
    # `"...,"|Peskov (Jubir Kremlin)` and quotations that end with a comma
    quoted = bool(_QUOTE_START.match(text)) and count >= 4
    return quoted and (count >= 8 or bool(_QUOTE_END.search(text)))


def headline_share(text: str) -> float:
    """Return the share of words in the letter case of headlines, 0 to 1.

    Capitalised words, numbers, and the small words that headlines leave in lower case count; a text
    in which the small words are most has none.
    """
    words = words_of(text)
    if not words:
        return 0.0
    big = sum(1 for word in words if word[0].isupper() or word[0].isdigit())
    small = sum(1 for word in words if word in SMALL_WORDS)
    return (big + small) / len(words) if 2 * big >= len(words) else 0.0


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"\s*(?:" + "|".join(patterns) + r")\s*", _I)


# Rules that a whole line must match. Order matters where two would: the first names the line.
_WHOLE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "advertisement",
        _any(
            r"(?:-+\s*)?(?:advertisements?|advertorial|iklan|ads?|sponsored(?: content| by\W.{0,30})?|"
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
            r"(?:baca berita|nyaman) tanpa iklan\b.{0,60}|(?:close|hide) ads?|banner [\w ]{2,30}",
            r"(?:remove|report this|laporkan) (?:ads?|iklan)|laporkan (?:konten|akun)",
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
            r"\d{1,2} dari \d{1,2}(?: halaman)?|halaman\s*:?|\d{1,3}\.?",
            r"(?:lanjut )?(?:ke )?(?:halaman|laman|page)\s*(?:selanjutnya|berikutnya|sebelumnya|next)"
            r"\s*[»›>.…]*(?:\s*:.{0,160})?",
            r"(?:selanjutnya|berikutnya|sebelumnya|next(?: page| post| article)?|prev(?:ious)?"
            r"(?: page| post| article)?|artikel (?:selanjutnya|berikutnya|sebelumnya))\s*[»›>→]*",
            r"[«‹<←»›>→]+(?:\s*(?:sebelumnya|selanjutnya))?",
            r"(?:show|lihat|tampilkan|muat|load|baca) (?:all|semua|more|lebih banyak|lainnya|"
            r"selengkapnya)(?: halaman| pages)?",
            r"selengkapnya\s*[»›>.]*",
            r"\(?\d{1,2}/\d{1,2}\)?",
            r"(?:baca|simak|lihat)[^.:]{0,60} (?:di|ke) (?:halaman|laman) (?:selanjutnya|berikutnya)\s*[.…>»]*",
            r"lihat (?:ke )?(?:halaman|artikel|versi) asli|selengkapnya di",
            r"(?:berita|artikel) (?:berlanjut|bersambung) (?:di|ke) halaman berikutnya|mohon tunggu\s*[.…]*",
            r"edisi\s*:?\s*(?:no\.?\s*)?\d{1,6}.{0,40}",
        ),
    ),
    (
        "media",
        _any(
            r"\[\s*(?:gambas|video|foto|image|gallery|embed|youtube|instagram|twitter|caption|iklan)"
            r"\b[^\]]{0,200}\]",
            r"(?:video|audio) player.{0,40}",
            r"(?:play|putar) (?:video|audio)|play_\w{2,20}|img(?:_title)?|loading\s*[.…]*",
            r"\d{1,2}:\d{2}(?:\s*/\s*\d{1,2}:\d{2})?",
            r"(?:view|lihat) this post on instagram",
            r"lihat postingan ini di instagram",
            r"(?:a post|sebuah kiriman|postingan) (?:shared by|dibagikan oleh) .{1,80}",
            r"(?:perbesar|zoom(?:[ -](?:in|out))?|fullscreen|enlarge|klik untuk memperbesar|lihat (?:semua )?foto|buka foto|unduh gambar)",
        ),
    ),
    (
        "logo",
        _any(
            r"logo(?: [\w.-]{2,20}){1,4}(?<!\.)",
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
            r"limit \d+ karakter|berkomentarlah secara .{0,200}|komentar sepenuhnya .{0,160}",
            r"beri nilai|bagaimana (?:reaksi|pendapat|tanggapan) anda tentang (?:artikel|berita) ini\s*\??",
        ),
    ),
    (
        "cookies",
        _any(
            # News about cookies does not say `we`, `this site` or `you agree`.
            r"(?=[^\n]{0,400}\b(?:cookies?|kuki)\b)[^\n]{0,400}\b(?:situs(?: web)? (?:ini|kami)|we use|our (?:web)?site"
            r"|this (?:web)?site|kami menggunakan|anda (?:setuju|menyetujui)|dengan melanjutkan|you agree)\b[^\n]{0,400}",
            r"(?:accept|terima|setuju|saya setuju|saya mengerti|got it|ok|oke|tolak)(?: all| semua)?"
            r"(?: cookies?)?",
        ),
    ),
    (
        "disclaimer",
        _any(
            r"(?:©|\(c\)).{0,160}|(?:all rights reserved|seluruh hak cipta|hak cipta dilindungi).{0,160}",
            r"(?:copyright|hak cipta)\W*(?:©|\(c\)|by\b|(?:19|20)\d\d|pada\b|reserved|dilindungi).{0,160}|copyright",
            r".{0,60}(?:©|copyright)\s*(?:\(c\))?\s*(?:19|20)\d\d.{0,120}",
            r"dilarang (?:keras )?(?:mengambil|menyalin|mengutip|memperbanyak|copy).{0,60}"
            r"(?:konten|artikel|berita|isi|tulisan|tanpa (?:se)?izin).{0,200}",
            r"(?:(?:semua|seluruh|isi)\s)?(?:karya tulis|konten|tulisan|artikel|isi artikel|opini|kiriman)"
            r"(?: yang dibuat)?(?: ini)?(?: adalah)?(?: sepenuhnya| menjadi)+ (?:menjadi )?"
            r"tanggung jawab.{0,160}",
            r"[^.]{2,40} (?:community|komunitas) adalah (?:media|platform|wadah).{0,300}",
            r"(?:konten|artikel|tulisan|berita|informasi) ini (?:adalah |merupakan )?(?:kiriman|diproduksi|"
            r"kerja ?sama|hasil kerja ?sama|ditulis oleh peserta|dihasilkan|disusun dengan bantuan|"
            r"diterjemahkan dengan|dibuat oleh pengguna|telah melalui).{0,250}",
            r"(?:disclaimer|penafian)(?:\s*:.{0,300})?",
            r"(?:tulisan|artikel|opini|konten) .{0,60}tidak (?:mewakili|mencerminkan) (?:pandangan|sikap).{0,80}",
            r"konten dipersembahkan.{0,60}",
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
            r"(?:berita )?terkini lainnya|update|headlines?|feature article|nilai tertinggi|kanal|network updates"
            r"|(?:artikel|konten|berita) (?:menarik|terkait) lainnya|news updates from .{0,40}",
            r"rekomendasi(?: artikel| berita| untuk(?: anda|mu| kamu)?| video)?",
            r"terpopuler \d+ jam terakhir",
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
            r"(?:(?:estimasi )?waktu (?:mem)?baca|(?:estimated )?reading time|estimasi (?:mem)?baca|lama (?:mem)?baca)"
            r"\s*:?\s*[±~]?\s*\d+.{0,12}",
            r"[±~]?\s*\d+\s*(?:min(?:ute)?s?|menit)\s*(?:read|baca|membaca|waktu baca)?\.?",
            r"(?:rating|nilai|skor artikel)\s*:?\s*[\d.,/ ]+",
            r".{0,40}rendering in [\d.]+ seconds.{0,40}",
        ),
    ),
    (
        "navigation",
        _any(
            r"(?:cari|search|pencarian|menu|navigasi|navigation|toggle navigation|buka menu|tutup menu|"
            r"skip to (?:main )?content|langsung ke (?:konten|isi)|lompat ke (?:konten|isi)|home|beranda|"
            r"halaman utama|halaman depan|masuk|log ?in|log ?out|sign ?in|sign ?up|keluar|daftar|register|"
            r"akun(?: saya)?|indeks|index|live|tv|radio|e-?paper|dark mode|mode gelap|"
            r"tentang kami|hubungi kami|kontak(?: kami)?|redaksi|susunan redaksi|pedoman media siber|"
            r"pedoman pemberitaan.{0,20}|karir|karier|kode etik(?: jurnalistik)?|kebijakan (?:privasi|"
            r"data pribadi)|privacy policy|syarat (?:dan|&) ketentuan|terms.{0,24}|sitemap|peta situs|videos?|foto|galeri(?: foto| video)?|"
            r"rss(?: feed)?|info iklan|pasang iklan|media partner|network|jaringan media|about us|contact"
            r"(?: us)?|careers?|download (?:aplikasi|app|apps).{0,40}|english|indonesia edition|sukses)",
        ),
    ),
)

# Rules for labels: the line begins with one and the rest is whatever it labels.
_LABEL: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "tags",
        re.compile(
            r"(?:(?:tags?|tagar|topik(?: terkait| berita| artikel)?|topics?|kata kunci|keywords?|label|kategori|"
            r"categor(?:y|ies)|filed under|posted in|dalam topik|ditandai)\s*[:：]|tags?\s*#)\s*"
            r"(?:[^.?!]{0,300}|#.{0,300})$|(?:tags?|tagar)$",
            _I,
        ),
    ),
    (
        "sign-off",
        re.compile(
            r"\(?\s*(?:editor(?: (?:in chief|bahasa))?|penyunting|redaktur|redaksi|uploader|publisher|"
            r"pengunggah|asisten redaktur|translator|penerjemah|penanggung jawab|pimpinan redaksi|"
            r"videografer|fotografer|desainer|penyelaras|pengarah|narator|produser|kamera(?:men|wan)|host|musik|"
            r"video (?:jurnalis|editor)|penulis naskah|naskah|tim produksi|voice over|grafis)"
            r"\s*[:：|/-]\s*(?:[^.?!]{1,100}[.)]*)?$",
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
    r"[(*\[>»• ]*(?:dapatkan|ikuti|follow|cek(?! fakta)|simak|pantau|gabung|bergabung|ayo|yuk|mari (?:ikuti|bergabung|gabung)|"
    r"klik|baca|langganan|berlangganan|subscribe|download|unduh|install|instal|temukan|nikmati|akses|"
    r"jangan (?:lewatkan|ketinggalan|lupa)|update|kunjungi|tonton|saksikan|like|sukai|pastikan|anda juga|"
    r"fakta atau hoaks|kami hadir|mau|ingin|untuk mendapatkan|kabar terbaru|untuk berita|bagikan|silakan|silahkan)\b",
    _I,
)
_FOLLOW_WHAT = re.compile(
    r"\b(?:google news|cek fakta liputan6|dengan satu akun|whats?app (?:channel|kami|\w+ news)|(?:saluran|kanal|channel|grup|group)"
    r" (?:whats?app|telegram|wa)|telegram channel|newsletter|play ?store|app ?store|google play|"
    r"aplikasi (?:\w{2,20} ){0,2}(?:di|untuk|sekarang|secara|whats?app)|apps? \w{2,20} sekarang|push notification|"
    r"(?:media sosial|instagram|facebook|twitter|akun) kami|kanal youtube|youtube channel|berita (?:pilihan|terkini|"
    r"terbaru|lainnya|menarik|dan artikel)|informasi (?:lebih lengkap|terbaru|menarik|lainnya)|"
    r"(?:artikel|konten) (?:menarik|lainnya)|video (?:pilihan|menarik|lainnya)|koran digital|konten premium)\b",
    _I,
)
_HERE = re.compile(
    r"(?:klik|baca|simak|lihat|cek|download|unduh|tonton|silakan klik|yuk,? \w+)\b[^.!?]{0,80}"
    r"\b(?:di sini|disini|tautan (?:ini|berikut)|link (?:ini|berikut))\b[^.!?]{0,40}[.!]?$",
    _I,
)

# Short prompts, a few words without a full stop.
_SUBSCRIBE = re.compile(
    r"(?:(?:ayo|yuk|mari) )?(?:gabung|bergabung|daftar|langganan|berlangganan|subscribe|follow|ikuti|sign in|"
    r"log ?in|masuk|unduh|download|install|join|dengarkan|listen|tonton|aktifkan)\b[^.?!:,]{0,50}[!]?$",
    _I,
)

_PROMPT_WORD = re.compile(
    r"\b(?:sekarang|gratis|sini|newsletter|channel|kanal|kami|saluran|aplikasi|app|apps|google|akun|account|member"
    r"|anggota|grup|group|podcast|notifikasi|berita|artikel|siniar|us|now|here|update|whatsapp|telegram|premium)\b",
    _I,
)

_SHARE_WORDS = re.compile(
    r"\b(?:bagikan|berbagi|share|shares|sharing|facebook|fb|twitter|tweet|x|whatsapp|wa|telegram|line|"
    r"image_pdfimage_print|melalui|copy link|copy url|copied|link copied|salin tautan|salin link|salin url|salin|tautan|disalin|tersalin|"
    r"link|url|copy|email|e-mail|surel|print|cetak|pinterest|pin it|pin|linkedin|instagram|ig|tiktok|youtube|"
    r"threads|messenger|reddit|tumblr|skype|viber|pocket|mix|digg|vk|weibo|koran|komentar|comments?|like|"
    r"likes|suka|simpan|disimpan|save|bookmark|views?|dibaca|ukuran font|font|kecil|sedang|besar|reset|a|"
    r"via|on|ke|di|to|this|artikel|berita|ini|dan|atau|and|or|lainnya|more|google news|google|news|follow us|"
    r"follow|ikuti kami|plus|opens? in new window|click to|klik untuk|membuka di jendela yang baru|"
    r"dengarkan|listen|play|pause|stop|kali|show|hide)\b",
    _I,
)
_SHARE_NEED = re.compile(
    r"\b(?:bagikan|image_pdfimage_print|a a a|share|facebook|twitter|tweet|whatsapp|telegram|copy|salin|pinterest|linkedin|ukuran font|"
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
    rf"(?P<mark>\s*[:：»›>→]|\s+(?:-{{1,2}}|–|—|\|)(?=\s|$)))\s*(?P<rest>.{{0,500}})$",
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
    r"[\(\[]\s*[A-Za-z*]{1,12}(?:\s*[/\-.,&|+]\s*[A-Za-z0-9]{1,12}){0,15}\s*\.?[\)\]]|\*{2,5}|[#\-_=~*•.]{3,80}"
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
        mark = match["mark"].strip()
        if not rest and mark not in ":：»›>→":
            return None
        # A headline and a sentence on one line are for `briefing.ingest.inserts` to cut.
        return None if _holds_sentence(rest) else (match["label"], rest)
    match = _TEASER_CAPITAL.match(text)
    if match is not None and not (is_sentence_like(text) and text.endswith(".")):
        return match["label"], match["rest"]
    return None


def _holds_sentence(rest: str) -> bool:
    """Tell whether what follows a teaser's label is, or goes on to, running text."""
    if _SENTENCE_GAP.search(rest) and headline_share(rest) < 0.8:
        return True
    return rest.endswith((".", ".”", '."')) and headline_share(rest) < 0.8


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
    if _HERE.match(text):
        return True
    # Prompts are one or two sentences; a report about WhatsApp has its subject first.
    return bool(
        len(words_of(text)) <= 45 and _FOLLOW_START.match(text) and _FOLLOW_WHAT.search(text)
    )


def _is_subscribe(text: str) -> bool:
    # `Daftar Hakim Agung yang Pensiun` and `Ikuti Jejak Sang Ayah ...` are headlines.
    count = len(words_of(text))
    if count > 7 or _SUBSCRIBE.match(text) is None:
        return False
    short = count <= 4 and (count == 1 or not text.casefold().startswith("daftar"))
    return short or _PROMPT_WORD.search(text) is not None


def _is_breadcrumb(text: str) -> bool:
    if len(text) > 200 or _END.search(text):
        return False
    parts = [part for part in _BREADCRUMB.split(text) if part]
    if len(parts) < 2:
        return False
    first = parts[0].casefold().strip()
    if first in {"home", "beranda", "depan", "news", "halaman utama"}:
        return all(len(part.split()) <= 14 for part in parts)
    return False


def is_section_trail(text: str) -> bool:
    """Tell whether a line above the lead is a trail or row of sections: `News / Nasional`.

    Below the lead the same shape may be the head of a table.
    """
    parts = [part for part in _BREADCRUMB.split(text) if part]
    return len(parts) >= 2 and all(len(part.split()) <= 3 and part[:1].isupper() for part in parts)


def _is_ticker(text: str) -> bool:
    """Tell whether a line is a row of quotations: `• USD/IDR 16.799 5,00 0,03%`."""
    if not (text[:1] in "•|·-" and ("%" in text or text.count("|") >= 2)):
        return False
    digits = sum(char.isdigit() for char in text)
    letters = sum(char.isalpha() for char in text)
    return len(text) <= 80 and (digits >= letters or (text.count("|") >= 2 and letters <= 15))


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
    ("ticker", _is_ticker),
    ("breadcrumb", _is_breadcrumb),
    ("navigation", _whole("navigation")),
)
