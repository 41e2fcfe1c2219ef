"""The question in words that public forms ask."""

import re
from datetime import timedelta

import pytest
from captcha.models import CaptchaStore
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from mypart_wagtail.captcha import WORDS, WordsCaptcha, ask, key_of, question
from tests.journeys.question import answer_to

pytestmark = pytest.mark.django_db


class Form(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["captcha"] = WordsCaptcha()


def answered(store: CaptchaStore, typed: str) -> Form:
    return Form({"captcha_0": store.hashkey, "captcha_1": typed})


def stored(challenge: str, response: str) -> CaptchaStore:
    return CaptchaStore.objects.create(challenge=challenge, response=response)


def test_the_question_is_asked_in_the_language_of_the_page():
    store = stored("coat,horse,friday", "horse")
    with override("en"):
        assert question(store) == "Which of these words is an animal: coat, horse, Friday?"
    with override("pl"):
        assert question(store) == "Które z tych słów to zwierzę: płaszcz, koń, piątek?"


def test_every_question_fits_the_store_and_has_one_answer():
    for _try in range(200):
        store = ask()
        kinds = [kind for key in store.challenge.split(",") for kind in WORDS if key in WORDS[kind]]
        assert len(set(kinds)) == 3
        assert len(store.challenge) <= 32


class DeclaringForm(forms.Form):
    """Names the field in its class, so that Django copies it for each form."""

    captcha = WordsCaptcha()


def test_the_label_of_the_box_is_the_question_and_a_reader_hears_it():
    html = str(Form()["captcha"].label_tag())
    assert "Which of these words is" in html
    assert 'for="id_captcha_1"' in html


def as_read(form: forms.Form) -> dict[str, str]:
    """What is posted by a reader who answers the question that stands beside the box."""
    html = str(form)
    key = re.search(r'name="captcha_0" value="(\w+)"', html)[1]
    return {"captcha_0": key, "captcha_1": answer_to(html)}


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("form", [Form, DeclaringForm])
def test_the_answer_to_the_question_on_the_page_is_right(form, language):
    with override(language):
        for _try in range(20):
            assert form(as_read(form())).is_valid()


def test_after_a_wrong_word_the_new_question_on_the_page_is_the_one_that_counts():
    again = Form(as_read(Form()) | {"captcha_1": "nonsense"})
    assert not again.is_valid()
    assert Form(as_read(again)).is_valid()


def test_a_form_that_is_right_asks_no_new_question():
    typed = as_read(Form())
    before = CaptchaStore.objects.count()
    Form(typed).is_valid()
    assert CaptchaStore.objects.count() == before - 1


@pytest.mark.parametrize("typed", ["koń", "KOŃ", " kon. ", "„koń”", "horse", "Horse"])
def test_capitals_accents_and_the_language_make_no_difference(typed):
    assert answered(stored("coat,horse,friday", "horse"), typed).is_valid()


@pytest.mark.parametrize("typed", ["płaszcz", "coat", "", "zzz", "koń koń", "1' OR '1'='1", "🐴"])
def test_another_word_is_refused(typed):
    form = answered(stored("coat,horse,friday", "horse"), typed)
    assert not form.is_valid()
    assert "captcha" in form.errors


def test_an_answer_longer_than_any_word_is_not_even_read():
    """To put a million marks in order takes minutes."""
    assert key_of("koń" + "\u0316\u0301" * 500_000) == ""
    assert key_of(" " * 100 + "koń") == ""


def test_a_question_is_answered_once():
    store = stored("coat,horse,friday", "horse")
    assert answered(store, "horse").is_valid()
    assert not answered(store, "horse").is_valid()


def test_a_question_waits_for_a_day_for_its_answer(monkeypatch):
    form = as_read(Form())
    later = timezone.now() + timedelta(hours=23)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert Form(form).is_valid()


def test_an_old_question_is_not_taken_and_its_answer_is_not_called_wrong():
    store = stored("coat,horse,friday", "horse")
    CaptchaStore.objects.update(expiration=timezone.now() - timedelta(seconds=1))
    form = answered(store, "horse")
    assert "This question was answered before, or it is a day old." in form.errors["captcha"][0]


def test_tampered_answers_are_refused_not_crashed_on():
    with pytest.raises(ValidationError):
        WordsCaptcha().clean(["nokey", "horse"])
    with pytest.raises(ValidationError):
        WordsCaptcha().clean(None)


def test_no_two_words_of_different_kinds_read_the_same():
    for language in ("pl", "en"):
        with override(language):
            words = [str(words[key]) for words in WORDS.values() for key in words]
            assert len(words) == len(set(words))
            assert all(key_of(word) for word in words)
