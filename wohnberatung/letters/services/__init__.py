"""Use cases of letters."""

from wohnberatung.letters.services.letters import (
    Draft,
    KeptLetter,
    draft,
    keep,
    letters_of,
    load_letter,
    pdf_of,
    suggested,
)
from wohnberatung.letters.services.personal import letters_told
from wohnberatung.letters.services.templates import (
    Template,
    check,
    filled,
    parts_of,
    save_template,
    template_of,
    versions_of,
)

__all__ = [
    "Draft",
    "KeptLetter",
    "Template",
    "check",
    "draft",
    "filled",
    "keep",
    "letters_of",
    "letters_told",
    "load_letter",
    "parts_of",
    "pdf_of",
    "save_template",
    "suggested",
    "template_of",
    "versions_of",
]
