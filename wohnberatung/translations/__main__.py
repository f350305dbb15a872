"""``python -m wohnberatung.translations``: renew the catalogues from the sources, and say what is still to be done."""

from wohnberatung.core.languages import TRANSLATED
from wohnberatung.translations.extraction import renew, untranslated


def main() -> None:
    for language in TRANSLATED:
        catalogue = renew(language.locale)
        missing = len(untranslated(catalogue))
        print(f"{language.name}: {len(catalogue) - missing} of {len(catalogue)} messages are translated")


if __name__ == "__main__":
    main()
