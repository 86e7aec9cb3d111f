"""What closes a release: sections about its organisation, and notes to editors."""

from __future__ import annotations

from archive.release.sections import about, notes

BODY = ("The ferry sails.", "The harbour master of Tamsk welcomed it.", "Fares stay as they were.")
ORGANISATION = "Brekk Ferries has carried walkers, carts and eels between the two shores of Tamsk since 1904."


def test_a_heading_and_its_paragraph_are_a_section() -> None:
    assert about((*BODY, "About Brekk Ferries", ORGANISATION)) == (f"About Brekk Ferries\n\n{ORGANISATION}",)
    assert about((*BODY, "Über Brekk Fähren", ORGANISATION)) == (f"Über Brekk Fähren\n\n{ORGANISATION}",)
    assert about((*BODY, "Брекк туралы", ORGANISATION)) == (f"Брекк туралы\n\n{ORGANISATION}",)


def test_a_heading_may_stand_in_its_paragraph() -> None:
    line = f"About Brekk Ferries: {ORGANISATION}"
    assert about((*BODY, line)) == (line,)


def test_two_organisations_have_two_sections() -> None:
    lines = (*BODY, "About Brekk Ferries", ORGANISATION, "About Amsel Yards", ORGANISATION)
    assert [section.split("\n")[0] for section in about(lines)] == ["About Brekk Ferries", "About Amsel Yards"]


def test_a_section_ends_at_notes_an_end_mark_or_a_heading() -> None:
    for closing in ("Notes to editors", "###", "Further Sailings"):
        assert about((*BODY, "About Brekk Ferries", ORGANISATION, closing, "More.")) == (
            f"About Brekk Ferries\n\n{ORGANISATION}",
        )


def test_a_sentence_that_begins_with_about_is_none() -> None:
    assert about((*BODY, "About 300 walkers crossed the bridge on Monday.", ORGANISATION)) == ()
    assert about((*BODY, "About Brekk Ferries", "Short.")) == ()


def test_the_beginning_of_a_text_has_no_section() -> None:
    assert about(("About Brekk Ferries", ORGANISATION, *BODY, *BODY)) == ()


def test_notes_run_to_the_next_closing_part() -> None:
    lines = (*BODY, "Notes to editors", "1. Pictures are free.", "2. The bridge is old.", "###", "More")
    assert notes(lines) == "Notes to editors\n\n1. Pictures are free.\n\n2. The bridge is old."
    assert notes((*BODY, "Hinweise für die Redaktion:", "Bilder sind frei.")).startswith("Hinweise")


def test_notes_in_one_line_need_a_colon() -> None:
    assert notes((*BODY, "Notes to editors: Pictures are free.")) == "Notes to editors: Pictures are free."
    assert notes((*BODY, "Notes to editors")) == ""
    assert notes(BODY) == ""


def test_headings_in_other_languages() -> None:
    for heading in ("À propos d'Eaux de Tamsk", "O společnosti Brekk", "О компании «Брекк»", "Om Brekk"):
        assert about((*BODY, heading, ORGANISATION)) == (f"{heading}\n\n{ORGANISATION}",)
    short = "Brekk builds ferries in four yards."
    assert about((*BODY, "About Brekk", short, ORGANISATION)) == (f"About Brekk\n\n{short}\n\n{ORGANISATION}",)
    told = "港口公司成立于1904年，为所有居民运送行人和货物，员工四百人。"
    assert about((*BODY, "关于港口公司", told)) == (f"关于港口公司\n\n{told}",)


def test_a_section_about_a_study_is_not_about_the_issuer() -> None:
    for heading in ("About the Study", "Über die Studie", "About this Survey", "About the Author"):
        assert about((*BODY, heading, ORGANISATION)) == ()


def test_a_note_of_the_editor_is_none_to_editors() -> None:
    assert notes((*BODY, "Editor's note: This article was corrected on Monday.")) == ""
    assert notes((*BODY, "Background information for editors", "The pier is old.")).endswith("The pier is old.")
    assert notes((*BODY, "Editors' notes: Pictures are free.")) == "Editors' notes: Pictures are free."


def test_a_heading_may_name_what_the_issuer_is() -> None:
    for heading in (
        "About the foundation",
        "À propos de la société",
        "Sobre o museu",
        "Om kommunen",
        "Over de gemeente",
    ):
        assert about((*BODY, heading, ORGANISATION)) == (f"{heading}\n\n{ORGANISATION}",)
    for heading in (
        "About the weather",
        "About the city's new bridge",
        "About the ports",
        "Over city walls",
    ):
        assert about((*BODY, heading, ORGANISATION)) == ()
    for sentence in ("Om bolaget säljer hamnen.", "Sobre la empresa se cierne la duda.", "Over harbour walls."):
        assert about((*BODY, sentence, ORGANISATION)) == ()
