"""Closed word classes of Indonesian news prose that name speech, roles, bodies and places.

The lists hold what decides where a name begins and ends (`juru bicara Kementerian Luar Negeri Budi
Santoso`: role, body, person). They were gathered from the style of Indonesian newspapers; names of
people are in none of them.
"""

from __future__ import annotations

import re

__all__ = [
    "ADMIN_WORDS",
    "BODY_HEADS",
    "BODY_TAILS",
    "BODY_WORDS",
    "CALENDAR_WORDS",
    "CONNECTIVES",
    "ENGLISH_FORMS",
    "GENERALS",
    "HONORIFICS",
    "LISTED_BODY",
    "LOCAL_ROLES",
    "NAMED_BODIES",
    "PRESS",
    "RANKS",
    "RANK_TAILS",
    "ROLE_HEADS",
    "ROLE_WORDS",
    "SAY_AFTER",
    "SAY_BEFORE",
    "STATE_BEFORE",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SAY_AFTER = _words(
    """
    kata ujar ucap tutur ungkap jelas tegas imbuh tambah papar terang sebut beber lanjut tandas
    tukas cetus pungkas jawab kilah urai sambung klaim seru keluh kenang puji imbau ajak tulis
    cerita simpul timpal sahut harap pesan kecam canda aku teriak bisik tanya pinta duga nilai
    ingat sindir sesal bantah rinci tekan yakin lapor kisah bilang cuit menurut
    """
)
"""Verb roots that follow speech and stand before the speaker: `"...," kata Budi`. With `-nya` the
speaker is one named before."""

STATE_BEFORE = _words(
    """
    mengatakan menyatakan menyebut menyebutkan menjelaskan menegaskan menambahkan mengungkapkan
    menuturkan menerangkan memaparkan membeberkan menilai mengaku mengakui membantah mengklaim
    mengungkap mengumumkan menekankan mengingatkan menceritakan mengisahkan menandaskan
    menyimpulkan meyakini memastikan berpendapat berkata bercerita berujar berdalih berkilah
    menduga memperkirakan memprediksi bilang memperingatkan
    """
)
"""Verbs that report a statement: `Budi mengatakan jalan sudah dibuka`."""

SAY_BEFORE = STATE_BEFORE | _words(
    """
    mengatakan menyatakan menyebut menyebutkan menjelaskan menegaskan menambahkan mengungkapkan
    menuturkan menerangkan memaparkan membeberkan menilai mengaku mengakui membantah mengklaim
    menyampaikan mengucapkan mengungkap mengumumkan menekankan mengingatkan memperingatkan
    melaporkan mencatat menceritakan mengisahkan menandaskan menyimpulkan meyakini memastikan
    berpendapat berkata bercerita berujar bertutur berpesan berharap berjanji berdalih berkilah
    bertanya menjawab menulis mengeluh mengeluhkan mengenang mengecam mengimbau meminta mendesak
    menyerukan menyindir menduga memperkirakan memprediksi menuding menuduh merinci menguraikan
    menyayangkan mengapresiasi memuji dikatakan bilang katakan menyimpulkan menyoroti berseru
    membenarkan menepis menampik mempertanyakan menimpali mencuit
    """
)
"""Verbs that stand between the speaker and what is said: `Budi mengatakan ...`."""

ROLE_HEADS = _words(
    """
    presiden wapres menteri wamen menko gubernur wagub bupati wabup walikota wali camat lurah kades
    kepala ketua direktur dirut direktris dirjen sekjen sekretaris sekda sekdes bendahara juru
    jubir wakil anggota komandan panglima kapolri kapolda kapolres kapolresta kapolrestabes
    kapolsek kapolresto wakapolda wakapolres wakapolsek kasat kasatreskrim kasatlantas kasubdit
    kabid kabag kasi kasie kasubag kasubbag kanit kabareskrim kadiv kadis kadin kadishub kadinkes
    kadisdik kabiro kapus kapuspen kapuspenkum dandim danramil danrem pangdam kasdam kajari kajati
    jaksa hakim humas manajer manager koordinator pengamat analis ekonom peneliti profesor guru
    dosen dekan rektor mahasiswa siswa warga saksi korban pelatih kapten pemain striker kiper bek
    gelandang pengacara kuasa penasihat pendiri ceo cfo coo chairman pemilik pengusaha pedagang
    petani nelayan sopir pengemudi masinis pilot penumpang politikus politisi aktivis pegiat
    mantan eks bekas plt pj pjs plh penjabat pelaksana duta dubes konsul utusan ajudan staf stafsus
    ratu raja pangeran sultan perdana pm kanselir senator paus uskup pendeta ustaz kiai imam
    pemimpin pimpinan tokoh pejabat perwakilan delegasi ahli pakar dokter bidan perawat psikolog
    arkeolog sejarawan sutradara aktor aktris artis penyanyi penulis seniman musisi produser
    komisaris komisioner inspektur deputi asisten administrator kolonel jenderal general manajemen
    menlu menkeu menhan mendagri menag menkes menhub mendag menpora menaker mensos menristek
    mendikbud mendikbudristek mendikdasmen menkominfo menkomdigi menkumham menpan menparekraf
    menpar menteng mentan mentri menperin menpupr menlhk menesdm menbumn mensesneg menkopolhukam
    menko wamenlu wamenkeu wamenhan wamendagri wamenkes ketum waketum wasekjen kakorlantas
    dirlantas dirreskrimum dirreskrimsus kabidhumas karopenmas pengurus penyelenggara panitia
    pengelola pengasuh kerabat keluarga ibu ayah paman kakak adik istri suami anak tetangga
    relawan petugas penyidik pelapor terdakwa tersangka terlapor hakim notaris akuntan auditor
    karo kuasa calon sang dansatgas nakhoda nasabah
    lifter petinju petenis pebulutangkis pegolf pebalap pembalap perenang pesepeda atlet bomber winger
    corporate public vice chief managing senior bocah remaja pria wanita perempuan lelaki saudara
    sesepuh budayawan sosiolog kriminolog epidemiolog klimatolog geolog vulkanolog seismolog
    legislator diplomat veteran prajurit bripka peternak perajin pengrajin pemandu pendamping
    pengawas pemeran vokalis gitaris komedian presenter pembawa
    kritikus redaktur jurnalis wartawan reporter editor dirjen irjen sekretaris-jenderal
    gm vp svp evp head chief director president minister secretary spokesman spokesperson
    """
)
"""Words that open a role: `juru bicara Kremlin`, `Kepala BPBD Garut`."""

LOCAL_ROLES = _words(
    """
    gubernur wagub bupati wabup walikota camat lurah kades kapolda kapolres kapolresta
    kapolrestabes kapolsek wakapolda wakapolres wakapolsek dandim danramil kajari kajati sekda
    """
)
"""Roles that are followed by the name of a place."""

ROLE_WORDS = _words(
    """
    bicara umum eksekutif jenderal besar utama bidang divisi bagian seksi subbagian subdirektorat
    unit satuan muda madya pratama senior junior tinggi khusus tamu hukum kebijakan luar dalam
    negeri pertahanan keuangan kesehatan perhubungan perdagangan pendidikan kebudayaan pertanian
    kehutanan kelautan perikanan perindustrian energi sumber daya mineral sosial agama tenaga
    kerja ketenagakerjaan pariwisata ekonomi kreatif pemuda olahraga komunikasi informatika
    informasi digital hukum hak asasi manusia ham pekerjaan pu perumahan rakyat lingkungan hidup
    investasi koperasi ukm bumn riset teknologi keamanan nasional politik strategis intelijen
    penanggulangan bencana daerah pusat pencarian pertolongan meteorologi klimatologi geofisika
    vulkanologi mitigasi geologi statistik pemeriksa pengawas penyiaran pemberantasan korupsi
    pemilihan transportasi lalu lintas reserse kriminal kedaruratan logistik rehabilitasi
    pencegahan pengendalian penyakit humas hubungan masyarakat protokol operasi operasional
    teknik produksi pemasaran penjualan bisnis perusahaan regional wilayah kota kabupaten provinsi
    kecamatan kelurahan desa dusun rt rw dan serta untuk atas urusan asal dari i ii iii iv v vi vii
    harian sementara pertama kedua ketiga non aktif nonaktif terpilih periode sekolah dasar
    menengah pertama atas negeri pelaksana tugas perdana menteri wali wakil kepala ketua direktur
    anggota komisi fraksi dewan perwakilan panitia tim gugus satgas kantor staf pers media
    penerangan pembina penasihat guru profesor riset dokter spesialis forensik instalasi
    pidsus pidum economic research business development marketing communications communication
    operations finance legal product sales country digital technology strategy investment of for and
    reskrim narkoba lantas intelkam sabhara binmas propam samapta polairud brimob officer secretary
    relations president director kabinet
    angkatan darat laut udara kepolisian republik kapal perang pelabuhan bandara stasiun
    """
)
"""Words that continue a role, in lower or upper case."""

BODY_HEADS = _words(
    """
    kementerian departemen dewan badan komisi mahkamah kejaksaan kepolisian polda polres polsek
    polresta polrestabes mabes universitas institut akademi politeknik sekolah lembaga yayasan
    asosiasi ikatan persatuan perhimpunan himpunan serikat federasi konfederasi partai fraksi
    bank perusahaan pt cv grup kelompok organisasi komite pusat balai dinas kantor direktorat
    rumah klub tim majelis forum koalisi aliansi gerakan front pasukan angkatan korps kodam kodim
    korem koramil lanal lantamal kedutaan konsulat istana gedung parlemen senat kongres otoritas
    satgas satuan pemerintah pemprov pemkab pemkot perum perumda pdam rsud rs puskesmas smp sma
    ditjen setjen itjen kemenkes kemenlu kemenkeu kemenhan kemenhub kemendag kemendagri kemenag
    kemensos kemendikbud kemenkumham kemnaker kementan kemenparekraf kemenperin polri kpu bawaslu
    kejari kejati kejagung dinkes dishub disdik satpol lapas rutan samsat karang bea
    smk sd mts stasiun bandara pelabuhan terminal masjid gereja vihara kuil pengadilan
    """
)
"""Words that open the name of an organisation."""

BODY_WORDS = ROLE_WORDS | _words(
    """
    negara republik indonesia internasional dunia global asia eropa afrika amerika rakyat bangsa
    islam kristen katolik hindu buddha nahdlatul ulama muhammadiyah demokrasi perjuangan golkar
    gerindra nasdem kebangkitan keadilan sejahtera persatuan pembangunan amanat demokrat putih
    mandiri sentral tinggi konstitusi agung arbitrase perlindungan konsumen anak perempuan
    buruh pekerja guru jurnalis independen timur barat utara selatan tengah tenggara raya
    """
)
"""Words that continue the name of an organisation."""

HONORIFICS = _words(
    """
    dr drs dra drh drg prof profesor ir h hj kh k.h tgk ust ustaz ustadz kyai kiai habib gus tuan
    nyonya pak bu bapak ibu bung mas mbak bang kang neng raden rm r.m jenderal letjen mayjen
    brigjen marsekal marsda marsma laksamana laksda laksma kolonel letkol mayor kapten lettu letda
    serka sertu serda kopral pratu prada kompol kombes kombespol akbp akp iptu ipda aiptu aipda
    bripka brigadir briptu bripda komjen irjen
    sir lord mr mrs ms
    """
)
"""Titles and ranks that open the name of a person."""

RANKS = _words(
    """
    dr drs dra drh drg prof ir hj kh tgk ust ustaz ustadz letjen mayjen brigjen marsekal marsda
    marsma laksamana laksda laksma kolonel letkol mayor kapten lettu letda serka sertu serda kopral
    pratu prada kompol kombes kombespol akbp akp iptu ipda aiptu aipda bripka briptu bripda komjen
    irjen jenderal pdt
    """
)
"""Titles that stand nowhere but before the name of a person, so that a role ends there."""

RANK_TAILS = _words(
    "pol tni purn muda madya pertama h kh hj dr ir drs dra m inf kav czi arm art arh cpm mar marinir pnb laut chb cba cpl ckm sus cke"
)
"""What may follow a rank and is not yet the name: `Kombes Pol`, `Laksamana Muda`."""

BODY_TAILS = _words(
    "watch motors group holding corp corporation company institute center centre foundation inc ltd "
    "tbk university united fc city college agency council"
)
"""Words that end the name of a body, so that what follows is a person: `Bima United`."""

GENERALS = _words("sekretaris direktur konsul inspektur komisaris jaksa brigadir auditor")
"""Before `Jenderal` these make a role: `Direktur Jenderal`."""

NAMED_BODIES = _words(
    """
    universitas institut partai bank pt cv yayasan politeknik akademi rsud rs smp sma smk sd sdn
    smpn sman masjid gereja polres polsek polda polresta pesantren hotel klub
    """
)
"""Bodies whose own name is at least one word after them."""

ADMIN_WORDS = _words(
    """
    kabupaten kab kota provinsi kecamatan kec kelurahan desa dusun kampung distrik pulau kepulauan
    gunung sungai danau laut selat teluk tanjung pantai jalan jl jembatan tol bandara pelabuhan
    stasiun terminal waduk bendungan hutan taman pasar alun-alun lapangan stadion wilayah negara
    kosmodrom pangkalan semenanjung lembah bukit perairan samudra samudera ibu
    """
)
"""Words that open the name of a place."""

CONNECTIVES = _words(
    """
    namun tetapi tapi sedangkan kemudian lalu selanjutnya padahal sehingga jadi maka bahkan apalagi
    terlebih sebaliknya akibatnya hasilnya artinya pasalnya misalnya contohnya dan atau serta adapun
    alhasil walhasil sebab begitupun demikian begitu sebelumnya sementara melainkan malah malahan
    justru toh nah lantas pun juga yakni yaitu ialah yang bahwa lagi pula imbasnya dampaknya
    kedua ketiga keempat pertama terakhir
    """
)
"""First words of a sentence that lean on the one before it."""

CALENDAR_WORDS = _words(
    """
    senin selasa rabu kamis jumat jum'at sabtu minggu januari februari maret april mei juni juli
    agustus september oktober november desember ramadan wib wita wit
    """
)
"""Capitalised words of the calendar."""

ENGLISH_FORMS: dict[str, tuple[str, ...]] = {
    "as": ("US", "U.S.", "United States", "America"),
    "amerika": ("America", "US", "United States"),
    "amerika serikat": ("United States", "US", "U.S.", "America"),
    "inggris": ("Britain", "United Kingdom", "UK", "England"),
    "belanda": ("Netherlands", "Dutch"),
    "tiongkok": ("China",),
    "cina": ("China",),
    "korut": ("North Korea",),
    "korsel": ("South Korea",),
    "uni eropa": ("European Union", "EU"),
    "uni soviet": ("Soviet Union",),
    "eropa": ("Europe",),
    "afrika": ("Africa",),
    "timur tengah": ("Middle East",),
    "timur jauh": ("Far East",),
    "asia tenggara": ("Southeast Asia",),
    "tepi barat": ("West Bank",),
    "laut china selatan": ("South China Sea",),
    "laut cina selatan": ("South China Sea",),
    "semenanjung korea": ("Korean Peninsula",),
    "gedung putih": ("White House",),
    "pbb": ("United Nations", "UN", "U.N."),
    "perserikatan bangsa-bangsa": ("United Nations",),
    "dewan keamanan pbb": ("UN Security Council", "United Nations Security Council"),
    "dewan keamanan nasional": ("National Security Council",),
    "departemen luar negeri": ("State Department", "Department of State"),
    "departemen luar negeri as": ("US State Department", "U.S. State Department"),
    "departemen pertahanan": ("Defense Department", "Department of Defense"),
    "kementerian luar negeri": ("Ministry of Foreign Affairs", "Foreign Ministry"),
    "kementerian pertahanan": ("Ministry of Defence", "Ministry of Defense", "Defence Ministry"),
    "kementerian keuangan": ("Ministry of Finance", "Finance Ministry"),
    "kementerian kesehatan": ("Ministry of Health", "Health Ministry"),
    "kementerian perhubungan": ("Ministry of Transportation", "Ministry of Transport"),
    "mahkamah agung": ("Supreme Court",),
    "mahkamah konstitusi": ("Constitutional Court",),
    "kejaksaan agung": ("Attorney General's Office",),
    "komisi pemberantasan korupsi": ("Corruption Eradication Commission",),
    "kpk": ("KPK", "Corruption Eradication Commission"),
    "dpr": ("House of Representatives", "DPR"),
    "polri": ("National Police", "Indonesian National Police", "Polri"),
    "tni": ("Indonesian National Armed Forces", "Indonesian Military", "TNI"),
    "bnpb": ("BNPB", "National Disaster Management Agency", "National Disaster Mitigation Agency"),
    "bank dunia": ("World Bank",),
    "bank indonesia": ("Bank Indonesia",),
    "bank sentral": ("Central Bank",),
    "piala dunia": ("World Cup",),
    "jawa": ("Java",),
    "jawa barat": ("West Java",),
    "jawa tengah": ("Central Java",),
    "jawa timur": ("East Java",),
    "sumatra utara": ("North Sumatra",),
    "sumatera utara": ("North Sumatra",),
    "sumatra barat": ("West Sumatra",),
    "sumatera barat": ("West Sumatra",),
    "sumatra selatan": ("South Sumatra",),
    "sumatera selatan": ("South Sumatra",),
    "sulawesi utara": ("North Sulawesi",),
    "sulawesi selatan": ("South Sulawesi",),
    "sulawesi tengah": ("Central Sulawesi",),
    "sulawesi tenggara": ("Southeast Sulawesi",),
    "sulawesi barat": ("West Sulawesi",),
    "kalimantan barat": ("West Kalimantan",),
    "kalimantan timur": ("East Kalimantan",),
    "kalimantan tengah": ("Central Kalimantan",),
    "kalimantan selatan": ("South Kalimantan",),
    "kalimantan utara": ("North Kalimantan",),
    "nusa tenggara barat": ("West Nusa Tenggara",),
    "nusa tenggara timur": ("East Nusa Tenggara",),
    "maluku utara": ("North Maluku",),
    "papua barat": ("West Papua",),
    "papua tengah": ("Central Papua",),
    "papua selatan": ("South Papua",),
    "kepulauan riau": ("Riau Islands",),
    "bangka belitung": ("Bangka Belitung Islands", "Bangka Belitung"),
    "yerusalem": ("Jerusalem",),
    "kairo": ("Cairo",),
    "athena": ("Athens",),
    "wina": ("Vienna",),
    "praha": ("Prague",),
    "jenewa": ("Geneva",),
    "roma": ("Rome",),
    "den haag": ("The Hague",),
    "kopenhagen": ("Copenhagen",),
    "brussel": ("Brussels",),
}
"""Usual English forms of names whose letters differ; each counts only where the translation has
it."""

PRESS = re.compile(
    r"\b(?:kantor berita|layanan berita|media|koran|surat kabar|laporan|stasiun televisi|News|Times|Post|Reuters|AFP|"
    r"Xinhua|Interfax|KCNA|Kyodo|Antara|Associated Press|Bloomberg|CNN|BBC|CNBC|TASS|RIA|Yonhap|NHK|"
    r"Al Jazeera|Guardian)\b"
)
"""Names of those who only pass on what others said."""

LISTED_BODY = re.compile(
    r"\b(?:Badan|Kementerian|Lembaga|Pusat|Dinas|Komisi|Dewan)(?: [A-Z]\w+){1,4}(?:, [A-Z]\w+){0,4},?"
    r" dan [A-Z]\w+(?: [A-Z]\w+){0,4} \((?P<acronym>[A-Z]\w{1,14})\)"
)
"""A body whose name is a list: `Badan Meteorologi, Klimatologi, dan Geofisika (BMKG)`."""
