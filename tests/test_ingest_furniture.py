"""Rules for furniture: what they take, and the sentences next to it that they must leave."""

from __future__ import annotations

import pytest

from briefing.ingest.captions import is_caption, is_photo_credit
from briefing.ingest.credits import byline_of, find_wires, source_line
from briefing.ingest.furniture import is_sentence_like, line_rule
from briefing.ingest.inserts import split_pieces
from briefing.ingest.stamps import is_stamp, stamp_author, trusted_stamps

FURNITURE = [
    ("ADVERTISEMENT", "advertisement"),
    ("Iklan", "advertisement"),
    ("TUTUP", "advertisement"),
    ("SCROLL TO CONTINUE WITH CONTENT", "advertisement"),
    ("SCROLL UNTUK MELANJUTKAN MEMBACA", "advertisement"),
    ("Lanjutkan membaca artikel di bawah", "advertisement"),
    ("Baca berita tanpa iklan. Gabung Kompas.com+", "advertisement"),
    ("Scroll to Top", "advertisement"),
    ("Kembali ke atas", "scroll"),
    ("Halaman 2", "page-number"),
    ("Halaman: 1 2 3 Selanjutnya", "page-number"),
    ("1 2 3 Selanjutnya", "page-number"),
    ("2 dari 2 halaman", "page-number"),
    ("No more pages", "page-number"),
    ("Halaman Selanjutnya", "page-number"),
    ("Halaman selanjutnya: Warga mengungsi", "page-number"),
    ("Edisi: 537", "page-number"),
    ("Simak selengkapnya di halaman berikutnya...", "page-number"),
    ("[Gambas:Video 20detik]", "media"),
    ("Lihat Foto", "media"),
    ("img_title", "media"),
    ("Baca Juga: Harga Beras Naik di Tiga Kota", "teaser"),
    ("Baca Juga : Harga Beras Naik di Tiga Kota", "teaser"),
    ("Baca juga:", "teaser"),
    ("BACA JUGA", "related"),
    ("Baca Juga Harga Beras Naik di Tiga Kota", "teaser"),
    ("Baca: Harga Beras Naik", "teaser"),
    ("Lihat juga: Harga Beras Naik", "teaser"),
    ("Simak Video: Detik-detik Jembatan Dibuka", "teaser"),
    ("Simak juga video 'Jembatan Dibuka':", "teaser"),
    ("Pilihan Editor: Mengapa Harga Beras Naik", "teaser"),
    ("Saksikan Video Pilihan Berikut Ini:", "teaser"),
    ("BERITA TERKAIT :Harga Beras Naik Lagi", "teaser"),
    ('Artikel ini telah tayang di Kompas.com dengan judul "Harga Beras"', "teaser"),
    ("Bagikan :", "share-bar"),
    ("Facebook Twitter WhatsApp Copy Link", "share-bar"),
    ("Share 12 Tweet 3", "share-bar"),
    ("A A A", "share-bar"),
    ("0 Komentar", "comments"),
    ("Tinggalkan Balasan Batalkan balasan", "comments"),
    ("Dapatkan update berita pilihan setiap hari di WhatsApp Channel kami.", "follow"),
    ("Cek Berita dan Artikel yang lain di Google News", "follow"),
    ("Ikuti berita kami di Google News", "follow"),
    ("Baca berita selengkapnya di sini.", "follow"),
    ("Gabung di IDN Times", "subscribe"),
    (
        "Kami menggunakan cookie untuk pengalaman terbaik. Dengan melanjutkan Anda setuju.",
        "cookies",
    ),
    ("Copyright © ANTARA 2023", "disclaimer"),
    ("Hak Cipta 2023 Kabar Lembah", "disclaimer"),
    ("Verified Writer", "author-bio"),
    ("Berita Terkait", "related"),
    ("Rekomendasi untuk Anda", "related"),
    ("Terpopuler", "related"),
    ("Berita Terkini Lainnya", "related"),
    ("Dibaca: 1.204 kali", "statistics"),
    ("2 menit baca", "statistics"),
    ("Tags: beras, harga, pasar", "tags"),
    ("#beras #harga", "tags"),
    ("Topik: Harga Pangan", "tags"),
    ("Editor: Budi Santoso", "sign-off"),
    ("(rds/has)", "sign-off"),
    ("(bbn)", "sign-off"),
    ("[fik]", "sign-off"),
    ("***", "sign-off"),
    ("|Text: W.J.B", "credit"),
    ("Logo Warta Angkasa", "logo"),
    ("https://contoh.example/daftar-akun/", "url"),
    ("cnbcindonesia.com", "url"),
    ("Home > News > Nasional", "breadcrumb"),
    ("Pedoman Media Siber", "navigation"),
    ("• USD/IDR 16.799 5,00 0,03%", "ticker"),
]


@pytest.mark.parametrize(("line", "rule"), FURNITURE)
def test_furniture(line, rule):
    assert line_rule(line) == rule


NEAR_MISSES = [
    "Baca juga menjadi kebiasaan warga di desa itu setiap pagi.",
    "Baca juga merupakan cara murah untuk belajar, kata guru itu.",
    "Iklan politik di jalan itu diturunkan petugas pada Senin malam.",
    "Foto-foto lama itu dipamerkan di balai kota sejak Selasa.",
    "Foto bersama menutup pertemuan para menteri di Bali.",
    "Bagikan sembako, wali kota mendatangi warga di bantaran sungai.",
    "Komentar presiden itu menuai kritik dari para ekonom.",
    "WhatsApp Channel kini dapat diikuti tanpa nomor telepon.",
    "Ikuti jejak ayahnya, ia menjadi pelaut sejak muda.",
    "Google akan menghapus cookie pihak ketiga sesuai kebijakan barunya.",
    "Hak cipta lagu itu dipegang oleh keluarga penciptanya.",
    "Dilarang mengambil gambar di dalam museum, kata petugas itu.",
    "Editor surat kabar itu ditangkap pada Senin malam.",
    "Editor: sebuah pekerjaan yang sepi? Tidak bagi perempuan ini, yang bekerja tiap malam.",
    "Tagar itu dipakai dua belas ribu kali dalam semalam.",
    "Halaman 12 buku itu memuat peta lama kota Ambon.",
    "Halaman rumahnya penuh bunga dan pohon mangga.",
    "Edisi khusus majalah itu habis dalam sehari.",
    "Terpopuler di antara para pemain adalah penjaga gawang itu.",
    "Video-video tersebut tidak terkait dengan pertemuan itu.",
    "Video: begitulah nama kucing itu. Ia lahir di studio televisi.",
    "Simak, kata hakim itu kepada para saksi, lalu ia membaca putusan.",
    "Lihat saja nanti, kata pelatih itu sambil tertawa.",
    "Logo Garuda diganti dengan gambar bintang.",
    "Copyright menjadi pokok sengketa kedua penerbit itu.",
    "Rekomendasi itu ditolak pemerintah karena terlalu mahal.",
    "Rekomendasi untuk presiden disusun oleh dua belas ahli hukum.",
    "Masuk rumah sakit sejak Senin, penyanyi itu kini membaik.",
    "Tutup usia 90 tahun, pelukis itu meninggalkan ratusan karya.",
    "Daftar pemilih tetap diumumkan pada Rabu siang.",
    "1.204 orang mengungsi akibat banjir di tiga kecamatan.",
    "Sumber air warga tercemar sejak pabrik itu dibuka.",
    "(PBB) dan Palang Merah mengirim bantuan.",
    "Menurut Kepala Badan Pusat Statistik (BPS)",
    "“Kami akan terus memperkuat persahabatan kami,”|Peskov (Jubir Kremlin)",
]


@pytest.mark.parametrize("line", NEAR_MISSES)
def test_near_misses_stay(line):
    assert line_rule(line) is None
    assert not is_caption(line)
    assert source_line(line) is None
    assert [piece.rule for piece in split_pieces(line)] == [None]


@pytest.mark.parametrize(
    ("line", "dropped"),
    [
        ('"Harganya naik," katanya. Baca juga: Harga Beras Naik', "Baca juga: Harga Beras Naik"),
        ("Ia pulang. [Gambas:Video 20detik]", "[Gambas:Video 20detik]"),
        ("Ia pulang. (rds/has)", "(rds/has)"),
        ("Ia pulang.(rma)", "(rma)"),
        ('"Ia pulang." [IT/r]', "[IT/r]"),
        ("Ia pulang. (Tribunnews.com/Ani) (TribunJabar.id/Budi)", None),
        ("Ia pulang. ***", "***"),
        ("Ia pulang. ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT", None),
        ("Ia pulang. Artikel ini telah tayang di Kompas.com dengan judul Pulang", None),
        ("Baca selengkapnya di sini. Pemerintah menambah bantuan.", "Baca selengkapnya di sini."),
        ("Ia pulang. Baca juga: Apa Itu Inflasi?", "Baca juga: Apa Itu Inflasi?"),
        (
            "Baca: Harga Beras Naik di Tiga Kota Polisi menangkap dua orang di pasar.",
            "Baca: Harga Beras Naik di Tiga Kota",
        ),
        (
            "Ia pulang. Baca Juga: Harga Beras Naik Lagi. Polisi menangkap dua orang.",
            "Baca Juga: Harga Beras Naik Lagi.",
        ),
    ],
)
def test_inserts_are_cut_out_of_a_paragraph(line, dropped):
    pieces = list(split_pieces(line))
    cut = [piece.text for piece in pieces if piece.rule]
    assert cut
    assert dropped is None or cut == [dropped]
    kept = [piece.text for piece in pieces if not piece.rule]
    assert kept
    assert all(is_sentence_like(text) or text.endswith((".", '."')) for text in kept)
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(line.split())


@pytest.mark.parametrize(
    "line",
    [
        "Ia bekerja di Badan Pusat Statistik (BPS).",
        "Harga naik dua persen (yoy).",
        "Uang itu disimpan Bank Indonesia (BI). Ia mengatakan itu.",
        'Buku itu berjudul "Baca Juga Dunia".',
        "Pada abad lalu, kata dia: baca juga sejarah.",
    ],
)
def test_ends_of_sentences_are_no_sign_off(line):
    assert [piece.text for piece in split_pieces(line)] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Foto: Presiden meninjau pasar. (Dok. Istana)",
        "Ilustrasi beras (Freepik)",
        "Ilustrasi bendera.(unsplash.com/Nama Orang)",
        "Program rudal (Sumber: Bloomberg)",
        "Presiden meninjau pasar di Bogor, Rabu (13/9/2023). (Foto: Biro Pers)",
        "Kapal bersandar di pelabuhan, Senin (16/10/2023). (KOMPAS.com/DIAN PUSPITA)",
        "Menteri memberi keterangan pers. ANTARA FOTO/Wayan Sudira/foc.",
        "Gencatan senjata dirayakan warga. (AP: Nama Orang)",
        "Pemimpin itu menuju Rusia dengan kereta/KCNA",
        "ILUSTRASI. Pekerja menata karung beras di gudang.",
        "Perajin menganyam kursi rotan. - Bisnis/Rachman (Foto: Antara)",
        "Perahu pengangkut sampah (ilustrasi)",
        "Petani garam memanen hasil tambaknya. Foto/Dok.Okezone",
        "Keterangan gambar, (Foto: Dokumentasi warga)",
    ],
)
def test_captions(line):
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "Ini konferensi pers bulanan Kementerian Keuangan (Kemenkeu).",
        "Data itu diperoleh dari Bank Indonesia (BI).",
        "Nama pemain itu ramai di X (sebelumnya Twitter).",
        "Harta pejabat itu ditelisik KPK (Kompas.com, 24/02/2023).",
        "Perbedaan target itu wajar, kata menteri itu pada Selasa. (Reuters)",
        "Pemerintah kota menyiapkan tempat sementara bagi pedagang. (rds/has)",
        "Penumpang bisa naik bus 6A (Ragunan via Kuningan).",
        "Pelamar memilih dua kelompok (Kependidikan dan/atau Non Kependidikan).",
        "Dua belas orang hadir.",
    ],
)
def test_sentences_are_no_captions(line):
    assert not is_caption(line)


@pytest.mark.parametrize(
    "line", ["SAID KHATIB / AFP", "Foto: Antara/Hendra", "Foto: AP|Properti", "Dok. Humas Pemkot"]
)
def test_photo_credits(line):
    assert is_photo_credit(line)


@pytest.mark.parametrize("line", ["Jakarta dan Bandung", "Gubernur memberi keterangan pers/Net"])
def test_no_photo_credits(line):
    assert not is_photo_credit(line)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Sumber: CNA/SL", ("CNA",)),
        ("Sumber : Reuters", ("Reuters",)),
        ("(Sumber: Xinhua)", ("Xinhua",)),
        ("Sumber ABC Indonesia", ("ABC Indonesia",)),
        ("sumber : Antara", ("ANTARA",)),
        ("| Sumber Literasi: Reuters, Kyodo News, Warga Desa,", ("Reuters", "Kyodo", "Warga Desa")),
        ("Sumber Daya Manusia", None),
        ("Sumber air warga tercemar.", None),
    ],
)
def test_source_lines(line, names):
    assert source_line(line) == names


@pytest.mark.parametrize(
    ("text", "wires"),
    [
        ("Kapal itu tiba pada Senin, dikutip dari Associated Press.", ("Associated Press",)),
        ("Ia menolak hadir, dilansir dari CNN, Selasa.", ("CNN",)),
        ("“Kami siap,” katanya, dikutip The Guardian.", ("The Guardian",)),
        ("Kereta itu tiba, mengutip kantor berita KCNA.", ("KCNA",)),
        ("Mengutip sumber resmi, kapal itu tiba.", ()),
        ("Mengutip Presiden Joko Widodo, ia setuju.", ()),
        ("Dikutip dari Instagram resminya, ia setuju.", ()),
        ("Dikutip dari laman bnpb.go.id, air surut.", ("bnpb.go.id",)),
        ("Air surut pada Selasa pagi. (Antara)", ("ANTARA",)),
        ("Dilansir AFP dan Reuters, air surut.", ("AFP",)),
        ("Dikutip dari Suara Lembah, Senin, air surut.", ("Suara Lembah",)),
    ],
)
def test_wires(text, wires):
    assert find_wires(text) == wires


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Oleh: Siti Aminah", "Siti Aminah"),
        ("Oleh Siti Aminah", "Siti Aminah"),
        ("Pewarta: Budi Santoso | Editor: Ani", "Budi Santoso"),
        ("Penulis: A. Rahman, S.Sos | Editor: Ani", "A. Rahman, S.Sos"),
        ("Rina Dewi - detikNews", "Rina Dewi"),
        ("Rina Dewi, CNBC Indonesia", "Rina Dewi"),
        ("Dimas Prakoso - Kabar Lembah", "Dimas Prakoso"),
        ("Ramdani Bur, Jurnalis", "Ramdani Bur"),
        ("Laporan Wartawan Tribunnews.com, Rina Dewi", "Rina Dewi"),
        ("Oleh karena itu, warga pindah", None),
        ("Penulis buku itu lahir di Solo", None),
        ("Jakarta, CNN Indonesia", None),
    ],
)
def test_bylines(line, name):
    assert byline_of(line) == name


@pytest.mark.parametrize(
    "line",
    [
        "Selasa, 12 September 2023 | 14:33 WIB",
        "Kompas.com - 12/09/2023, 09:30 WIB",
        "- Sabtu, 31 Oktober 2020 | 15:47 WIB",
        "KAMIS, 21 SEPTEMBER 2023 | 18:45 WIB | LAPORAN: SITI AMINAH",
        "Rina Dewi - detikNews, Rabu 13 Sep 2023",
        "Diperbarui: 26 Juni 2015 02:46",
        "2 jam yang lalu",
        "Dunia | 14/11/2022 07:20 WIB | Dibaca 1.204 kali",
        "20 February 2024 17:45",
        "September 12, 2023",
    ],
)
def test_stamps(line):
    assert is_stamp(line)


@pytest.mark.parametrize(
    "line",
    [
        "Gempa 12 September 2023 merusak ratusan rumah",
        "Pada 12 September 2023 warga mengungsi.",
        "9 Juni, 12 Juni, dan 18 Juni.",
        "Harga beras Rp12.000",
        "Sebanyak 12 orang",
        "Kim Jong Un",
    ],
)
def test_no_stamps(line):
    assert not is_stamp(line)


def test_author_on_a_stamp():
    assert (
        stamp_author("KAMIS, 21 SEPTEMBER 2023 | 18:45 WIB | LAPORAN: SITI AMINAH") == "SITI AMINAH"
    )
    assert stamp_author("Kompas.com - 12/09/2023, 09:30 WIB") is None


def test_the_clock_above_the_title_is_not_the_date():
    """A page showed the day of the visit above an article of six years before."""
    body = ["Kesepakatan itu diumumkan pada Kamis (09/08/2018)."]
    assert trusted_stamps([(1, "Sabtu, 23/11/2024 16:05 WIB")], 3, body) == []
    assert trusted_stamps([(1, "Jumat, 10/08/2018 16:05 WIB")], 3, body) != []
    assert trusted_stamps([(1, "Sabtu, 23/11/2024"), (4, "10/08/2018")], 3, body) == ["10/08/2018"]


@pytest.mark.parametrize(
    "headline",
    ["Daftar Hakim Agung yang Pensiun Tahun Ini", "Ikuti Jejak Sang Ayah di Lapangan Hijau"],
)
def test_headline_that_begins_like_a_prompt_is_no_prompt(headline):
    assert line_rule(headline) is None


@pytest.mark.parametrize(
    "sentence", ["Dua orang ditahan polisi. (abc/def)", "Kapal itu selamat. [em/jm]"]
)
def test_short_sentence_before_a_sign_off_is_running_text(sentence):
    assert is_sentence_like(sentence)
