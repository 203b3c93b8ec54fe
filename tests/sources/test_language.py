"""Which language a text is in. The sentences are our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim import passages
from counterclaim.sources.language import detect, language_of

SENTENCES = {
    "en": "The mayor said on Friday that the bridge had been blown up and that nobody was left in the town.",
    "de": "Der Bürgermeister sagte am Freitag, dass die Brücke gesprengt wurde und niemand mehr in der Stadt ist.",
    "fr": "Le maire a dit vendredi que le pont avait été détruit et que plus personne ne se trouve dans la ville.",
    "es": "El alcalde dijo el viernes que el puente había sido destruido y que ya no queda nadie en la ciudad.",
    "it": "Il sindaco ha detto venerdì che il ponte è stato distrutto e che nella città non è rimasto più nessuno.",
    "pt": "O prefeito disse na sexta-feira que a ponte foi destruída e que não há mais ninguém na cidade.",
    "nl": "De burgemeester zei vrijdag dat de brug is opgeblazen en dat er niemand meer in de stad is.",
    "pl": "Burmistrz powiedział w piątek, że most został wysadzony i że w mieście nie ma już nikogo.",
    "cs": "Starosta v pátek řekl, že most byl vyhozen do povětří a že ve městě už nikdo není.",
    "tr": "Belediye başkanı cuma günü köprünün havaya uçurulduğunu ve şehirde kimsenin kalmadığını söyledi.",
    "ru": "Мэр сообщил в пятницу, что мост взорван и в городе никого не осталось, и это был конец.",
    "uk": "Мер повідомив у пʼятницю, що міст підірвано і в місті нікого не залишилося.",
    "ar": "قال رئيس البلدية يوم الجمعة إن الجسر دمر ولم يبق أحد في المدينة",
    "fa": "شهردار روز جمعه گفت که پل منفجر شده و کسی در شهر نمانده است چون پیش از آن گریختند",
    "he": "ראש העיר אמר ביום שישי שהגשר פוצץ ושאיש לא נשאר בעיר",
    "zh": "市长星期五说桥被炸毁城里已经没有人了",
    "ja": "市長は金曜日に橋が爆破され町には誰も残っていないと述べた",
    "ko": "시장은 금요일 다리가 폭파되었으며 도시에 아무도 남지 않았다고 말했다",
    "el": "Ο δήμαρχος είπε την Παρασκευή ότι η γέφυρα ανατινάχθηκε",
    "am": "ከንቲባው ዓርብ ዕለት ድልድዩ ፈርሷል ብለዋል",
}


@pytest.mark.parametrize(("code", "sentence"), SENTENCES.items())
def test_languages(code: str, sentence: str) -> None:
    assert detect(sentence) == code


@pytest.mark.parametrize(
    "words",
    [
        "Ferry hit on the Orla",
        "Kyiv denies claim",
        "Zelenskyy: talks end",
        "9 dead in Łódź, mayor says",
        "Shelling resumes",
        "RSF takes El Fasher",
    ],
)
def test_short_headlines_are_english(words: str) -> None:
    assert detect(words) == "en"


def test_foreign_names_and_quotes_do_not_change_the_language() -> None:
    text = SENTENCES["en"] * 3 + " «" + SENTENCES["fr"] + "» " + "Генштаб ЗСУ " + SENTENCES["en"]
    assert detect(text) == "en"


@pytest.mark.parametrize("words", ["", "12 345 ...", "\u200b"])
def test_what_tells_nothing(words: str) -> None:
    assert detect(words) == "und"


def test_furniture_does_not_count() -> None:
    text = (
        SENTENCES["de"]
        + "\n\nSign up to our newsletter for more of the best stories of the day and the week"
        + "\n\nRead more: the war in the east"
    )
    assert language_of(text, passages.split(text)) == "de"


@given(st.text(max_size=200))
def test_any_text_has_a_code(words: str) -> None:
    assert detect(words).isalpha()
