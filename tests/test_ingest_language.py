"""Is it Indonesian? Texts of our own; the corpora of the measurement are not in the repository."""

from __future__ import annotations

import pytest

from briefing.ingest.language import guess_language

INDONESIAN = (
    "Pemerintah kota akan membuka kembali jembatan lama yang ditutup sejak banjir tahun lalu. "
    "Warga dapat melintas mulai pekan depan, tetapi truk belum diizinkan."
)
MALAY = (
    "Kerajaan negeri akan membuka semula jambatan lama yang ditutup sejak banjir tahun lepas. "
    "Penduduk boleh melintas mulai minggu depan, tetapi lori belum dibenarkan."
)
ENGLISH = (
    "The city will reopen the old bridge that has been closed since last year's flood. "
    "Residents may cross it from next week, but trucks are not yet allowed."
)
OTHERS = {
    "Dutch": "De stad zal de oude brug die sinds de overstroming van vorig jaar dicht is weer openen. "
    "Het verkeer mag er vanaf volgende week over, maar vrachtwagens zijn nog niet toegestaan.",
    "German": "Die Stadt wird die alte Brücke, die seit der Flut im letzten Jahr geschlossen ist, "
    "wieder öffnen. Der Verkehr ist ab nächster Woche frei, aber nicht für Lastwagen.",
    "French": "La ville va rouvrir le vieux pont qui est fermé depuis les inondations de l'an dernier. "
    "Les habitants pourront le traverser dans une semaine, mais pas les camions.",
    "Spanish": "La ciudad va a reabrir el viejo puente que está cerrado desde la inundación del año "
    "pasado. Los vecinos lo cruzarán en una semana, pero no los camiones.",
    "Tagalog": "Bubuksan muli ng lungsod ang lumang tulay na isinara mula nang bumaha noong isang taon. "
    "Ang mga tao ay tatawid na sa susunod na linggo, pero hindi pa ang mga trak.",
}


@pytest.mark.parametrize("text", [INDONESIAN, MALAY, INDONESIAN.upper()])
def test_indonesian_and_malay_pass(text):
    assert guess_language([text]).indonesian


def test_english_is_named():
    guess = guess_language([ENGLISH])
    assert not guess.indonesian
    assert guess.language == "English"


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_refused(language):
    guess = guess_language([OTHERS[language]])
    assert not guess.indonesian
    assert guess.language in {language, None}


@pytest.mark.parametrize(
    "text",
    [
        "Город откроет старый мост на следующей неделе.",
        "市は来週、古い橋を再び開く。",
        "المدينة تفتح الجسر",
    ],
)
def test_other_scripts_are_refused(text):
    assert not guess_language([text]).indonesian


def test_indonesian_that_quotes_english_paragraphs_passes():
    assert guess_language([INDONESIAN, ENGLISH]).indonesian
    assert guess_language([INDONESIAN, ENGLISH, INDONESIAN, ENGLISH]).indonesian


def test_english_that_quotes_indonesian_does_not():
    assert not guess_language([ENGLISH] * 6 + [INDONESIAN]).indonesian


def test_names_and_figures_have_no_language():
    assert guess_language(["Budi Santoso 12,5 Jakarta 2023"]).indonesian
    assert guess_language([]).indonesian
