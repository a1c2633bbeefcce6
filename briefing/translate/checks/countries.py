"""Whether the translation names a country that the source does not.

A model that loses its way falls back on the countries of its training news. Only countries often in
the news are looked for, each with every Indonesian word that can stand behind its English name.
"""

from __future__ import annotations

import re

from briefing.document import Flag

__all__ = ["check"]

# English forms = what in the Indonesian explains them, beside a word that begins like the first.
_ROWS = r"""
United States|U\.S\.(?!\$)|US(?!\$|D|\w)|Americans?(?! (?:football|Airlines)) = AS|USA|US|Amerika|Paman Sam|Gedung Putih|Washington|Pentagon|Kongres|dolar|dollar|Trump|Biden|Obama|Clinton|Bush|New York|California|Texas|Florida|Hawaii
Britain|British|United Kingdom|UK|England|English = Inggris|Britania|Skotlandia|Wales|London|UK
Russian?s?|Russia's = Rusia|Moskow|Kremlin|Putin|Soviet|Vladivostok
Ukrain(?:e|ian)s? = Ukraina|Kyiv|Kiev
China|Chinese = Tiongkok|Cina|China|Tionghoa|Beijing|Mandarin|Imlek|Sino|Hong Kong
Japan(?:ese)? = Jepang|Tokyo|Nippon|Dai
North Korean?s? = Korut|Korea|Pyongyang
South Korean?s? = Korsel|Korea|Seoul
India|Indians? = India|New Delhi|Delhi|Hindu|Samudra
Pakistan(?:is?)? = Pakistan
Afghan(?:istan)?s? = Afghan|Afganistan|Taliban|Kabul
Iran(?:ians?)? = Iran|Teheran|Persia
Iraqi?s? = Irak|Baghdad
Israelis?|Israel = Israel|Zionis|Tel Aviv|Yahudi|Yerusalem
Palestin(?:e|ians?) = Palestina|Gaza|Hamas|Tepi Barat
Syrian?s? = Suriah|Syria|Damaskus
Turk(?:ey|ish) = Turki|Ankara|Istanbul|Ottoman|kalkun
Egypt(?:ians?)? = Mesir|Kairo
Saudi = Saudi|Arab|Riyadh|Mekkah|Makkah
German[sy]?|Germany = Jerman|Berlin
France|French = Prancis|Perancis|Paris|Francis
Ital(?:y|ians?) = Italia|Roma|Itali
Spain|Spanish|Spaniards? = Spanyol|Madrid|Barcelona
Netherlands|Dutch|Holland = Belanda|Hindia|Den Haag|Amsterdam
Australians?|Australia = Australia|Canberra|Sydney|Aborigin
Malaysians?|Malaysia = Malaysia|Kuala Lumpur|Melayu|Serawak|Sabah
Singapor(?:e|eans?) = Singapura|Singapore
Thai(?:land|s)? = Thai|Bangkok|Siam
Philippines?|Filipin[oa]s? = Filipina|Manila|Pilipina
Vietnam(?:ese)? = Vietnam|Hanoi
Cambodian?s? = Kamboja|Phnom
Myanmar|Burm(?:a|ese) = Myanmar|Burma|Birma|Rohingya
Brazil(?:ians?)? = Brasil|Brazil|Rio
Mexic(?:o|ans?) = Meksiko|Mexico
Canad(?:a|ians?) = Kanada|Ottawa|Toronto
Middle East(?:ern)?|Mideast = Timur Tengah|Timteng
Qatari?s? = Qatar|Doha
Ukrainian = Ukraina
Venezuelan?s? = Venezuela|Caracas
Cubans?|Cuba = Kuba|Havana
Yemeni?s?|Yemen = Yaman|Houthi
Libyan?s? = Libia
Leban(?:on|ese) = Lebanon|Libanon|Beirut|Hizbullah
"""
_COUNTRIES = tuple(
    (re.compile(rf"(?<![\w-])(?:{english.strip()})(?!\w)"), re.compile(rf"\b(?:{source.strip()})"))
    for english, _, source in (row.partition(" = ") for row in _ROWS.strip().splitlines())
)
_ANY = re.compile(r"(?<![\w-])(?:" + "|".join(p.pattern for p, _ in _COUNTRIES) + r")(?!\w)")


def check(source: str, translation: str) -> tuple[Flag, ...]:
    """Flag countries of the translation that nothing in the source explains (kind `name`)."""
    if not _ANY.search(translation):
        return ()
    invented = []
    for english, indonesian in _COUNTRIES:
        match = english.search(translation)
        if match and not indonesian.search(source) and match.group()[:4] not in source:
            invented.append(f"“{match.group()}”")
    if not invented:
        return ()
    return (Flag("name", f"{' and '.join(invented)} is not in the Indonesian"),)
