"""Tags twice in a post, or written another way than the rest of the blog does."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentlint.plugins import bundled
from contentlint.terms import is_slip_of, singular_keys, tag_key, unaccented, with_one_less
from contentlint.testing import findings, flags, silent

RULES = {rule.id: rule for rule in bundled()}
duplicate, variant = RULES["tags/duplicate"], RULES["tags/variant"]
unknown, number = RULES["tags/unknown"], RULES["tags/number"]


@pytest.mark.parametrize(
    ("one", "others"),
    [
        ("Heat Pump", ["heat pump", "heat-pump", "HeatPump", "heat_pump", "HEAT  PUMP"]),
        ("Research & Development", ["research and development", "Research-&-Development"]),
        ("R&D", ["R and D", "r & d"]),
        ("Node.js", ["NodeJS", "node-js"]),
        ("TCP/IP", ["tcp-ip", "TCP IP"]),
        ("Valentine's Day", ["Valentines Day", "valentine’s day"]),
        ("Café", ["cafe\u0301", "CAFÉ"]),
    ],
)
def test_spellings_of_one_tag(one, others):
    assert {tag_key(other) for other in others} == {tag_key(one)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"),
        ("C", "C#"),
        ("React", "Reach"),
        ("CSS", "CS"),
        (".NET", "Net"),
        ("Python 2.1", "Python 21"),
        ("+", "-"),
    ],
)
def test_different_tags(one, other):
    assert tag_key(one) != tag_key(other)


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("heat-pumps", "Heat Pump"),
        ("Batteries", "battery"),
        ("Movies", "Movie"),
        ("Caches", "Cache"),
        ("Dishes", "Dish"),
        ("Knives", "Knife"),
        ("Shelves", "Shelf"),
        ("Heroes", "Hero"),
        ("APIs", "API"),
        ("Kitchen Mice", "kitchen mouse"),
    ],
)
def test_plurals(plural, singular):
    assert tag_key(singular) in singular_keys(plural)


@pytest.mark.parametrize(
    "name", ["News", "Windows", "Glass", "Physics", "Kubernetes", "AWS", "Bus", "", "-"]
)
def test_what_ends_like_a_plural_and_is_none(name):
    assert not singular_keys(name)


@pytest.mark.parametrize("wrong", ["refridgerator", "refrigertor", "refirgerator", "refrigeratur"])
def test_slips(wrong):
    assert is_slip_of(wrong, "refrigerator")
    assert set(with_one_less(wrong)) & set(with_one_less("refrigerator"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("react", "preact"),
        ("vue", "vuex"),
        ("python2", "python3"),
        ("eslint", "tslint"),
        ("webpack", "webpacker"),
        ("vitess", "vitest"),
        ("nuxtjs", "nextjs"),
        ("dryer", "dryer"),
        ("机器学习办法", "机器学习方法"),
    ],
)
def test_what_is_no_slip(one, other):
    assert not is_slip_of(one, other)


def test_letters_without_accents():
    assert unaccented("café") == "cafe"


@pytest.mark.parametrize(
    "post",
    [
        "---\ntags:\n- Dryer\n- ⟦Dryer⟧\n---\n",
        "---\ntags: [Dryer, Oven, ⟦dryers⟧]\ncategories: [Dryer]\n---\n",
        '+++\ntags = ["a", "⟦A⟧"]\n+++\n',
        '{"tags": ["a", "⟦a⟧"]}\n',
        "---\ncategories: Guides, ⟦guides⟧\n---\n",
        "---\nTags: [Dryer, ⟦Dryer⟧]\n---\n",
        "---\ncategory: Dryer, ⟦Dryer⟧\n---\n",
        "---\ntags: [2024, ⟦2024⟧]\n---\n",
        "---\ntags: [Cafe, ⟦Café⟧, ⟦'cafés'⟧]\n---\n".replace("⟦'", "'⟦").replace("'⟧", "⟧'"),
        '+++\n[taxonomies]\ntags = ["a", "⟦A⟧"]\ncategories = ["a"]\n+++\n',
    ],
)
def test_duplicates_in_one_post(post):
    flags(duplicate, post)


def test_a_tag_may_be_a_category_too():
    silent(duplicate, "---\ntags: [Dryer]\ncategories: [Dryer]\n---\n")


BLOG = {f"content/{n}.md": "---\ntags: [Heat Pump]\n---\n" for n in range(3)}


def test_the_usual_spelling_is_suggested():
    (found,) = flags(variant, "---\ntags: [⟦heat pump⟧]\n---\n", files=BLOG)
    assert found.suggestions == ("Heat Pump",)
    assert "3 other posts write" in found.message


def test_two_spellings_in_the_only_post_are_duplicates_and_no_variants():
    silent(variant, "---\ntags: [Heat Pump, heat-pump]\n---\n")
    flags(duplicate, "---\ntags: [Heat Pump, ⟦heat-pump⟧]\n---\n")


def test_of_two_posts_only_one_is_told_to_change():
    for own, other, flagged in [
        ("heat-pump", "Heat Pump", True),
        ("Heat Pump", "heat-pump", False),
    ]:
        files = {"content/other.md": f"---\ntags: [{other}]\n---\n"}
        post = f"---\ntags: [{'⟦' * flagged}{own}{'⟧' * flagged}]\n---\n"
        (flags if flagged else silent)(variant, post, files=files)


def test_only_the_minority_is_reported():
    files = {**BLOG, "content/x.md": "---\ntags: [heat pump]\n---\n"}
    silent(variant, "---\ntags: [Heat Pump]\n---\n", files=files)


@pytest.mark.parametrize("value", ["3", "[1, 2]", "{a: b}", "null", "[[nested]]", "''"])
def test_tags_of_other_types_are_the_schemas_business(value):
    silent(duplicate, f"---\ntags: {value}\n---\n")
    silent(variant, f"---\ntags: {value}\n---\n")


def test_taxonomies_are_configured():
    post = "---\ntags: [a, a]\nextra:\n  topics: [Dryer, ⟦dryer⟧]\n---\n"
    flags(duplicate, post, settings={"tags": {"taxonomies": ["extra.topics"]}})


def test_the_spelling_that_fewer_posts_have_is_the_duplicate():
    flags(duplicate, "---\ntags: [⟦heat-pump⟧, Heat Pump]\n---\n", files=BLOG)
    silent(variant, "---\ntags: [heat-pump, Heat Pump]\n---\n", files=BLOG)


JEKYLL = {"_config.yml": "title: A blog\n", "_posts/2024-01-01-a.md": "---\ntags: dryer\n---\n"}


def test_jekyll_cuts_strings_at_blanks():
    flags(duplicate, "---\ntags: dryer  oven ⟦dryer⟧\n---\n", files=JEKYLL)
    flags(variant, "---\ntags: '⟦dryers⟧ oven'\n---\n", files=JEKYLL)
    silent(duplicate, "---\ntags: dryer oven dryer\n---\n")


def blog(*tags: str, **more: str) -> dict[str, str]:
    """A blog with a post for each of these lists of tags."""
    posts = {f"content/{n}.md": f"---\ntags: [{own}]\n---\n" for n, own in enumerate(tags)}
    return posts | more


@pytest.mark.parametrize(
    ("tag", "usual"),
    [
        ("Refridgerator", "Refrigerator"),
        ("Washing Machne", "Washing Machine"),
        ("Kubernets", "Kubernetes"),
    ],
)
def test_a_tag_that_is_a_slip_of_a_popular_one(tag, usual):
    (found,) = flags(variant, f"---\ntags: [⟦{tag}⟧]\n---\n", files=blog(usual, usual, usual))
    assert found.suggestions == (usual,)
    assert "slip" in found.message
    silent(variant, f"---\ntags: [{tag}]\n---\n", files=blog(usual, usual))  # not popular
    silent(variant, f"---\ntags: [{tag}]\n---\n", files=blog(usual, usual, usual, tag))  # not rare


@pytest.mark.parametrize(
    ("tag", "usual"),
    [
        ("Booking", "Cooking"),
        ("Reacts", "Reach"),
        ("Preact", "React"),
        ("Python 3", "Python 2"),
        ("Contest", "Content"),
        ("Securities", "Security"),
        ("Pâtés", "Pâtes"),
    ],
)
def test_a_tag_that_is_another_word(tag, usual):
    silent(variant, f"---\ntags: [{tag}]\n---\n", files=blog(usual, usual, usual))


def test_accents():
    flags(variant, "---\ntags: [⟦Cafe⟧]\n---\n", files=blog("Café"))
    # Which of the two is meant, nobody can tell.
    silent(variant, "---\ntags: [Pates]\n---\n", files=blog("Pâtes", "Pâtés"))


def test_languages_have_tags_of_their_own():
    words = "Die Wäsche bleibt feucht, wenn das Sieb verstopft ist.\n"
    files = {"content/de/a.md": f"---\ntags: [Software]\n---\n{words}"}
    for folder, flagged in (("en", False), ("de", True)):
        post = f"---\ntags: [{'⟦' * flagged}software{'⟧' * flagged}]\n---\n{words * flagged}"
        path = f"content/{folder}/example.md"
        (flags if flagged else silent)(variant, post, files=files, path=path)


def test_two_tags_with_one_url():
    post = "---\ntags: [⟦What?⟧]\n---\n"
    (found,) = flags(variant, post, files=blog("What", **{"hugo.toml": ""}))
    assert "URL" in found.message
    assert found.fix is None
    silent(variant, "---\ntags: [What?]\n---\n", files=blog("What"))
    for tag in ("C", "C++", "C#"):
        silent(variant, f"---\ntags: [{tag}]\n---\n", files=blog("C, C++, C#", **{"hugo.toml": ""}))


def test_docusaurus_gives_c_and_its_successors_one_url():
    files = blog("C", **{"docusaurus.config.js": "export default {}\n"})
    flags(variant, "---\ntags: [⟦C++⟧]\n---\n", path="blog/a.md", files=files)


@pytest.mark.parametrize(
    "files",
    [
        {"hugo.toml": "", "C.md": "---\ntags: [C++, What]\n---\n"},
        {"config.toml": 'base_url = "https://a.example"\n'},
        {"pelicanconf.py": ""},
        {"docusaurus.config.js": ""},
        {"_config.yml": "", "source/_posts/a.md": ""},
        {"_config.yml": "plugins: [jekyll-archives]\n"},
    ],
    ids=["Hugo", "Zola", "Pelican", "Docusaurus", "Hexo", "Jekyll"],
)
def test_tags_with_one_url(files):
    files = {**files, "content/1.md": "---\ntags: [What]\n---\n"}
    flags(variant, "---\ntags: [⟦What?⟧]\n---\n", path="content/2.md", files=files)


@pytest.mark.parametrize(
    "files",
    [
        {"_config.yml": ""},
        {"pelicanconf.py": "SLUG_REGEX_SUBSTITUTIONS = []\n"},
        {"hugo.toml": 'disableKinds = ["term"]\n'},
        {"hugo.toml": '[taxonomies]\ncategory = "categories"\n'},
        {"eleventy.config.js": ""},
    ],
)
def test_tags_whose_urls_are_not_known(files):
    files = {**files, "content/1.md": "---\ntags: [What]\n---\n"}
    silent(variant, "---\ntags: [What?]\n---\n", path="content/2.md", files=files)


@pytest.mark.parametrize(
    ("tag", "generator", "safe"), [("heat-pump", "hugo.toml", True), ("HeatPump", "hugo.toml", False), ("heat-pump", "x.txt", False)]
)  # fmt: skip
def test_a_fix_is_safe_if_the_page_of_the_tag_stays_where_it_is(tag, generator, safe):
    files = {**BLOG, "content/3.md": BLOG["content/1.md"], generator: ""}
    (found,) = flags(variant, f"---\ntags: [⟦{tag}⟧]\n---\n", files=files)
    assert found.fix is not None
    assert found.fix.safe is safe
    files = {name: text.replace("Heat Pump", "react") for name, text in files.items()}
    (found,) = flags(variant, "---\ntags: [⟦ReAct⟧]\n---\n", files=files)
    assert found.fix is not None
    assert not found.fix.safe
    # Three posts against one may be a matter of taste.
    (found,) = flags(variant, f"---\ntags: [⟦{tag}⟧]\n---\n", files={**BLOG, generator: ""})
    assert found.fix is not None
    assert not found.fix.safe
    assert [edit.text for edit in found.fix.edits] == ["Heat Pump"]


@pytest.mark.parametrize(
    ("tag", "usual"),
    [("⟦its⟧", "'it''s'"), ("'⟦on⟧'", "'On'"), ("⟦a-#b⟧", "'A #b'"), ("⟦a-b⟧", '"-A b"')],
)
def test_what_needs_quotes_is_left_to_people(tag, usual):
    (found,) = flags(variant, f"---\ntags: [{tag}]\n---\n", files=blog(usual, usual))
    assert found.suggestions
    assert found.fix is None


def test_the_configuration_tells_tags_apart_and_together():
    files = blog("React", "React", "Go")
    flags(variant, "---\ntags: [⟦ReAct⟧]\n---\n", files=files)
    told = {"tags": {"distinct": ["ReAct"], "aliases": {"golang": "Go"}}}
    silent(variant, "---\ntags: [ReAct]\n---\n", files=files, settings=told)
    flags(variant, "---\ntags: [⟦Golang⟧]\n---\n", files=files, settings=told)
    flags(duplicate, "---\ntags: [Go, ⟦Golang⟧]\n---\n", files=files, settings=told)
    silent(variant, "---\ntags: [Golang]\n---\n", files=files)


def test_a_list_of_tags_says_which_spelling_is_right():
    told = {"tags": {"canonical": {"tags": ["Heat Pump", "Dryer"]}}}
    files = blog("heat-pump", "heat-pump", "heat-pump")
    flags(variant, "---\ntags: [⟦heat-pump⟧]\n---\n", files=files, settings=told)
    silent(variant, "---\ntags: [Heat Pump]\n---\n", files=files, settings=told)
    (found,) = flags(unknown, "---\ntags: [⟦Dreyr⟧, heat-pump]\n---\n", settings=told)
    assert found.suggestions == ("Dryer",)
    silent(unknown, "---\ntags: [Anything]\n---\n")


def test_how_many_tags_there_may_be():
    limits = {"least": {"categories": 1}, "most": {"tags": 1}}
    flags(number, "⟦---⟧\ntags: [a, ⟦b⟧, c]\n---\n", **limits)
    flags(number, "⟦+++⟧\ncategories = []\n+++\n", **limits)
    silent(number, "---\ntags: a\ncategories: [b]\n---\n", **limits)
    silent(number, "No front matter.\n", **limits)
    silent(number, "---\ntitle: a\n---\n")


def test_a_folder_is_no_language_if_the_text_is_in_another():
    files = {"content/it/a.md": "---\ntags: [Software]\n---\nDo not believe in any magic here.\n"}
    flags(variant, "---\ntags: [⟦software⟧]\n---\n", files=files)


@pytest.mark.slow
def test_a_hundred_thousand_tags_take_no_time():
    many = ", ".join(f"tag{n}x" for n in range(100_000))
    silent(variant, f"---\ntags: [{many}, {'x' * 1_000_000}]\n---\n")


NAMES = st.lists(
    st.sampled_from(["Dryer", "dryer", "Dryers", "C++", "C", "2024", "Café", "a b", "a-b"])
)


@pytest.mark.slow
@given(own=NAMES, other=NAMES)
@settings(max_examples=100, deadline=None)
def test_all_syntaxes_have_the_same_tags(own, other):
    """YAML, TOML and JSON, in lists and, but for names with commas, in strings."""
    files = {"content/other.md": f"---\ntags: {json.dumps(other)}\n---\n"}
    written = json.dumps(own, ensure_ascii=False)
    posts = [
        f"---\ntags: {written}\n---\n",
        "---\ntags:\n" + "".join(f"  - '{name}'\n" for name in own) + "---\n",
        f"+++\ntags = {written}\n+++\n",
        f"+++\n[taxonomies]\ntags = {written}\n+++\n",
        f'{{"tags": {written}}}\n',
        f"---\ntags: '{', '.join(own)}'\n---\n",
    ]
    for rule in (duplicate, variant):
        said = [
            [
                (found.message, post[slice(*found.span)])
                for found in findings(rule, post, files=files)
            ]
            for post in posts
        ]
        assert all(one == said[0] for one in said)
