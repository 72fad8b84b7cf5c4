"""Handbooks of many site generators: what people read holds no marks of them, and links lead on. Knows no database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from watercooler.config.commands.import_handbook import why_nothing
from watercooler.doors.importing.handbook import contents, folder, front
from watercooler.doors.importing.handbook.headings import without_title
from watercooler.doors.importing.handbook.links import Addresses, Rewriting
from watercooler.doors.importing.handbook.words import Words


def turned(text: str, **how) -> str:
    return Words(lambda _path: None, **how)(text).strip()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('!!! note "Mind"\n    Hot.\n\n    Very.\n\nAfter.', "> **Mind**\n>\n> Hot.\n>\n> Very.\n\nAfter."),
        ("!!! warning\n    Hot.", "> **Warning**\n>\n> Hot."),
        ('!!! tip ""\n    Cool.', "> Cool."),
        ('??? question "Why?"\n    So.', "> **Why?**\n>\n> So."),
        ('=== "Tea"\n\n    Leaves.\n\n=== "Coffee"\n\n    Beans.', "**Tea**\n\nLeaves.\n\n**Coffee**\n\nBeans."),
        (":::tip\n\nCool.\n\n:::", "> **Tip**\n>\n> Cool."),
        (":::note Mind this\nHot.\n:::", "> **Mind this**\n>\n> Hot."),
        ("::: info [Mind]\nHot.\n:::", "> **Mind**\n>\n> Hot."),
        ("::::note\nOut.\n:::tip\nIn.\n:::\n::::", "> **Note**\n>\n> Out.\n>\n> > **Tip**\n> >\n> > In."),
        ("::: code-group\nSee.\n:::", "See."),
        ("::: details More\nLong.\n:::", "> **More**\n>\n> Long."),
        ("> [!WARNING]\n> Hot.", "> **Warning**\n>\n> Hot."),
        ("> [!tip]- Mind\n> Hot.", "> **Mind**\n>\n> Hot."),
        ('{% hint style="danger" %}\nHot.\n{% endhint %}', "> **Danger**\n>\n> Hot."),
        ('{% tabs %}\n{% tab title="Tea" %}\nLeaves.\n{% endtab %}\n{% endtabs %}', "**Tea**\n\nLeaves."),
        ('{% embed url="https://kiln.example/film" %}', "[film](<https://kiln.example/film>)"),
        ('<Note>\n  Hot.\n</Note>', "> **Note**\n>\n> Hot."),
        ('<Callout type="warning" title="Mind">Hot.</Callout>', "> **Mind**\n>\n> Hot."),
        ('<Tabs>\n  <TabItem value="a" label="Tea">\n    Leaves.\n  </TabItem>\n</Tabs>', "**Tea**\n\nLeaves."),
        ('<Card title="Kilns" href="/kilns">How they burn.</Card>', "- [Kilns](/kilns): How they burn."),
        ('See <Link to="/kilns">kilns</Link>.', "See [kilns](/kilns)."),
        ("import X from '@site/x'\n\nWords.\n\n{/* hush */}<X a={{b: 1}} />", "Words."),
        ("import a lot of clay from the shed\n", "import a lot of clay from the shed"),
        ("Write <NAME> and <Your name> there.", "Write <NAME> and <Your name> there."),
        ("Hot.[^1] Cold.[^b]\n\n[^1]: As *fire*.\n[^b]: As ice.", "Hot.¹ Cold.²\n\n---\n\n1. As *fire*.\n2. As ice."),
        ("Kiln\n: An oven.\n", "**Kiln**\n\n- An oven."),
        ("## Head {#own .big}\n\nWords.{: .lead}", "## Head\n\nWords."),
        ("[TOC]\n\nWords.", "Words."),
        ("* This will become a table of contents\n{:toc}\n\nWords.", "Words."),
        ("*[HTML]: Hyper\n\n:material-check: Done :tada: at 10:30:15.", "Done 🎉 at 10:30:15."),
        ("A ==light== word, a == b == c.", "A **light** word, a == b == c."),
        ("{{ '/kilns/' | relative_url }} {{< /* x */ >}}", "/kilns/"),
        ("[a]({{ site.repository }}/x) {{ page.owner }}", "[a](https://code.example/x) Ines"),
        ("{% for x in site.y %}{{ x.z }}{% endfor %}Words.", "Words."),
        ("{% highlight ruby %}\n<b>{% x %}\n{% endhighlight %}", "```ruby\n<b>{% x %}\n```"),
        ('{{< button href="/x" >}}Go{{< /button >}}', "[Go](/x)"),
        ('A {{< glossary_tooltip text="pod" term_id="pod" >}} runs.', "A pod runs."),
        ('<%= link_to "Kilns", "/kilns" %><% if x %> hot<% end %>', "[Kilns](/kilns) hot"),
        ("<pre><code class=\"language-sh\">a &lt; <b>b</b></code></pre>", "```sh\na < b\n```"),
        ("Line<br>\n\nNext", "Line\n\nNext"),
    ],
)  # fmt: skip
def test_marks_of_site_generators_become_words(text, said):
    found = turned(text, front={"owner": "Ines"}, values={"repository": "https://code.example"})
    assert "\n".join(line.rstrip() for line in found.split("\n")) == said


def test_a_footnote_ends_where_the_next_or_a_link_s_address_begins():
    said = turned("A.[^1] B.[^2] [c]\n\n  [^1]:\n    One\n    more.\n\n    And more.\n\n  [^2]: Two.\n\n  [c]: /c\n")
    assert said == "A.¹ B.² [c]\n\n  [c]: /c\n\n---\n\n1. One more. And more.\n2. Two."


def test_code_in_a_note_stays_whole_and_in_the_note():
    text = "!!! note\n    Do:\n\n    ```sh\n    a\n      :::b\n    ```\n\nAfter."
    assert turned(text) == "> **Note**\n>\n> Do:\n>\n> ```sh\n> a\n>   :::b\n> ```\n\nAfter."


def test_what_is_included_is_turned_once_with_its_code():
    def included(path):
        return {"a.md": ":::note\nHot.\n:::\n\n```\n<b>\n```"}.get(path)

    assert Words(included)('{{< include "a.md" >}}').strip() == "> **Note**\n>\n> Hot.\n\n```\n<b>\n```"


def test_a_page_that_includes_itself_ends():
    assert turned_in_circles().count("a") == 4


def turned_in_circles() -> str:
    return Words(lambda _path: 'a {{< include "a.md" >}}')('a {{< include "a.md" >}}')


@pytest.mark.parametrize("mark", ["```{include} a.md\n```\n", '{{< include "a.md" >}}\n\n', "{{#include a.md}}\n"])
def test_a_page_that_includes_itself_a_hundred_times_ends(mark):
    asked = []
    Words(lambda path: asked.append(path) or mark * 100)(mark * 100)
    assert 0 < len(asked) <= 500


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ('{"title": "Kilns", "tags": ["a", 2], "x": {"y": null}}\n\nText', {"title": "Kilns", "tags": ["a", "2"]}),
        ('+++\ntitle = "Kilns"\ndate = 2021-05-04\n[menu]\nweight = 3\n+++\nText',
         {"title": "Kilns", "date": "2021-05-04", "menu.weight": "3"}),
        ("---\ntitle: >-\n  Kilns\n  and clay\nsidebar:\n  order: 2\n---\nText",
         {"title": "Kilns and clay", "sidebar": "", "sidebar.order": "2"}),
        ('---\n"title": "Kilns: \\u00e4 \\"first\\" look" # why\ntags: ["a, b", c]\n---\nText',
         {"title": 'Kilns: ä "first" look', "tags": ["a, b", "c"]}),
        ("---\nauthors:\n  - name: Ines Roth\n    url: x\n  - jun\ntags: [\n  a,\n  b\n]\n---\nText",
         {"authors": ["Ines Roth", "jun"], "tags": ["a", "b"]}),
        ("---\ntitle: Kilns\n...\nText", {"title": "Kilns"}),
        ("---\ntitle: C# for all\ndraft: # later\n---\nText", {"title": "C# for all", "draft": ""}),
    ],
)  # fmt: skip
def test_front_matter_of_all_sorts(text, head):
    assert front.split(text)[:2] == (head, "Text")


@pytest.mark.parametrize("text", ['{"a": 1} is JSON.', "{ a }", "{", '{"a": ' + "[" * 3000])
def test_a_text_that_begins_with_a_brace_is_no_front_matter(text):
    assert front.split(text) == ({}, text, 0)


def lay(base: Path, files: dict[str, str]) -> folder.Folder:
    for name, text in files.items():
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text(text)
    return folder.look(base)


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.mdx", "import X from 'x'\n\n# Kilns <X />\n\nText.", "Kilns"),
        ("a.md", "![badge](https://x.example/b.svg)\n\n<h1 align=center>Kilns</h1>\n\nText.", "Kilns"),
        ("a.md", "<!-- hush -->\n# `kiln` --hot\n\nText.", "kiln --hot"),
        ("a.md", "## Kilns\n\nText.", "Kilns"),
        ("a.md", "Text first.\n\n# Kilns\n\nMore.", "Kilns"),
        ("02-hot-kilns.md", "Text.", "Hot kilns"),
        ("30-day-plan.md", "Text.", "30 day plan"),
        ("_posts/2020-01-02-hot-kilns.md", "Text.", "Hot kilns"),
        ("kilns/index.md", "Text.", "Kilns"),
        ("a.html.md.erb", "---\ntitle: Kilns\n---\nText.", "Kilns"),
        ("a.mkd", "Kilns\n=====\n\nText.", "Kilns"),
        ("a.md", "---\nsidebar_label: Kilns\n---\nText.", "Kilns"),
    ],
)
def test_titles(name, text, title, tmp_path):
    looked = lay(tmp_path, {name: text})
    assert looked.pages[name].title == title


def test_a_title_is_not_said_twice():
    assert without_title("# Kilns\n\nText.", "Kilns") == "Text."
    assert without_title("Kilns\n=====\n\nText.", "Kilns") == "Text."
    assert without_title("Text.\n\n## Kilns\n\nMore.", "Kilns") == "Text.\n\n## Kilns\n\nMore."


def rewritten(looked: folder.Folder, path: str, words: str) -> str:
    rewriting = Rewriting(
        Addresses(looked, lambda p: f"/a/{p}", lambda s: f"/c/{s}"), looked.pages[path], lambda p: f"/f/{p}"
    )
    said = rewriting(words)
    assert not rewriting.broken, rewriting.broken
    return said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("[x](b.md)", "[x](/a/docs/b.md)"),
        ("[x](./B)", "[x](/a/docs/b.md)"),
        ("[x](b/)", "[x](/a/docs/b.md)"),
        ("[x](b.html#two)", "[x](/a/docs/b.md#part-2)"),
        ("[x](b.md#own)", "[x](/a/docs/b.md#part-2)"),
        ("[x](b.md#named)", "[x](/a/docs/b.md#part-1)"),
        ("[x](b.md#readme)", "[x](/a/docs/b.md)"),
        ("[x](/b)", "[x](/a/docs/b.md)"),
        ("[x](/handbook/b)", "[x](/a/docs/b.md)"),
        ("[x](https://docs.kiln.example/handbook/b/)", "[x](/a/docs/b.md)"),
        ("[x](https://other.example/b)", "[x](https://other.example/b)"),
        ("[x](two%20words.md)", "[x](/a/docs/two words.md)"),
        ("[x](/clay)", "[x](/a/docs/03-clay.md)"),
        ("[x](/own-slug)", "[x](/a/docs/slug.md)"),
        ("[x](/2020/01/02/news.html)", "[x](/a/docs/_posts/2020-01-02-news.md)"),
        ("[x](/2020-01-02-news)", "[x](/a/docs/_posts/2020-01-02-news.md)"),
        ("[x](../other/deep/page.md)", "[x](/a/docs/far/deep/page.md)"),
        ("[b.md](b.md)", "[Bee](/a/docs/b.md)"),
        ("[[b]]", "[b](/a/docs/b.md)"),
        ("[[Bee#two|words]]", "[words](/a/docs/b.md#part-2)"),
        ("[[words|Two words]]", "[words](/a/docs/two words.md)"),
        ("[[far/deep/Page]]", "[far/deep/Page](/a/docs/far/deep/page.md)"),
        ("![[oven.png|300]]", "![oven.png](/f/docs/static/img/oven.png)"),
        ("![o](/img/Oven.png)", "![o](/f/docs/static/img/oven.png)"),
        ("![o](@site/static/img/oven.png)", "![o](/f/docs/static/img/oven.png)"),
        ("![o](https://x.example/o.png)", "[o](https://x.example/o.png)"),
        ("[![o](https://x.example/o.png)](b.md)", "[o](/a/docs/b.md)"),
    ],
)
def test_links_of_many_houses_lead_on(words, said, tmp_path):
    looked = lay(
        tmp_path,
        {
            "mkdocs.yml": "site_url: https://docs.kiln.example/handbook/\n",
            "docs/a.md": "# A\n\nText.",
            "docs/b.md": '# Bee\n\n<a id="named"></a>\n\n## One\n\nText.\n\n## Two {#own}\n\nText.',
            "docs/two words.md": "Text.",
            "docs/03-clay.md": "Text.",
            "docs/slug.md": "---\nslug: /own-slug\n---\nText.",
            "docs/_posts/2020-01-02-news.md": "Text.",
            "docs/far/deep/page.md": "Text.",
            "docs/static/img/oven.png": "x",
        },
    )
    assert rewritten(looked, "docs/a.md", words).replace("<", "").replace(">", "") == said


def test_what_only_serves_other_pages_is_no_page(tmp_path):
    looked = lay(
        tmp_path,
        {
            "a.md": "# A\n\nText.",
            "SUMMARY.md": "* [A](a.md)",
            "_Sidebar.md": "[[A]]",
            "_includes/part.md": "Part.",
            "_part.mdx": "Part.",
            ".github/pull.md": "Hush.",
            "old.rst": "Old\n===",
            "empty.md": "---\ntitle: Nothing\n---\n",
        },
    )
    assert set(looked.pages) == {"a.md"}
    assert looked.left_out["old.rst"] == "reStructuredText, which is not read"
    assert {"in a hidden folder", "only lists other pages", "only a part of other pages", "empty"} <= set(
        looked.left_out.values()
    )


@pytest.mark.parametrize(
    "files",
    [
        {"SUMMARY.md": "* [Z](z.md)\n* [M](m/README.md)\n* [A](a.md)\n", "m/README.md": "# M\n\nText."},
        {"mkdocs.yml": "nav:\n  - Z: z.md\n  - Middle:\n    - m/README.md\n  - a.md\n", "docs/z.md": "# Z\n\nx",
         "docs/m/README.md": "# M\n\nText.", "docs/a.md": "# A\n\nx"},
        {"z.md": "---\nsidebar_position: 1\n---\n# Z\n\nx", "m/README.md": "# M\n\nx",
         "m/_category_.json": json.dumps({"label": "M", "position": 2}), "a.md": "---\nweight: 3\n---\n# A\n\nx"},
        {"01-z.md": "# Z\n\nx", "02-m/README.md": "# M\n\nx", "03-a.md": "# A\n\nx"},
    ],
    ids=["gitbook", "mkdocs", "numbers", "names"],
)  # fmt: skip
def test_contents_keep_the_order_of_the_site(files, tmp_path):
    plain = {"z.md": "# Z\n\nText.", "a.md": "# A\n\nText."} if "SUMMARY.md" in files else {}
    looked = lay(tmp_path, plain | files)
    order = sorted(looked.pages.values(), key=contents.Order(looked).of)
    assert [page.title for page in order] == ["Z", "M", "A"]


def test_folders_are_called_as_the_site_calls_them(tmp_path):
    looked = lay(
        tmp_path,
        {
            "a/_category_.json": '{"label": "First steps"}',
            "a/x.md": "Text.",
            "b/_index.md": "---\ntitle: Pay\n---\n",
            "b/x.md": "Text.",
        },
    )
    assert [contents.title(looked, name) for name in ("a", "b")] == ["Contents: First steps", "Contents: Pay"]


def test_a_folder_without_markdown_is_refused_with_what_it_holds(tmp_path):
    looked = lay(tmp_path, {"index.rst": "Kilns\n=====", "more.rst": "More\n====", "logo.png": "x"})
    assert why_nothing(looked).startswith(f"{tmp_path.name} holds no Markdown, but 2 files of reStructuredText")
    (empty := tmp_path / "empty").mkdir()
    assert why_nothing(folder.look(empty)) == "empty holds no page: no file of it is Markdown."
    assert "1 not text" in why_nothing(lay(empty, {"a.md": "# A\n\0"}))


BOOK = """\
(top)=
# Start

```{toctree}
:maxdepth: 2

guide/start
Second <guide/second.md>
*
```

```{note}
Mind **this**.
```

:::{admonition} Careful
:class: warning
Hot.
:::

```{figure} pot.png
:alt: A pot
The pot.
```

```{code-block} python
:linenos:
print("```{note}")
```

````{tab-set}
```{tab-item} Tea
Leaves.
```
````

```{r setup}
x <- 1
```

See {doc}`guide/start`, {doc}`the second <guide/second>`, {term}`Kiln` and {kbd}`Ctrl`; `{doc}` stays.
% nobody reads this
"""


def test_marks_of_sphinx_are_what_they_mean():
    said = turned(BOOK)
    for words in (
        "- [guide/start](guide/start)\n- [Second](guide/second.md)",
        "> **Note**\n>\n> Mind **this**.",
        "> **Careful**\n>\n> Hot.",
        "![A pot](pot.png)\n\nThe pot.",
        'python\nprint("```{note}")\n',
        "**Tea**\n\nLeaves.",
        "x <- 1",
        "See [guide/start](guide/start), [the second](guide/second), Kiln and `Ctrl`; `{doc}` stays.",
    ):
        assert words in said
    assert ":maxdepth:" not in said
    assert "tab-set" not in said
    assert "nobody" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{#include one/two.md}}", "More."),
        ("{{#title Kiln}}\n\nWords.", "Words."),
        ('<i class="fas fa-fire"></i> Hot', "Hot"),
        ("{{< tabpane text=true >}}\nWords.\n{{< /tabpane >}}", "Words."),
    ],
)
def test_marks_that_left_signs_behind_leave_none(text, said):
    assert Words(lambda _path: "More.")(text).strip() == said
