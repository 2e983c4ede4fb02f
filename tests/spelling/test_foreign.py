"""Passages in another language inside English posts are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.document import Document
from contentlint.facts import collect
from contentlint.plugins import bundled
from contentlint.spelling import Lexicon
from contentlint.spelling.foreign import guess, mark
from contentlint.spelling.unknown import FOREIGN, Candidate
from contentlint.testing import flags, silent
from contentlint.text import Source
from contentlint.words import tokens

misspelling = next(rule for rule in bundled() if rule.id == "typos/misspelling")
LEXICON = Lexicon()

SENTENCES = [
    "Je ne regrette rien, dit-elle avec insistence",
    "Nous avons débranché le frigo pendant que la voisine téléphonait",
    "Der Kühlschrank brummt seit Tagen und niemand weiß warum",
    "El frigorífico hace un ruido extraño por las noches",
    "Bisogna staccare la spina prima di pulire il filtro con lo spazzolino",
    "A geladeira faz um barulho estranho quando não está cheia",
    "De koelkast maakt al dagen een vreemd geluid in de keuken",
    "Kylskåpet har låtit konstigt sedan vi kom hem från stugan",
    "Nie wiem dlaczego lodówka tak głośno pracuje w nocy",
    "Kulkas ini mengeluarkan suara aneh sejak kemarin malam",
    "Jääkaappi pitää outoa ääntä joka ikinen yö",
    "Quidquid latine dictum sit, altum videtur esse semper",
]
POSTS = [
    "She unplugged it.\n\n{}.\n\nThen it was quiet.\n",
    "She unplugged it.\n\n> {}!\n",
    "- {}\n- He nodded.\n",
    "## {}\n",
    'Then she said, "{}", and unplugged it.\n',
    "Then she said: *{}*, and unplugged it.\n",
    "Then she said {} and she unplugged it.\n",
    "<p>{}</p>\n",
    "---\ndescription: '{}'\n---\n",
]


def unknown(text):
    return collect(Document(Source("post.md", text)), "post.md", LEXICON).unknown


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("post", POSTS)
def test_sentences_in_other_languages_are_no_typos(post, sentence):
    silent(misspelling, post.format(sentence))


@pytest.mark.parametrize(
    "post",
    [
        "We ⟦recieved⟧ the new filter yesterday and it is ⟦definately⟧ too small.\n",
        "## ⟦Recieved⟧ packages\n",
        "- ⟦recieved⟧ packages\n- ⟦definately⟧ small ⟦filtres⟧\n",
        "Then ⟦teh⟧ packages ⟦arived⟧.\n",
        "Slackbot had ⟦recieved⟧ packages.\n",
        "*Je ne regrette rien de rien*, she said, and ⟦recieved⟧ the filter.\n",
        "Juan de la Cruz ⟦recieved⟧ it ⟦definately⟧.\n",
        "> Je ne regrette rien de rien.\n\nWe ⟦recieved⟧ it and ⟦definately⟧ like it.\n",
    ],
)
def test_english_with_typos_is_no_other_language(post):
    flags(misspelling, post)


@pytest.mark.parametrize(
    "post",
    [
        'He said <span lang="fr">cest magnifque</span> and ⟦teh⟧ rest.\n',
        "<div lang='de'>\n\nDas ist teh.\n\n<div>teh</div> teh\n\n</div>\n\n⟦teh⟧\n",
        '<div lang="ja"><p>teh</p>\n<div>teh</div>teh</div>\n\n⟦teh⟧\n',
        '<p lang="en-GB">⟦teh⟧</p>\n',
        '<p lang="python">⟦teh⟧</p>\n',
        '<img lang="fr" src="a.png" />\n\n⟦teh⟧\n',
        '<p lang="fr">teh</p>\r\n\r\n🙂 ⟦teh⟧\r\n',
        '<p lang="fr">never closed\n\n⟦teh⟧\n',
    ],
)
def test_elements_that_name_their_language(post):
    flags(misspelling, post)


def test_words_of_other_languages_count_for_the_vocabulary():
    found = unknown("Je ne regrette rien, dit-elle avec insistence.\n")
    assert found
    assert all(candidate.context & FOREIGN for candidate in found)


def test_what_is_in_a_span_is_marked():
    found = [Candidate("x", at, at + 1, 1) for at in (0, 2, 4, 6, 8)]
    marked = mark(found, [(6, 8), (2, 5)])
    assert [one.context for one in marked] == [1, 1 | FOREIGN, 1 | FOREIGN, 1 | FOREIGN, 1]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Der Kühlschrank brummt seit Tagen und niemand weiß warum, aber wir sind ruhig."),
        ("fr", "Nous avons débranché le frigo pendant que la voisine était dans le jardin."),
        ("es", "El frigorífico hace ruido por las noches, pero nadie sabe cómo se arregla."),
        ("it", "La lavastoviglie non scarica, e nel filtro della pompa sono rimasti dei semi."),
        ("pt", "A geladeira não está cheia, mas faz um barulho estranho quando a porta abre."),
        ("nl", "De koelkast maakt een vreemd geluid in de keuken, maar wij zijn niet bang."),
    ],
)
def test_the_function_words_tell_the_language(code, text):
    assert guess(tokens(text)) == code


def test_too_few_function_words_tell_nothing():
    assert guess(tokens("Jääkaappi pitää outoa ääntä joka ikinen yö")) is None


@given(
    st.lists(
        st.sampled_from(
            [*" ".join(SENTENCES).split(), "the", "and", "teh", "«", "*a*", "\n\n", "🙂"]
        )
    )
)
def test_no_word_is_lost_or_moved(parts):
    text = " ".join(parts)
    for word, start, end, _ in unknown(text):
        assert text[start:end] == word
