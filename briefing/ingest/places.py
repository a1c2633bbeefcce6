"""Place names that stand in Indonesian datelines."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["is_place", "place_name"]

# Provinces, cities and regency seats of Indonesia, and the countries and cities from which the
# foreign desks write, in Indonesian spelling. Public facts, written down from general knowledge.
_INDONESIA = """
Aceh|Agam|Airmadidi|Alor|Ambon|Amlapura|Anambas|Andoolo|Arga Makmur|Asahan|Asmat|Atambua|Badung
Bajawa|Balangan|Balige|Balikpapan|Balige|Banda Aceh|Bandar Lampung|Bandarlampung|Bandung
Bandung Barat|Banggai|Bangka|Bangka Barat|Bangka Belitung|Bangkalan|Bangkinang|Bangko|Bangli
Banjar|Banjarbaru|Banjarmasin|Banjarnegara|Bantaeng|Bantul|Banyumas|Banyuwangi|Barabai|Barito Kuala
Barru|Batam|Batang|Batang Hari|Batu|Batu Bara|Batulicin|Batusangkar|Baubau|Bau-Bau|Bekasi|Belitung
Belitung Timur|Belopa|Benteng|Bener Meriah|Bengkalis|Bengkayang|Bengkulu|Berau|Biak|Biak Numfor
Bima|Binjai|Bintan|Bireuen|Bitung|Blitar|Blora|Boalemo|Bogor|Bojonegoro|Bolaang Mongondow|Bombana
Bondowoso|Bone|Bontang|Boven Digoel|Boyolali|Brebes|Bukittinggi|Bulukumba|Buleleng|Buli|Bungo
Buntok|Buol|Buru|Buton|Ciamis|Cianjur|Cibinong|Cikarang|Cilacap|Cilegon|Cimahi|Cirebon|Curup
Dairi|Deli Serdang|Demak|Denpasar|Depok|Dharmasraya|Dobo|Dompu|Donggala|Dumai|Empat Lawang|Ende
Enrekang|Fakfak|Flores|Flores Timur|Garut|Gayo Lues|Gianyar|Gorontalo|Gowa|Gresik|Grobogan
Gunungkidul|Gunung Kidul|Gunungsitoli|Halmahera|Hulu Sungai Selatan|Humbang Hasundutan
Indragiri Hilir|Indragiri Hulu|Indramayu|Jailolo|Jakarta|Jakarta Barat|Jakarta Pusat
Jakarta Selatan|Jakarta Timur|Jakarta Utara|DKI Jakarta|Jambi|Jawa Barat|Jawa Tengah|Jawa Timur
Jayapura|Jayawijaya|Jember|Jembrana|Jeneponto|Jepara|Jogja|Jogjakarta|Jombang|Kabanjahe|Kaimana
Kalianda|Kalimantan Barat|Kalimantan Selatan|Kalimantan Tengah|Kalimantan Timur|Kalimantan Utara
Kampar|Kandangan|Kapuas|Kapuas Hulu|Karanganyar|Karangasem|Karawang|Karimun|Karo|Katingan|Kebumen
Kediri|Keerom|Kefamenanu|Kendal|Kendari|Kepahiang|Kepanjen|Kepulauan Riau|Kepulauan Seribu
Kepulauan Sula|Kerinci|Ketapang|Klaten|Klungkung|Kolaka|Konawe|Kotabaru|Kotabumi|Kota Agung
Kotamobagu|Kotawaringin|Kraksaan|Kuala Kapuas|Kuala Tungkal|Kuantan Singingi|Kubu Raya|Kudus
Kulon Progo|Kuningan|Kupang|Kutacane|Kutai Barat|Kutai Kartanegara|Kutai Timur|Labuan Bajo
Labuhanbatu|Lahat|Lamandau|Lamongan|Lampung|Lampung Selatan|Lampung Tengah|Lampung Timur
Lampung Utara|Landak|Langkat|Langsa|Larantuka|Lebak|Lebong|Lembata|Lewoleba|Lhokseumawe|Lhoksukon
Limapuluh Kota|Lingga|Lombok|Lombok Barat|Lombok Tengah|Lombok Timur|Lombok Utara|Lubuk Basung
Lubuklinggau|Lubuk Pakam|Lubuk Sikaping|Lumajang|Luwu|Luwu Timur|Luwu Utara|Luwuk|Mabar|Madiun
Madura|Magelang|Magetan|Majalengka|Majene|Makassar|Malang|Malinau|Maluku|Maluku Tengah
Maluku Tenggara|Maluku Utara|Mamasa|Mamberamo Raya|Mamuju|Manado|Mandailing Natal|Manggarai
Manggarai Barat|Manggarai Timur|Manokwari|Marabahan|Maros|Martapura|Masamba|Masohi|Mataram|Maumere
Medan|Melawi|Mempawah|Menado|Mentawai|Merangin|Merauke|Mesuji|Metro|Meulaboh|Mimika|Minahasa
Minahasa Utara|Mojokerto|Morotai|Morowali|Muara Bulian|Muara Bungo|Muara Enim|Muara Teweh
Muaro Jambi|Mukomuko|Muna|Mungkid|Murung Raya|Musi Banyuasin|Musi Rawas|Nabire|Nagan Raya|Nagekeo
Namlea|Nanga Pinoh|Natuna|Ndao|Nduga|Negara|Ngada|Nganjuk|Ngawi|Nias|Nias Selatan|Nunukan
Nusa Tenggara Barat|Nusa Tenggara Timur|Nusa Dua|Nusantara|IKN|Ogan Ilir|Ogan Komering Ilir
Ogan Komering Ulu|Oksibil|Pacitan|Padang|Padang Panjang|Padang Pariaman|Padangsidimpuan
Pagar Alam|Painan|Palangka Raya|Palangkaraya|Palembang|Palopo|Palu|Pamekasan|Pandeglang|Pangandaran
Pangkajene|Pangkal Pinang|Pangkalpinang|Pangkalan Bun|Pangkalan Kerinci|Paniai|Papua|Papua Barat
Papua Barat Daya|Papua Pegunungan|Papua Selatan|Papua Tengah|Parepare|Pare-Pare|Pariaman|Parigi
Parigi Moutong|Pasaman|Pasaman Barat|Pasangkayu|Paser|Pasir Pangaraian|Pasuruan|Pati|Payakumbuh
Pekalongan|Pekanbaru|Pelabuhan Ratu|Palabuhanratu|Pelalawan|Pemalang|Pematangsiantar|Pematang Siantar
Penajam|Penajam Paser Utara|Pesawaran|Pesisir Selatan|Pidie|Pidie Jaya|Pinrang|Pohuwato
Polewali Mandar|Polman|Ponorogo|Pontianak|Poso|Prabumulih|Pringsewu|Probolinggo|Pulang Pisau
Puncak|Puncak Jaya|Purbalingga|Purwakarta|Purwodadi|Purwokerto|Purworejo|Putussibau|Raha|Raja Ampat
Rangkasbitung|Rantau|Rantauprapat|Rantepao|Rejang Lebong|Rembang|Rengat|Riau|Rokan Hilir|Rokan Hulu
Rote Ndao|Ruteng|Sabang|Sabu Raijua|Salatiga|Samarinda|Sambas|Samosir|Sampang|Sampit|Sanggau
Sangatta|Sarmi|Sarolangun|Saumlaki|Sawahlunto|Sekadau|Selayar|Seluma|Semarang|Senayan|Sengkang
Sentani|Serang|Serdang Bedagai|Serui|Siak|Sibolga|Sidenreng Rappang|Sidrap|Sidoarjo|Sigi|Sigli
Sijunjung|Sikka|Simalungun|Simeulue|Singaparna|Singaraja|Singkawang|Singkil|Sinjai|Sintang
Situbondo|Slawi|Sleman|Soasio|Soe|Sofifi|Solo|Solok|Solok Selatan|Soppeng|Soreang|Sorong
Sragen|Stabat|Subang|Sukabumi|Sukadana|Sukamara|Sukoharjo|Sulawesi Barat|Sulawesi Selatan
Sulawesi Tengah|Sulawesi Tenggara|Sulawesi Utara|Sumatera Barat|Sumatera Selatan|Sumatera Utara
Sumatra Barat|Sumatra Selatan|Sumatra Utara|Sumba|Sumba Barat|Sumba Tengah|Sumba Timur|Sumbawa
Sumbawa Barat|Sumbawa Besar|Sumedang|Sumenep|Sumber|Sungailiat|Sungai Penuh|Surabaya|Surakarta
Tabalong|Tabanan|Tahuna|Takalar|Takengon|Talaud|Taliwang|Tambolaka|Tambrauw|Tamiang|Tana Toraja
Tanah Bumbu|Tanah Datar|Tanah Laut|Tangerang|Tangerang Selatan|Tangsel|Tanggamus|Tanjab Barat
Tanjung|Tanjungbalai|Tanjung Balai|Tanjung Pandan|Tanjungpandan|Tanjungpinang|Tanjung Pinang
Tanjung Redeb|Tanjung Selor|Tanjung Selor|Tanjung Tabalong|Tapaktuan|Tapanuli Selatan
Tapanuli Tengah|Tapanuli Utara|Tapin|Tarakan|Tarutung|Tasikmalaya|Tebing Tinggi|Tebo|Tegal
Teluk Bintuni|Temanggung|Tembilahan|Tenggarong|Ternate|Tidore|Timika|Timor Tengah Selatan
Timor Tengah Utara|Toba|Tobelo|Tojo Una-Una|Tolitoli|Toli-Toli|Tomohon|Tondano|Toraja|Toraja Utara
Trenggalek|Trenggalek|Tual|Tuban|Tulang Bawang|Tulungagung|Ubud|Ujung Tanjung|Ungaran|Unaaha
Wakatobi|Waikabubak|Waingapu|Wajo|Wamena|Waisai|Watampone|Way Kanan|Wonogiri|Wonosari|Wonosobo
Wonreli|Yahukimo|Yogyakarta|DI Yogyakarta|DIY|Bali|Banten|Gunung Mas|Kalimantan|Jawa|Sulawesi
Sumatera|Sumatra|Indonesia|Cikeas|Hambalang|Kuta|Sanur|Jimbaran|Cisarua|Lembang|Puncak Bogor|BSD City
"""
_WORLD = """
Abu Dhabi|Abuja|Accra|Addis Ababa|Aden|Afghanistan|Afrika Selatan|Albania|Aljazair|Alger|Algiers
Aleppo|Al Quds|Amerika Serikat|Amerika|AS|Amman|Amsterdam|Andorra|Angola|Ankara|Antananarivo
Antalya|Apia|Arab Saudi|Argentina|Armenia|Asmara|Astana|Asuncion|Athena|Atlanta|Auckland|Australia
Austria|Azerbaijan|Baghdad|Bahama|Bahrain|Bakhmut|Baku|Bali Nine|Bamako|Bandar Seri Begawan
Bangkok|Bangladesh|Bangui|Barcelona|Basel|Beijing|Beirut|Belanda|Belarus|Belgia|Belgrade|Beograd
Bengaluru|Berlin|Bern|Birmingham|Bishkek|Bogota|Bolivia|Bonn|Bordeaux|Bosnia|Boston|Brasilia
Bratislava|Brasil|Brazil|Brisbane|Brunei|Brunei Darussalam|Brussel|Brussels|Bucharest|Bukares
Bukarest|Budapest|Buenos Aires|Bulgaria|Burkina Faso|Burundi|Busan|Cairo|California|Canberra
Cannes|Cape Town|Caracas|Cebu|Chad|Changi|Chennai|Chicago|Chile|China|Chisinau|Colombo|Conakry
Copenhagen|Kopenhagen|Daegu|Dakar|Dakka|Dallas|Damaskus|Dar es Salaam|Davao|Davos|Darwin
Den Haag|Denmark|Denver|Detroit|Dhaka|Dili|Djibouti|Doha|Donetsk|Dubai|Dublin|Dubrovnik|Dushanbe
Edinburgh|Ekuador|El Salvador|Estonia|Eropa|Ethiopia|Etiopia|Fiji|Filipina|Finlandia|Florence
Frankfurt|Freetown|Gabon|Gaborone|Gambia|Gaza|Jalur Gaza|Georgia|Georgetown|Ghana|Glasgow|Guangzhou
Guatemala|Guinea|Haiti|Hamburg|Hangzhou|Hanoi|Harare|Havana|Hawaii|Helsinki|Hiroshima
Ho Chi Minh|Honduras|Hong Kong|Hongkong|Honolulu|Houston|Hungaria|Hyderabad|Incheon|India|Inggris
Irak|Iran|Irlandia|Islamabad|Islandia|Israel|Istanbul|Italia|Izmir|Jamaika|Jeddah|Jenewa|Jepang
Jenin|Jerman|Johannesburg|Johor Bahru|Johor|Juba|Kabul|Kairo|Kamboja|Kamerun|Kampala|Kanada
Karachi|Karibia|Kathmandu|Kazakhstan|Kazan|Kenya|Khan Younis|Kharkiv|Khartoum|Kherson|Kiev|Kigali
Kingston|Kinshasa|Kirgistan|Kolombia|Kongo|Korea|Korea Selatan|Korea Utara|Korsel|Korut|Kosovo
Kosta Rika|Kota Kinabalu|Kroasia|Kuba|Kuching|Kuala Lumpur|Kuwait|Kyiv|Kyoto|Lagos|Lahore|Laos
Las Vegas|Latvia|Lebanon|Leipzig|Liberia|Libya|Libia|Lille|Lima|Lisabon|Lisbon|Lithuania|Liverpool
Ljubljana|London|Los Angeles|Luanda|Lusaka|Luksemburg|Lviv|Lyon|Madrid|Madinah|Makau|Makkah|Malawi
Malaysia|Mali|Malta|Managua|Manama|Manchester|Manila|Maputo|Mariupol|Maroko|Marrakesh|Marseille
Mauritania|Mauritius|Meksiko|Melbourne|Mekkah|Mesir|Mexico City|Miami|Milan|Minsk|Mogadishu|Moldova
Monaco|Mongolia|Monrovia|Montenegro|Montevideo|Montreal|Moskow|Moskwa|Moscow|Mosul|Mozambik|Mumbai
Munich|Munchen|München|Muscat|Muskat|Myanmar|N'Djamena|Nairobi|Namibia|Nanjing|Naypyidaw|Nepal
New Delhi|New York|Niamey|Nicosia|Niger|Nigeria|Norwegia|Nouakchott|Nur-Sultan|Odesa|Odessa|Oman
Osaka|Oslo|Ottawa|Ouagadougou|Pakistan|Palestina|Panama|Panama City|Panmunjom|Papua Nugini|Paraguay
Paris|Penang|Peru|Perth|Peshawar|Philadelphia|Phnom Penh|Polandia|Port Moresby|Port-au-Prince
Portugal|Praha|Prancis|Pretoria|Pulau Pinang|Putrajaya|Pyongyang|Qatar|Quito|Rabat|Rafah|Ramallah
Rangoon|Reykjavik|Riga|Rio de Janeiro|Riyadh|Roma|Rotterdam|Ruanda|Rumania|Rusia|Samarkand|San Diego
San Francisco|San Jose|San Salvador|Sanaa|Santiago|Santo Domingo|Sao Paulo|Sarajevo|Seattle
Selandia Baru|Selangor|Senegal|Seoul|Serbia|Sevastopol|Shanghai|Shenzhen|Sierra Leone|Singapore
Singapura|Sisilia|Siprus|Skopje|Slovakia|Slovenia|Sochi|Sofia|Somalia|Spanyol|Sri Lanka
St Petersburg|St. Petersburg|Stockholm|Strasbourg|Stuttgart|Sudan|Sudan Selatan|Suriah|Suriname|Suva
Swedia|Swiss|Sydney|Tainan|Taipei|Taiwan|Tajikistan|Tallinn|Tanzania|Tashkent|Tbilisi|Teheran
Tehran|Tegucigalpa|Tel Aviv|Thailand|Thimphu|Tianjin|Timor Leste|Timor-Leste|Tiongkok|Tirana|Togo
Tokyo|Toronto|Tripoli|Tunis|Tunisia|Turki|Turkiye|Turkmenistan|Uganda|Ukraina|Ulan Bator|Ulaanbaatar
Uni Emirat Arab|UEA|Uruguay|Uzbekistan|Valencia|Vancouver|Vatikan|Kota Vatikan|Venesia|Venezuela
Vienna|Vientiane|Vietnam|Vilnius|Vladivostok|Warsawa|Washington|Washington DC|Washington D.C.
Wellington|Wina|Windhoek|Wuhan|Xian|Yaman|Yangon|Yaounde|Yerevan|Yerusalem|Yokohama|Yordania|Yunani
Zagreb|Zambia|Zaporizhzhia|Zimbabwe|Zurich|Jerusalem|Tepi Barat|Semenanjung Korea
"""

_SMALL = frozenset(("de", "es", "di"))
_UPPER = frozenset(("AS", "UEA", "DIY", "IKN", "DKI", "DI", "DC", "D.C.", "BSD"))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names = (
        name.strip() for text in (_INDONESIA, _WORLD) for name in text.replace("\n", "|").split("|")
    )
    return {name.casefold(): name for name in names if name}


def is_place(name: str) -> bool:
    """Tell whether `name` is a place that datelines name, in any letter case."""
    return name.strip(" .").casefold() in _names()


def place_name(name: str) -> str:
    """Return `name` as it is written in running text: `JAKARTA` becomes `Jakarta`."""
    name = " ".join(name.split()).strip(" .,")
    known = _names().get(name.casefold())
    if known is not None:
        return known
    if not name.isupper():
        return name
    return " ".join(
        word
        if word in _UPPER
        else word.lower()
        if word.lower() in _SMALL
        else "-".join(part.capitalize() for part in word.split("-"))
        for word in name.split()
    )
