"""Each construct of Microsoft Learn's Markdown: what of it is prose, where it links, that nobody complains.

The numbers are those of the catalogue the dialect was written by.
"""

from __future__ import annotations

import time

import pytest

from docbot.config import Config
from docbot.markdown import Document
from docbot.pages import selected
from docbot.rules.interface import Given
from docbot.rules.outdated.bookmark_not_found import BookmarkNotFound
from docbot.rules.outdated.file_not_found import FileNotFound
from docbot.rules.outdated.redirected_link import RedirectedLink
from docbot.rules.outdated.wrong_case_link import WrongCaseLink
from docbot.testing import found_in
from tests.markdown.reading import links, masked, said, titles

RULES = (FileNotFound(), BookmarkNotFound(), RedirectedLink(), WrongCaseLink())


def reported(text: str, **files: str) -> list[tuple[str, str]]:
    """`(rule, excerpt)` of what the rules for links say of the page; in names of files `__` is `.`."""
    given = Given(files={name.replace("__", "."): body for name, body in files.items()})
    return [(found.rule, found.excerpt) for rule in RULES for found in found_in(rule, text, given)]


class TestAlertsAndDivs:
    def test_01_alert(self) -> None:
        text = "> [!NOTE]\n> Some *text*.\n> [!TIP]\n> More.\n"
        assert said(text) == ["Some text. More."]
        assert masked(text, "marker") == ["[!NOTE]", "[!TIP]"]
        assert (links(text), titles(text), reported(text)) == ([], [], [])

    def test_01_alert_with_text_on_the_line_of_the_marker(self) -> None:
        assert said("> [!WARNING] Some text.\n> More.\n") == ["Some text. More."]

    def test_02_checklist(self) -> None:
        text = '> [!div class="checklist"]\n> * One\n> * Two\n\n> [!div `class="checklist"`]\n> * Three\n'
        assert said(text) == ["One", "Two", "Three"]
        assert masked(text, "marker") == ['[!div class="checklist"]', '[!div `class="checklist"`]']
        assert reported(text) == []

    def test_03_next_step_button(self) -> None:
        text = '> [!div class="nextstepaction"]\n> [Next](next.md)\n'
        assert said(text) == ["Next"]
        assert links(text) == [("link", "next.md")]
        assert reported(text, next__md="# Next") == []
        assert reported(text) == [("file-not-found", "next.md")]

    def test_04_selector(self) -> None:
        text = '> [!div class="op_single_selector"]\n> - [A](a.md)\n> - [B](b.md)\n'
        assert said(text) == ["A", "B"]
        assert links(text) == [("link", "a.md"), ("link", "b.md")]
        assert reported(text, a__md="", b__md="") == []

    def test_05_selector_of_two_titles(self) -> None:
        text = (
            '> [!div class="op_multi_selector" title1="Platform" title2="Backend"]\n'
            "> - [(iOS | .NET)](x.md)\n> - [(Android | .NET)](y.md)\n"
        )
        assert said(text) == ["(iOS | .NET)", "(Android | .NET)"]
        assert links(text) == [("link", "x.md"), ("link", "y.md")]
        assert reported(text, x__md="", y__md="") == []

    def test_06_legacy_selector(self) -> None:
        text = "> [AZURE.SELECTOR-LIST (Dropdown1 | Dropdown2 )]\n> - [(A | B)](x.md)\n"
        assert said(text) == ["(A | B)"]
        assert masked(text, "marker") == ["[AZURE.SELECTOR-LIST (Dropdown1 | Dropdown2 )]"]
        assert reported(text, x__md="") == []

    def test_07_other_divs(self) -> None:
        for name in ("mx-tdBreakAll", "mx-imgBorder", "button", "step-by-step", "tabbedCodeSnippets"):
            text = f'> [!div class="{name}"]\n> | A |\n> |---|\n> | b |\n'
            assert said(text) == ["A", "b"]
            assert masked(text, "marker") == [f'[!div class="{name}"]']
            assert reported(text) == []


class TestIncludedAndEmbedded:
    def test_08_video_in_a_quote(self) -> None:
        text = "> [!VIDEO https://www.youtube.com/embed/Q2mMbjw6cLA]\n\nText.\n"
        assert said(text) == ["Text."]
        assert (links(text), reported(text)) == ([], [])

    def test_09_video_directive(self) -> None:
        text = 'Text.\n\n:::video source="https://example.com/v" title="The title" max-width="400":::\n'
        assert said(text) == ["Text."]
        assert (links(text), reported(text)) == ([], [])

    def test_10_include_block(self) -> None:
        text = "[!INCLUDE [The title](../includes/file.md)]\n"
        assert said(text) == []
        assert masked(text, "include") == [text.strip()]
        assert links(text) == [("include", "../includes/file.md")]

    @pytest.mark.parametrize(
        "include",
        [
            "[!INCLUDE [t](x.md)]",
            "[!include[t](x.md)]",
            "[!INCLUDE+ [t](x.md)]",
            "[!INCLUDE- [t](x.md)]",
            "[!INCLUDE []( x.md )]",
            "[!INCLUDE [t](<x.md>)]",
            '[!INCLUDE [t](x.md "title")]',
            "[!INCLUDE [a [b] c](x.md)]",
            r"[!INCLUDE [a \] c](x.md)]",
            "[!INCLUDE [a `b` *c*](x.md)]",
            "[!INCLUDE [a](x.md title)]",
        ],
    )
    def test_10_forms_of_include(self, include: str) -> None:
        text = f"Before {include} after.\n"
        assert said(text) == ["Before after."]
        assert [kind for kind, _ in links(text)] == ["include"]
        page = Document("page.md", text)
        assert page.outline.includes == ("x.md",)
        assert masked(text, "include") == [include]
        assert reported(text, x__md="# X") == []
        assert reported(text) == [("file-not-found", "x.md")]

    def test_10_headings_of_an_include_can_be_linked_to(self) -> None:
        text = "[!INCLUDE [t](x.md)]\n\nSee [it](#inner) and [none](#outer).\n"
        assert reported(text, x__md="## Inner") == [("bookmark-not-found", "#outer")]

    def test_11_include_in_a_sentence(self) -> None:
        text = "Text [!INCLUDE [short](x.md)] text.\n- [!INCLUDE [short](x.md)]\n> [!INCLUDE [short](x.md)]\n"
        assert said(text) == ["Text text."]
        assert links(text) == [("include", "x.md")] * 3
        assert reported(text, x__md="word") == []

    def test_12_snippet_directive(self) -> None:
        snippet = ':::code language="csharp" source="a/b.cs" range="2-24,26" highlight="2,5":::'
        text = f'Text.\n\n{snippet}\n\n:::code source="a/b.cs" id="snippet_Create":::\n'
        assert said(text) == ["Text."]
        assert masked(text, "directive")[0] == snippet
        assert links(text) == [("snippet", "a/b.cs")] * 2
        assert reported(text, **{"a/b__cs": ""}) == []
        assert reported(text) == [("file-not-found", "a/b.cs")] * 2

    def test_12_snippet_in_a_list_and_under_text(self) -> None:
        text = '1. Do this:\n   :::code source="a.cs":::\n\n   :::code source="b.cs":::\n1. Done.\n'
        assert said(text) == ["Do this:", "Done."]
        assert links(text) == [("snippet", "a.cs"), ("snippet", "b.cs")]

    def test_13_interactive(self) -> None:
        text = (
            'Run:\n:::code source="a.ps1" interactive="cloudshell-powershell":::\n\n'
            "```azurecli-interactive\naz login the the\n```\n"
        )
        assert said(text) == ["Run:"]
        assert links(text) == [("snippet", "a.ps1")]

    @pytest.mark.parametrize(
        "target",
        [
            "prog.cs?name=snippet&highlight=1-3",
            "prog.cs#tag",
            "prog.cs#L1-L3",
            "prog.cs?start=1&end=3&dedent=8",
        ],
    )
    def test_14_legacy_snippet(self, target: str) -> None:
        text = f'Text.\n\n[!code-csharp[Main]({target} "title")]\n\n- [!code[]({target})]\n'
        assert said(text) == ["Text."]
        assert links(text) == [("snippet", target)] * 2
        assert reported(text, prog__cs="") == []
        assert reported(text) == [("file-not-found", target)] * 2

    def test_15_snippet_markers_are_code(self) -> None:
        text = "Text.\n\n```csharp\n// <snippet_Create>\na();\n// </snippet_Create>\n#region the the\n```\n"
        assert said(text) == ["Text."]
        assert (links(text), titles(text)) == ([], [])

    def test_16_notebook(self) -> None:
        text = "[!notebook-python[](~/x.ipynb?name=cell)]\n"
        assert said(text) == []
        assert links(text) == [("snippet", "~/x.ipynb?name=cell")]
        assert reported(text) == []

    def test_17_path_into_another_repository(self) -> None:
        text = ':::code source="~/powershell-sdk-samples/a.cs":::\n\n[!INCLUDE [t](~/reusable/x.md)]\n'
        assert links(text) == [("snippet", "~/powershell-sdk-samples/a.cs"), ("include", "~/reusable/x.md")]
        assert reported(text) == []


class TestImages:
    def test_18_image(self) -> None:
        image = (
            ':::image type="content" source="m/a.png" alt-text="Screenshot of *X*. [b](c.md)" '
            'lightbox="m/b.png" link="d.md#e":::'
        )
        text = f"Text.\n\n{image}\n\n- In a list: {image} and more.\n"
        assert said(text) == ["Text.", "In a list: and more."]
        assert masked(text, "directive") == [image, image]
        expected = [("learn-image", "m/a.png"), ("learn-image", "m/b.png"), ("link", "d.md#e")]
        assert sorted(links(text)) == sorted(expected * 2)
        assert reported(text, **{"m/a__png": "", "m/b__png": "", "d__md": "# E"}) == []

    def test_18_image_over_several_lines(self) -> None:
        image = ':::image type="content"\n   source="a.png"\n   alt-text="Over\n   lines.":::'
        text = f"Text {image} text.\n"
        assert said(text) == ["Text text."]
        assert masked(text, "directive") == [image]
        assert links(text) == [("learn-image", "a.png")]

    def test_18_icon_at_the_start_of_a_line(self) -> None:
        text = ':::image type="icon" source="a.png"::: Select this.\n'
        assert said(text) == ["Select this."]
        assert links(text) == [("learn-image", "a.png")]

    def test_18_image_in_a_quote_and_a_table(self) -> None:
        image = ':::image source="a.png" alt-text="A":::'
        text = f"> [!NOTE]\n> {image}\n> Text.\n\n| {image} | b |\n|---|---|\n| c | {image} d |\n"
        assert said(text) == ["Text.", "b", "c", "d"]
        assert links(text) == [("learn-image", "a.png")] * 3

    def test_19_complex_image(self) -> None:
        text = ':::image type="complex" source="a.png" alt-text="S.":::\n   Long text.\n:::image-end:::\n'
        assert said(text) == ["Long text."]
        assert links(text) == [("learn-image", "a.png")]
        assert reported(text, a__png="") == []

    def test_20_lightbox(self) -> None:
        text = "[![The alt](a.gif)](a.gif#lightbox)\n"
        assert said(text) == []
        assert links(text) == [("link", "a.gif#lightbox"), ("image", "a.gif")]
        assert reported(text, a__gif="") == []


class TestContainers:
    def test_21_columns(self) -> None:
        text = (
            ':::row:::\n   :::column span="2":::\n      Text\n   :::column-end:::\n'
            '   :::column span="":::\n\n   ## Title\n\n   :::column-end:::\n:::row-end:::\n\nAfter.\n'
        )
        assert said(text) == ["Text", "Title", "After."]
        assert titles(text) == ["Title"]
        assert len(masked(text, "directive")) == 6
        assert (links(text), reported(text)) == ([], [])

    def test_21_deep_content_of_a_column_is_indented_code(self) -> None:
        text = ":::row:::\n    :::column:::\n\n        the the\n\n    :::column-end:::\n:::row-end:::\n"
        assert said(text) == []

    def test_22_no_loc_directive(self) -> None:
        text = 'Use :::no-loc text="Blazor"::: or Blazor, not :::no-loc text="a \\"b\\" c":::, a "b" c.\n'
        assert said(text) == ["Use or , not , ."]
        assert sorted(masked(text, "no-loc")) == ["Blazor", "Blazor", 'a "b" c']

    @pytest.mark.parametrize(
        "value",
        [
            '[Blazor, "Kestrel"]',
            "['Blazor', Kestrel]",
            "[ Blazor,\n  Kestrel ]",
            "\n- Blazor\n- 'Kestrel'",
            '\n  - Blazor\n  - "Kestrel"',
        ],
    )
    def test_23_no_loc_list(self, value: str) -> None:
        text = f"---\ntitle: A\nno-loc: {value}\nms.date: 01/01/2024\n---\nUse Blazor, Blazors, Kestrel.\n"
        assert said(text) == ["Use , Blazors, ."]

    def test_24_zone_by_pivot(self) -> None:
        text = (
            '::: zone pivot="windows,linux"\nGlued text.\n::: zone-end\n\n'
            '::: zone pivot="mac"\n\nText.\n\n::: zone-end\n'
        )
        assert said(text) == ["Glued text.", "Text."]
        assert masked(text, "directive")[0] == '::: zone pivot="windows,linux"'
        assert (links(text), titles(text), reported(text)) == ([], [], [])

    def test_25_zone_by_target(self) -> None:
        text = '::: zone target="docs"\n\n## Title\n\n::: zone-end\n'
        assert said(text) == ["Title"]
        assert titles(text) == ["Title"]

    def test_26_moniker_zone(self) -> None:
        text = (
            '::: moniker range=">= aspnetcore-3.1 < aspnetcore-6.0 || netcore-3.1"\nText.\n::: moniker-end\n'
            '\n> [!NOTE]\n> :::: moniker range="a"\n> Quoted.\n> :::: moniker-end\n'
            '\n- Item\n  ::: moniker range="a"\n  more.\n  ::: moniker-end\n'
        )
        assert said(text) == ["Text.", "Quoted.", "Item more."]
        assert len(masked(text, "directive")) == 6
        assert (titles(text), reported(text)) == ([], [])

    def test_26_rule_below_a_zone_makes_no_heading(self) -> None:
        text = '# A\n\n::: moniker range="a"\nText.\n::: moniker-end\n---\n\nMore.\n'
        assert titles(text) == ["A"]
        assert said(text) == ["A", "Text.", "More."]

    def test_27_moniker_in_front_matter(self) -> None:
        text = "---\nmonikerRange: '>= powershell-5.1'\ntitle: The the\n---\n# A\n"
        assert said(text) == ["A"]
        assert titles(text) == ["A"]

    def test_28_form(self) -> None:
        text = 'Text.\n\n:::form action="Register" submitText="Go" model="x":::\n'
        assert said(text) == ["Text."]
        assert (links(text), reported(text)) == ([], [])

    @pytest.mark.parametrize("level", ["#", "##", "####"])
    def test_29_tabs(self, level: str) -> None:
        text = (
            f"# Title\n\n{level} [Windows](#tab/windows)\n\nFirst.\n\n{level} [Linux](#tab/linux)\n\n"
            "Last.\n---\n\n## After\n\nSee [it](#after).\n"
        )
        assert said(text) == ["Title", "First.", "Last.", "After", "See it."]
        assert titles(text) == ["Title", "After"]
        assert links(text) == [("tab", "#tab/windows"), ("tab", "#tab/linux"), ("link", "#after")]
        assert reported(text) == []

    def test_29_tabs_end_with_the_page_or_at_a_rule(self) -> None:
        assert titles("# [A](#tab/a)\n\nx\n\n# [B](#tab/b)\n\nText\n") == []
        assert titles("# [A](#tab/a)\n\nx\n\n---\n\nReal\n---\n") == ["Real"]
        assert titles("# [A](#tab/a)\n\n## Inside\n\nx\n---\nReal\n---\n") == ["Inside", "Real"]

    def test_29_a_tab_uses_up_its_slug(self) -> None:
        text = "# [Windows](#tab/windows)\n\nx\n\n---\n\n## Windows\n\n[a](#windows-1) [b](#windows)\n"
        assert reported(text) == [("bookmark-not-found", "#windows")]

    def test_29_in_a_list_and_a_quote(self) -> None:
        text = "1. Step\n\n   # [A](#tab/a)\n\n   x\n\n   ---\n\n> # [A](#tab/a)\n> y\n"
        assert titles(text) == []
        assert said(text) == ["Step", "x", "y"]

    @pytest.mark.parametrize("target", ["dotnet/linux", "a+b-c", "dotnet/"])
    def test_30_dependent_tabs(self, target: str) -> None:
        text = f"# [.NET](#tab/{target})\n\nText.\n"
        assert (titles(text), said(text), reported(text)) == ([], ["Text."], [])
        assert links(text) == [("tab", f"#tab/{target}")]

    def test_30_a_heading_that_says_more_is_no_tab(self) -> None:
        assert titles("# See [.NET](#tab/dotnet)\n") == ["See .NET"]


class TestReferences:
    @pytest.mark.parametrize(
        "uid",
        ["System.String?displayProperty=nameWithType", "System.Collections.List%601", "A.B#C", "a.b*"],
    )
    def test_31_xref_autolink(self, uid: str) -> None:
        text = f"Use <xref:{uid}> here.\n"
        assert said(text) == ["Use here."]
        assert links(text) == [("xref", f"xref:{uid}")]
        assert reported(text) == []

    def test_32_xref_link(self) -> None:
        text = "See [the model](xref:core/modeling/index#anchor).\n"
        assert said(text) == ["See the model."]
        assert links(text) == [("xref", "xref:core/modeling/index#anchor")]
        assert reported(text) == []

    def test_33_xref_of_a_cmdlet(self) -> None:
        text = "See [Get-Date](xref:Microsoft.PowerShell.Utility.Get-Date).\n"
        assert said(text) == ["See Get-Date."]
        assert reported(text) == []

    @pytest.mark.parametrize(
        ("text", "left"),
        [
            ("Use @System.String, then.", "Use , then."),
            ('Use @"System.Int32" then.', "Use then."),
            ("Use @'System.Int32' then.", "Use then."),
            ("Thanks to (@some-body)!", "Thanks to ()!"),
            ("Install @types/node first.", "Install first."),
            ("Use List @System.List`1.", "Use List ."),
            ("Mail somebody@example.com now.", "Mail now."),
            ("At 5 @ 3, @{x} and @(y).", "At 5 @ 3, @{x} and @(y)."),
        ],
    )
    def test_34_short_xref(self, text: str, left: str) -> None:
        assert said(text) == [left]
        assert (links(text), reported(text)) == ([], [])

    def test_34_at_sign_in_code(self) -> None:
        assert masked("Use `@splat` and `@System.String`.\n\n```\n@x\n```\n", "xref") == []

    def test_34_right_behind_code(self) -> None:
        assert said('`x`@System.String, `x`:::no-loc text="Y"::: and <b>@A.B</b>.\n') == [", and ."]

    def test_35_anchor(self) -> None:
        text = '## <a id="x"></a>Title\n\n[a](#x) [b](#title)\n'
        assert said(text) == ["Title", "a b"]
        assert titles(text) == ["Title"]
        assert reported(text) == [("bookmark-not-found", "#title")]


class TestTextAndMarkup:
    def test_36_keyboard(self) -> None:
        text = "Press <kbd>Ctrl</kbd>+<kbd>S</kbd> to save.\n"
        assert said(text) == ["Press + to save."]
        assert reported(text) == []

    def test_37_docutune_terms(self) -> None:
        text = (
            '<!-- docutune:ignore "Azure AD", PS -->\n<!-- docutune:casing wsl -->\n'
            "Old Azure AD and PS on wsl, WSL and UPS.\n"
        )
        assert said(text) == ["Old and on , WSL and UPS."]

    def test_37_docutune_range(self) -> None:
        text = "Before.\n\n<!-- docutune:disable -->\n\nInside.\n\n<!-- docutune:enable -->\n\nAfter.\n"
        assert said(text) == ["Before.", "After."]
        assert len(Document("page.md", text).outline.protected) == 1
        assert said("Before.\n\n<!--docutune: disable-->\n\nTo the end.\n") == ["Before."]

    def test_37_other_comments(self) -> None:
        assert said(
            "Text <!-- the\nthe docutune:disable --> text.\n\n<!--\nhidden\n\nlines\n-->\n\nMore.\n"
        ) == [
            "Text text.",
            "More.",
        ]

    def test_38_generated_block(self) -> None:
        notice = "[//]: # (IMPORTANT:Do not edit any of this, to the END>DO_NOT_EDIT.)"
        text = (
            f"Before.\n\n[//]: # (START>DO_NOT_EDIT)\n{notice}\n\n## Made\n\nInside.\n\n"
            "[//]: # (IMPORTANT: END>DO_NOT_EDIT)\n\nAfter.\n"
        )
        assert said(text) == ["Before.", "After."]
        (protected,) = Document("page.md", text).outline.protected
        assert protected.of(text).startswith("[//]: # (START>")
        assert protected.of(text).endswith("(IMPORTANT: END>DO_NOT_EDIT)")
        assert titles(text) == ["Made"]
        assert (links(text), reported(text)) == ([], [])

    def test_38_generated_block_that_never_ends(self) -> None:
        assert said("A.\n\n[//]: # (START>DO_NOT_EDIT)\n\nB.\n\n## C\n") == ["A."]

    def test_38_generated_block_that_is_an_example(self) -> None:
        assert said("```\n[//]: # (START>DO_NOT_EDIT)\n```\n\nA.\n") == ["A."]

    def test_39_table_without_header_text(self) -> None:
        text = "|   | A |\n|---|---|\n| **Row** | b |\n"
        assert said(text) == ["A", "Row", "b"]
        assert (titles(text), reported(text)) == ([], [])

    def test_40_two_dashes_and_a_rule(self) -> None:
        text = "x--y\n\n- - -\n\nText\n"
        assert said(text) == ["x--y", "Text"]
        assert titles(text) == []

    def test_41_raw_html(self) -> None:
        text = (
            "<details>\n<summary>The sum</summary>\n\nInside [it](#x).\n\n</details>\n\n"
            'A <span id="x">word</span><br>and <code>the the</code> <sub>low</sub>.\n'
        )
        assert said(text) == ["Inside it.", "A wordand low."]
        assert reported(text) == []

    def test_42_output_fence(self) -> None:
        text = "Run:\n\n```Output\nthe the [a](gone.md)\n```\n\n1. Item\n\n   ```Output\n   # x\n   ```\n"
        assert said(text) == ["Run:", "Item"]
        assert (links(text), titles(text), reported(text)) == ([], [], [])


YAML = {
    "toc.yml": "- name: Get started\n  href: gone.md\n  items:\n  - name: the the\n",
    "faq.yml": "### YamlMime:FAQ\nsections:\n- name: A\n  questions:\n  - question: |\n      Why?\n",
    "index.yml": "### YamlMime:Landing\ntitle: T\nlandingContent:\n- title: the the\n",
    "how-to.yml": "### YamlMime:HowTo\nprocedureSection:\n- title: the the\n",
    "zone-pivot-groups.yml": "### YamlMime:ZonePivotGroups\ngroups:\n- id: os\n  pivots:\n  - id: windows\n",
}


class TestYaml:
    """43 TOC, 44 FAQ, 45 landing page, 46 how-to and 47 zone pivot groups are no Markdown pages."""

    @pytest.mark.parametrize("name", YAML)
    def test_43_to_47_are_no_pages(self, name: str) -> None:
        assert selected([name, "page.md"], Config()) == ["page.md"]

    @pytest.mark.parametrize("name", YAML)
    def test_43_to_47_can_be_linked_to(self, name: str) -> None:
        bare, page_like = name.removesuffix(".yml"), name.replace(".yml", ".md")
        text = f"[a]({name}) [b]({name}#os) [c]({bare}) [d]({page_like}) [e](/docs/{bare})\n"
        key = name.replace(".yml", "__yml")
        assert reported(text, **{key: YAML[name]}) == []
        assert ("file-not-found", name) in reported(text)

    def test_48_split_article(self) -> None:
        text = "See [it](x.yml), and [a part](x.yml#part).\n"
        assert reported(text, x__yml="### YamlMime:FAQ\n", **{"x-content__md": "## Part"}) == []
        assert reported(text, **{"x-content__md": "## Part"}) != []


LITERAL = (
    "[!INCLUDE [t](gone.md)]",
    '[!code-csharp[Main](gone.cs "t")]',
    ':::image source="gone.png":::',
    ':::code source="gone.cs":::',
    '::: zone pivot="x"',
    ':::no-loc text="Text":::',
    "# [A](#tab/a)",
    "[//]: # (START>DO_NOT_EDIT)",
    "> [!NOTE]",
)


class TestConstructsInsideOfCode:
    """A page about the dialect shows it in code, and none of it counts."""

    @pytest.mark.parametrize("line", LITERAL)
    @pytest.mark.parametrize(
        "form", ["```\n{}\n```", "    {}", "- x\n\n  ```\n  {}\n  ```", "`` {} ``", "<pre>\n{}\n</pre>"]
    )
    def test_it_is_code(self, line: str, form: str) -> None:
        text = f"# Title\n\n{form.format(line)}\n\nText here.\n"
        assert said(text)[-1] == "Text here."
        assert (links(text), titles(text)) == ([], ["Title"])
        assert Document("page.md", text).outline.protected == ()
        assert {mask.kind for mask in Document("page.md", text).masks} <= {"code", "html"}

    def test_comment_in_code(self) -> None:
        text = "```\n<!-- docutune:disable -->\n```\n\nText `<!-- docutune:ignore here -->` here.\n"
        assert said(text) == ["Text here."]
        assert Document("page.md", text).outline.protected == ()


class TestWild:
    def test_a_bracket_that_never_closes_ends_with_its_line(self) -> None:
        assert said("> [!NOTE\n> Text] more.\n\n[!INCLUDE [t](x.md)\nText.\n") == ["Text] more.", "Text."]

    def test_constructs_in_front_matter_are_none(self) -> None:
        text = '---\ntitle: "[!INCLUDE [t](gone.md)]"\na: \':::image source="gone.png":::\'\n---\nText.\n'
        assert (said(text), links(text)) == (["Text."], [])

    @pytest.mark.parametrize("prefix", ["- ", "1. ", "10) ", "> ", ">", "> - ", "- > 1. ", "   ", "\t> "])
    def test_a_directive_may_start_any_line(self, prefix: str) -> None:
        text = f'# A\n\n{prefix}::: zone pivot="a"\n'
        assert said(text)[1:] == []
        if not prefix.startswith("\t"):
            assert masked(text, "directive") == ['::: zone pivot="a"']

    def test_admonitions_of_other_generators(self) -> None:
        assert said(":::note The title\nText.\n:::\n\n:::: tip\n\nMore.\n\n::::\n") == ["Text.", "More."]

    def test_colons_in_a_sentence_are_none(self) -> None:
        assert said("Use ::: here, std::x, and :::imagery::: too.\n") == [
            "Use ::: here, std::x, and :::imagery::: too."
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "[!" * 25_000,
            "[!a" * 25_000,
            "[!INCLUDE [" * 10_000,
            ":::image " * 15_000,
            ':::image a="' * 30_000,
            ":::image\n" * 10_000,
            "<!--" * 50_000,
            "x <!-- docbot: ignore a " * 5_000,
            "[//]: # (START>DO_NOT_EDIT)\n" * 10_000,
            "@" * 100_000,
            "@a(" * 50_000,
            "a" * 100_000 + " @",
            "http:" * 20_000 + "@" + "." * 50_000,
            "---\na" + " " * 100_000 + "b\n---\n",
            "---\nno-loc: [" + "ab, " * 20_000 + "]\n---\n" + "ab " * 20_000,
            "<div " + "<a " * 50_000,
            "# a\n" * 10_000,
        ],
    )
    def test_hostile_pages_take_no_time(self, text: str) -> None:
        page = Document("page.md", text)
        start = time.process_time()
        parsed = page.parsed
        between = time.process_time()
        assert parsed is not None
        assert page.outline.words >= 0
        assert time.process_time() - between < 2 + 2 * (between - start)
