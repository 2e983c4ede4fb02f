"""Typos that people make, and words that only look like them."""

import pytest

from contentlint.finding import Edit, Fix
from contentlint.plugins import bundled
from contentlint.testing import findings, flags, mend, silent
from contentlint.text import Span

RULES = {rule.id: rule for rule in bundled()}
misspelling = RULES["typos/misspelling"]
repeated, split = RULES["typos/repeated-word"], RULES["typos/split-word"]


@pytest.mark.parametrize(
    ("typo", "right"),
    [
        ("refuigerator", "refrigerator"),
        ("teh", "the"),
        ("recieve", "receive"),
        ("accomodate", "accommodate"),
        ("seperate", "separate"),
        ("definately", "definitely"),
        ("dependancies", "dependencies"),
        ("becuase", "because"),
        ("Dont", "Don't"),
        ("didnt", "didn't"),
        ("Unfortunatly", "Unfortunately"),
        ("enviroment", "environment"),
    ],
)
def test_a_typo_is_flagged_with_the_right_suggestion_first(typo, right):
    (found,) = flags(misspelling, f"⟦{typo}⟧ is what some people write.\n")
    assert found.suggestions[0] == right
    assert len(found.suggestions) <= 5


@pytest.mark.parametrize(
    "post",
    [
        "⟦Seperate⟧ end.\n\n# ⟦Seperate⟧ end\n\n- ⟦seperate⟧ end\n\n| ⟦seperate⟧ | end |\n|---|---|\n",
        "A ![⟦seperate⟧ cat](a.png 'A ⟦seperate⟧ title') sits here.\n",
        "A <b title='A ⟦seperate⟧ title'>cat</b> sits here.\n\n<p>In a ⟦seperate⟧ room.</p>\n",
        '---\ntitle: ⟦Seperate⟧ end\ncover:\n  alt: "⟦seperate⟧ cat"\ndescription: >\n  one\n  ⟦seperate⟧ line\n---\n',
        "See *⟦seperate⟧* **⟦seperate⟧** “⟦seperate⟧” (⟦seperate⟧), ⟦seperate⟧.\n",
        '{{< figure src="x.png" alt="⟦seperate⟧ cat" >}}\n',
        "😀 ⟦seperate⟧ café ⟦seperate⟧\n",
        "In a ⟦seperate⟧\n\nI know, I\n\n⟦seperate⟧ them.\n\n# A ⟦seperate⟧\nA room\n",
    ],
)
def test_prose_is_everywhere(post):
    flags(misspelling, post)


@pytest.mark.parametrize(
    "post",
    [
        "`teh` <code>teh</code> <kbd>teh</kbd> $teh$\n\n    teh\n\n```\nteh\n```\n",
        "https://example.org/teh teh@example.org [x](teh.md) teh.md @teh #teh :teh:\n",
        "---\nslug: teh\nauthor: Teh\nimage: teh.png\n---\n",
        "**s**eperate, s*eperat*e and <b>s</b>eperate\n",
        "{{< teh >}} {% teh %} <!-- teh -->\n",
        "The colour or the color; don't, DON'T and don’t; the writers’ room and Ada's.\n",
        "Use the MacBook, GitHub, JavaScript, PostgreSQL and Kubernetes; NASA and the FBI.\n",
        "A well-known re-run of the pre-release, 3rd of 10x, snake_case and camelCase.\n",
    ],
)
def test_what_is_no_prose_or_no_typo(post):
    silent(misspelling, post)


def test_a_word_of_the_whole_blog_is_no_typo():
    post = "The Frobnizer hums.\n"
    blog = {f"content/{n}.md": f"Post {n} on the Frobnizer.\n" for n in range(5)}
    silent(misspelling, post, files=blog)


def test_the_configured_vocabulary_is_right_in_any_case():
    flags(misspelling, "A ⟦refuigerator⟧.\n")
    silent(
        misspelling, "A refuigerator. Refuigerator!\n", settings={"vocabulary": ("Refuigerator",)}
    )


@pytest.mark.parametrize(
    ("listed", "post"),
    [
        (
            "Refuigerator",
            "A Refuigerator, the refuigerator’s lid, REFUIGERATOR-like, *Refuigerator's* and refuigerator.\n",
        ),
        ("refuigerator", "The Refuigerator's lid.\n"),
        ("refuigerator-ish", "A refuigerator-ish hum; a refuigerator.\n"),
        ("Ku\u0308hlschrank", "Der Kühlschrank.\n"),
        ("o’Reillyish", "An O'Reillyish book.\n"),
        ("refuigerator's", "A refuigerator’s lid, and the refuigerator.\n"),
    ],
)
def test_a_listed_word_is_right_in_any_case_and_with_a_possessive(listed, post):
    silent(misspelling, post, settings={"vocabulary": (listed,)})


@pytest.mark.parametrize(
    ("listed", "post"),
    [
        ("heatpumpify", "We ⟦heatpumpfy⟧ old houses.\n"),
        ("Frobnizer", "The ⟦Frobnzier⟧ hums.\n"),
        ("Kubernetes", "It runs on ⟦Kuberntes⟧ now.\n"),
    ],
)
def test_a_listed_word_may_have_been_meant(listed, post):
    (found,) = flags(misspelling, post, settings={"vocabulary": (listed,)})
    assert found.suggestions[0] == listed


@pytest.mark.parametrize("word", ["Frobnizers", "kubelets", "Zigbees", "coinswaps"])
def test_the_plural_of_a_listed_word_is_not_said_to_be_misspelt(word):
    silent(misspelling, f"Two {word} hum.\n", settings={"vocabulary": (word[:-1],)})


def test_front_matter_is_prose_under_the_configured_keys():
    post = "---\ntitle: A ⟦seperate⟧ room\npull_quote: {}\n---\n"
    flags(misspelling, post.format("seperate"))
    flags(
        misspelling,
        "---\ntitle: A seperate room\nbox:\n  Pull_Quote: A ⟦seperate⟧ room\n---\n",
        settings={"prose_keys": ("PULL_quote",)},
    )


def test_only_the_certain_tier_is_fixed_without_an_eye():
    (listed,) = findings(misspelling, "We recieve mail.\n")
    (guessed,) = findings(misspelling, "A refuigerator hums.\n")
    assert listed.fix == Fix((Edit(Span(3, 10), "receive"),))
    assert guessed.fix == Fix((Edit(Span(2, 14), "refrigerator"),), safe=False)


@pytest.mark.parametrize(
    "post",
    [
        "# How to recieve it\n",
        "How to recieve it\n---\n",
        "See [how to recieve it].\n\n[how to recieve it]: /there/\n",
        "See ![how to recieve it][].\n\n[how to recieve it]: a.png\n",
        "See [[how to recieve it]].\n",
        "A recieve-station, with recieve's help.\n",
        "One Recieve is at hand.\n",
        "Say “recieve” and [recieve](/there/) it.\n",
        "This is re?recieve it.\n",
    ],
)
def test_what_may_be_a_name_or_have_links_needs_an_eye(post):
    fixes = [finding.fix for finding in findings(misspelling, post)]
    assert fixes
    assert not any(fix and fix.safe for fix in fixes)


@pytest.mark.parametrize(
    "post",
    [
        "# How to recieve it {#it}\n",
        "See [how to recieve it](/there/), ![we recieve it](a.png) it.\n",
        "It is teh one (we recieve it): recieve, *and recieve*, recieve.\n",
        "Dont do it.\n",
        "---\ndescription: How to recieve it\n---\n",
        "---\ntitle: How to recieve it\n---\n",  # the URL is made of the name of the file
    ],
)
def test_what_is_certain_needs_none(post):
    fixes = [finding.fix for finding in findings(misspelling, post)]
    assert fixes
    assert all(fix and fix.safe for fix in fixes)


def test_a_title_of_which_the_url_is_made_needs_an_eye():
    files = {"pelicanconf.py": "SITEURL = ''\n"}
    where = {"files": files, "path": "content/first.md"}
    for slug, safe in (("", False), ("slug: first\n", True)):
        post = f"---\ntitle: How to recieve it\ndate: 2026-01-02\n{slug}---\n\nText.\n"
        (finding,) = findings(misspelling, post, **where)
        assert finding.fix
        assert finding.fix.safe is safe


def test_a_fix_never_puts_an_apostrophe_into_a_front_matter_string():
    (title, body) = findings(misspelling, "---\ntitle: 'We didnt know'\n---\nWe didnt know.\n")
    assert title.fix is None
    assert body.fix is not None


GERMAN = (
    "Die meisten Geräte lassen sich leicht reparieren, wenn man weiß, wo der Fehler liegt. Zuerst "
    "zieht man den Stecker, danach nimmt man die Abdeckung ab und prüft, ob Wasser im Behälter "
    "steht. Ein verstopfter Filter ist die häufigste Ursache und schnell gereinigt.\n"
)


def test_a_post_in_another_language_is_not_checked_as_english():
    silent(misspelling, GERMAN)
    silent(misspelling, "你好世界。我们写代码，" * 40 + "teh seperate recieve\n")
    silent(misspelling, "---\nlang: nl\n---\nEen koelkast, seperate recieve.\n")
    flags(misspelling, "---\nlang: en-GB\n---\nA ⟦seperate⟧ room.\n")


def test_pieces_of_words_beside_undecodable_bytes_are_no_typos():
    data = b"The caf\xe9, the fa\xe7ade and a seperate room with more words around them.\n"
    assert [finding.message.split("`")[1] for finding in findings(misspelling, data)] == [
        "seperate"
    ]


# ---- repeated words ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "post",
    [
        "Open the ⟦the⟧ door, and the ⟦the⟧, well, the other one of ⟦of⟧ them.\n",
        "The ⟦the⟧ door is open. It is open. A ⟦a⟧ door!\n",
        "# How to ⟦to⟧ clean it\n\nIt is not clear to\n⟦to⟧ me.\n",
        "- one of the\n  ⟦the⟧ doors\n\n> and the\n> ⟦the⟧ other\n>\n> > the\n> > ⟦the⟧ third\n",
        "---\ntitle: The end of ⟦of⟧ it\nsummary: >\n  the\n  ⟦the⟧ end\n---\n",
        "| a | b |\n|---|---|\n| in the ⟦the⟧ oven | of |\n",
        "![A photo of the ⟦the⟧ oven](a.png), and *the end of ⟦of⟧ it*.\n",
        "For this you need the solution ⟦solution⟧ with the soap in it.\n",
        "😀 the ⟦the⟧ café’s the ⟦the⟧ end\n",
        "It is in the box and don't ⟦don't⟧ or don’t ⟦don’t⟧ open it.\n",
        "This is ⟦is⟧ it, and I've still ⟦still⟧ got the soap with me.\n",
    ],
)
def test_a_repeated_word_is_seen(post):
    flags(repeated, post)


@pytest.mark.parametrize(
    "post",
    [
        "He had had enough of it. I know that that is so, and what it is is clear to me.\n",
        "It is very very cold, no no, so so, bye bye. It was a long long time ago.\n",
        "In Baden Baden and in Bora Bora we ate mahi mahi, and heard Duran Duran.\n",
        "The the the end of it. Tick tock tock tock.\n",
        "What to log in in time to, and somebody to talk to to get it.\n",
        "In [the](/a) the end, the [the](/a) end, `the` the end, the <b>the</b> end.\n",
        "# The\n\nThe end.\n\n- the\n- the\n\nThe\n\nthe end.\n\n1. of\n2. of\n",
        "| the | the |\n|-----|-----|\n| the | the |\n\nthe  \nthe\n",
        "It is the. The the-end of the, the end. Vitamin A a day. The (the) end. Write “the the” once.\n",
        "x = the the = of the of | the\n",
        "Wir sehen in der Übersicht, dass die die Guten sind, und so weiter.\n",
        "Nous nous sommes vus. C'est vous vous qui le dites, et les les autres.\n",
        "-rw-r--r-- 1 root root 4096 for the file of that, which is in this.\n",
        "---\nslug: the the\nauthor: of of\n---\n",
    ],
)
def test_what_stands_twice_on_purpose(post):
    silent(repeated, post)


def test_words_that_the_configuration_allows():
    post = "Some of the food in this place with pipi pipi is for you.\n"
    assert len(findings(repeated, post)) == 1
    silent(repeated, post, allowed=["Pipi"])


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_second_goes_with_what_stands_before_it(line_end):
    post = f"> Out of the{line_end}> the oven for for me.{line_end}"
    found = findings(repeated, post)
    assert mend(post, found) == f"> Out of the oven for me.{line_end}"
    assert [finding.fix.safe for finding in found if finding.fix] == [True, False]


# ---- split words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marked", "joined"),
    [
        ("I will ⟦trouble shoot⟧ it.\n", "troubleshoot"),
        ("# ⟦Trouble shooting⟧\n", "Troubleshooting"),
        ("- ⟦when\n  ever⟧ you like\n", "whenever"),
        ("> ⟦further\n> more⟧, this\n", "furthermore"),
        ("---\ntitle: ⟦An other⟧ way\n---\n", "Another"),
    ],
)
def test_a_split_word_is_seen(marked, joined):
    (found,) = flags(split, marked)
    assert found.suggestions == (joined,)
    assert found.fix == Fix((Edit(found.span, joined),), safe=False)


@pytest.mark.parametrize(
    "post",
    [
        "Every day it may be that any one of us has to log in and set up the home page.\n",
        "In trouble, shoot. In `trouble` shoot. Trouble\n\nshoot. Trouble-shoot. Trouble Shoot.\n",
        "- trouble\n- shoot\n\n# Trouble\nshoot\n\n[trouble](/a) shoot\n\ntrouble  \nshoot\n",
        "In side projects, bring up load balancers, which makes it self managed.\n",
        "Key board members passed word to the first class rooms of the second hand book shop.\n",
        "What ever happened to the net work done on the guide lines below the tool bar?\n",
    ],
)
def test_two_words_that_belong_apart(post):
    silent(split, post)


def test_the_compounds_of_the_list_are_words():
    # The last one of a line is as much on it as the others.
    flags(split, "\n\n".join(f"⟦{pair}⟧" for pair in ("nick name", "sea side", "your selves")))


@pytest.mark.parametrize("word", ["orstrategy", "inthe", "tothe", "ofthe"])
def test_words_that_run_together(word):
    (found,) = flags(misspelling, f"It is a plan ⟦{word}⟧ that we have.\n")
    assert " " in found.suggestions[0]
