"""Papers for people to keep: tagged PDF (PDF/UA-1), set with Typst from the templates in ``templates/papers``.

A paper is a title and parts; ``sheet`` is the plain form, ``letter`` one for a window envelope:

    render("sheet", {"title": _("Ihr Gesuch"), "parts": [heading(_("So geht es weiter")), paragraph(text)]}, "de")
"""
