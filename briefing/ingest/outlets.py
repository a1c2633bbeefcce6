"""Names of news outlets: from addresses, datelines, mastheads and title suffixes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.ingest.lexicon import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "AGENCIES",
    "COMMON_WORDS",
    "is_outlet_like",
    "known_outlet",
    "outlet_from_address",
    "outlet_key",
    "readable_name",
]

# Registered domain (or host, where a group runs several titles under one domain) and the name that
# the outlet prints. Public facts, read off the sites' own mastheads; one signal among several.
_DOMAINS: dict[str, str] = {
    "akurat.co": "Akurat.co",
    "alinea.id": "Alinea.id",
    "antaranews.com": "ANTARA",
    "ayobandung.com": "AyoBandung",
    "balipost.com": "Bali Post",
    "bbc.com": "BBC News Indonesia",
    "beritajatim.com": "Beritajatim.com",
    "beritasatu.com": "BeritaSatu",
    "bisnis.com": "Bisnis.com",
    "bloombergtechnoz.com": "Bloomberg Technoz",
    "cnbcindonesia.com": "CNBC Indonesia",
    "cnnindonesia.com": "CNN Indonesia",
    "detik.com": "detikcom",
    "disway.id": "Disway",
    "dw.com": "DW Indonesia",
    "fajar.co.id": "Fajar",
    "fin.co.id": "FIN",
    "gatra.com": "Gatra",
    "grid.id": "Grid.ID",
    "harianjogja.com": "Harian Jogja",
    "hukumonline.com": "Hukumonline",
    "idntimes.com": "IDN Times",
    "idxchannel.com": "IDX Channel",
    "inews.id": "iNews",
    "inilah.com": "Inilah.com",
    "investor.id": "Investor Daily",
    "jawapos.com": "JawaPos.com",
    "jpnn.com": "JPNN.com",
    "kabar24.com": "Kabar24",
    "katadata.co.id": "Katadata",
    "kbr.id": "KBR",
    "kompas.com": "Kompas.com",
    "kompas.id": "Kompas",
    "kompas.tv": "Kompas TV",
    "kontan.co.id": "Kontan",
    "koran-jakarta.com": "Koran Jakarta",
    "kumparan.com": "kumparan",
    "liputan6.com": "Liputan6.com",
    "medcom.id": "Medcom.id",
    "mediaindonesia.com": "Media Indonesia",
    "merdeka.com": "Merdeka.com",
    "metrotvnews.com": "Metro TV News",
    "mongabay.co.id": "Mongabay Indonesia",
    "narasi.tv": "Narasi",
    "okezone.com": "Okezone",
    "pikiran-rakyat.com": "Pikiran Rakyat",
    "poskota.co.id": "Pos Kota",
    "project-multatuli.org": "Project Multatuli",
    "radarbogor.id": "Radar Bogor",
    "republika.co.id": "Republika",
    "riaupos.jawapos.com": "Riau Pos",
    "rm.id": "RM.id",
    "rmol.id": "RMOL",
    "rri.co.id": "RRI",
    "sindonews.com": "SINDOnews",
    "solopos.com": "Solopos",
    "suara.com": "Suara.com",
    "suarasurabaya.net": "Suara Surabaya",
    "swa.co.id": "SWA",
    "tempo.co": "Tempo.co",
    "theconversation.com": "The Conversation Indonesia",
    "tirto.id": "Tirto.id",
    "tribunnews.com": "Tribunnews.com",
    "tvonenews.com": "tvOnenews",
    "tvrinews.com": "TVRI News",
    "validnews.id": "Validnews",
    "viva.co.id": "VIVA",
    "voaindonesia.com": "VOA Indonesia",
    "voi.id": "VOI",
    "wartaekonomi.co.id": "Warta Ekonomi",
    "wartakota.tribunnews.com": "Warta Kota",
}

# Other spellings in datelines, mastheads and title suffixes, in the key form of `outlet_key`.
_ALIASES: dict[str, str] = {
    "antaranews": "ANTARA",
    "kantorberitaantara": "ANTARA",
    "lkbnantara": "ANTARA",
    "antara": "ANTARA",
    "bbcindonesia": "BBC News Indonesia",
    "bbcnewsindonesia": "BBC News Indonesia",
    "bisnisindonesia": "Bisnis Indonesia",
    "cnbcindonesia": "CNBC Indonesia",
    "cnnindonesia": "CNN Indonesia",
    "detik": "detikcom",
    "detikcom": "detikcom",
    "detiknews": "detikcom",
    "detikfinance": "detikcom",
    "dwindonesia": "DW Indonesia",
    "idntimes": "IDN Times",
    "inews": "iNews",
    "jawapos": "JawaPos.com",
    "jpnn": "JPNN.com",
    "kbrn": "RRI",
    "rri": "RRI",
    "kompas": "Kompas",
    "kompascom": "Kompas.com",
    "kompastv": "Kompas TV",
    "kontan": "Kontan",
    "kumparan": "kumparan",
    "kumparannews": "kumparan",
    "liputan6": "Liputan6.com",
    "mediaindonesia": "Media Indonesia",
    "merdeka": "Merdeka.com",
    "metrotv": "Metro TV News",
    "okezone": "Okezone",
    "okezonenews": "Okezone",
    "pikiranrakyat": "Pikiran Rakyat",
    "republika": "Republika",
    "sindonews": "SINDOnews",
    "suara": "Suara.com",
    "tempo": "Tempo.co",
    "tirto": "Tirto.id",
    "tribunnews": "Tribunnews.com",
    "tvonenews": "tvOnenews",
    "viva": "VIVA",
    "vivanews": "VIVA",
    "voaindonesia": "VOA Indonesia",
    "weonline": "Warta Ekonomi",
}

COMMON_WORDS = word_set("suara merdeka tempo detik kompas viva narasi investor grid fajar dream")
"""Names of outlets that are also words: at the beginning of a longer name they prove nothing."""

AGENCIES: dict[str, str] = {
    "abc": "ABC",
    "abcindonesia": "ABC Indonesia",
    "abcnews": "ABC News",
    "afp": "AFP",
    "alarabiya": "Al Arabiya",
    "aljazeera": "Al Jazeera",
    "anadolu": "Anadolu",
    "anadoluagency": "Anadolu",
    "ant": "ANTARA",
    "antara": "ANTARA",
    "antaranews": "ANTARA",
    "ap": "Associated Press",
    "apnews": "Associated Press",
    "associatedpress": "Associated Press",
    "axios": "Axios",
    "bbc": "BBC",
    "bernama": "Bernama",
    "bloomberg": "Bloomberg",
    "channelnewsasia": "CNA",
    "cna": "CNA",
    "cnbc": "CNBC",
    "cnn": "CNN",
    "cnninternational": "CNN",
    "dpa": "dpa",
    "dw": "DW",
    "efe": "EFE",
    "euronews": "Euronews",
    "financialtimes": "Financial Times",
    "foxnews": "Fox News",
    "interfax": "Interfax",
    "jiji": "Jiji",
    "kcna": "KCNA",
    "kyodo": "Kyodo",
    "kyodonews": "Kyodo",
    "nhk": "NHK",
    "nikkeiasia": "Nikkei Asia",
    "politico": "Politico",
    "ria": "RIA Novosti",
    "rianovosti": "RIA Novosti",
    "reuters": "Reuters",
    "skynews": "Sky News",
    "sputnik": "Sputnik",
    "tass": "TASS",
    "theguardian": "The Guardian",
    "thejakartapost": "The Jakarta Post",
    "thenewyorktimes": "The New York Times",
    "upi": "UPI",
    "voa": "VOA",
    "wafa": "WAFA",
    "xinhua": "Xinhua",
    "yonhap": "Yonhap",
}

_TOP = "com|co|id|net|org|news|tv|info|asia|online|live|today|press|media|me|biz|xyz|site|my|sg"
DOMAIN_RE = re.compile(
    rf"(?<![\w@.-])(?:https?://)?(?:www\.|m\.|amp\.)?"
    rf"((?:[a-z0-9-]{{1,63}}\.){{1,3}}(?:{_TOP})(?:\.(?:id|my|uk|au|sg))?)(?![\w-])(?:/\S*)?",
    re.IGNORECASE,
)
_NOT_KEY = re.compile(r"[\W_]+")

# Words that make an unknown capitalised name an outlet rather than a town.
_OUTLET_WORDS = word_set(
    "bali berita channel cyber daily expose fakta fokus forum globe gazette harian headline herald "
    "indonesia info inews jurnal kabar koran kota liputan lintas mail majalah media metro mingguan "
    "monitor nasional network news newsroom nusantara online pedoman pers portal pos post press "
    "pojok radar radio redaksi rakyat report reportase satu sinar sindo sorot star suara sumber "
    "tabloid times today tribun tv update voice warta wartawan"
)
# Words of the list above that are also in the names of towns and regions; alone they prove nothing.
_WEAK_WORDS = word_set("bali indonesia kota metro nasional nusantara satu rakyat")


def outlet_key(name: str) -> str:
    """Return what two spellings of one outlet share: letters and digits in lower case."""
    return _NOT_KEY.sub("", name).lower()


@lru_cache(maxsize=1)
def _by_key() -> dict[str, str]:
    table = dict(_ALIASES)
    for domain, name in _DOMAINS.items():
        table.setdefault(outlet_key(name), name)
        table.setdefault(outlet_key(domain), name)
    return table


def known_outlet(name: str) -> str | None:
    """Return the display name of an outlet that is known under `name`, else `None`."""
    found = outlet_from_address(name) if "." in name and " " not in name.strip() else None
    return found or _by_key().get(outlet_key(name))


def outlet_from_address(address: str) -> str | None:
    """Return the outlet of a web address or domain, where the domain is known."""
    match = DOMAIN_RE.search(address.strip())
    if match is None:
        return None
    host = match.group(1).lower()
    while "." in host:
        if host in _DOMAINS:
            return _DOMAINS[host]
        host = host.split(".", 1)[1]
    return None


def is_outlet_like(name: str) -> bool:
    """Tell whether a short capitalised name reads as an outlet: a domain or a media word in it."""
    if known_outlet(name) is not None:
        return True
    if DOMAIN_RE.fullmatch(name.strip()):
        return True
    words = [word for word in re.split(r"[\W_]+", name.lower()) if word]
    if len(words) > 5:
        return False
    return any(word in _OUTLET_WORDS and (word not in _WEAK_WORDS) for word in words) or any(
        word.endswith(("news", "pos", "post", "times")) and len(word) > 5 for word in words
    )


_NAME_RUN = re.compile(r"[A-Z][\w-]*(?:[ .-][A-Z][\w-]*){0,4}(?:\.[a-z]{2,4})*")


def readable_name(name: str, lines: Iterable[str]) -> str:
    """Return a name printed in capitals or as a domain as the page itself spells it elsewhere.

    `HARIANMERAPI.EXAMPLE` becomes `Harian Merapi` where the page has that, else
    `harianmerapi.example`. A name that the page has only in capitals stays as printed.
    """
    if known_outlet(name) == name or not (name.isupper() or "." in name):
        return name
    domain = DOMAIN_RE.fullmatch(name) is not None or ("." in name and " " not in name)
    keys = {outlet_key(name)}
    if domain:
        keys.add(outlet_key(name.split(".", maxsplit=1)[0]))
    plain = None
    for text in lines:
        for match in _NAME_RUN.finditer(text[:300]):
            found = _spelling(match.group(), keys)
            if found is not None and not found.isupper():
                if not domain or "." in found:
                    return found
                plain = plain or found
    if plain is not None:
        return plain
    return name.lower() if domain and name.isupper() else name


def _spelling(run: str, keys: set[str]) -> str | None:
    """Return the part of a run of capitalised words whose letters are those of an outlet."""
    words = run.split(" ")
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            part = " ".join(words[start:end])
            if outlet_key(part) in keys:
                return part
    return None
