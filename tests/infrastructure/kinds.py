"""Which tests run on which kind of database: **on both**, unless their module is named here.

What is named proves words, forms and pages, and asks nothing of the database that a test on both kinds does not ask
too. Whatever is about constraints, races, locks, migrations, search, imports, retention or sealing stays on both, and
so does every module without which a query of the application would be sent to SQLite alone.
``make test PYTEST_ARGS=--both-databases`` runs these modules on both as well.
"""

import pytest

BOTH = ("sqlite", "postgresql")
PAGES_ALONE = {
    "tests/accounts/test_kept_forms.py": "what a form shows again after it was refused",
    "tests/brokerage/test_match_pages.py": "pages over services that test_cases.py and test_answers.py call",
    "tests/brokerage/test_request_pages.py": "pages over services that test_rankings.py calls",
    "tests/dwellings/test_browse_pages.py": "pages over services that test_browsing.py calls",
    "tests/dwellings/test_desk.py": "pages over services that test_offers.py and test_freshness.py call",
    "tests/languages/test_choosing.py": "words",
    "tests/languages/test_easy_language.py": "words",
    "tests/languages/test_told_in_ones_language.py": "words",
    "tests/languages/test_untranslated.py": "words",
    "tests/pictures/test_pages.py": "pages over services that test_pictures.py calls",
    "tests/projects/test_pages.py": "pages over services that test_projects.py calls",
    "tests/seekers/test_receipt_mail.py": "words; requests are stored in test_requests.py",
    "tests/seekers/test_request_form.py": "forms; what they store is in test_sending_requests.py",
    "tests/seekers/test_request_form_bad_input.py": "forms; nothing of it is stored",
    "tests/web/test_access.py": "who may open which page, before any view asks the database",
    "tests/web/test_headers.py": "headers",
    "tests/web/test_legal_pages.py": "words",
    "tests/web/test_spam.py": "what a form refuses before anything is stored",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--both-databases", action="store_true", help="run every test on both kinds of database")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that comes to need a database runs once on each of its kinds."""
    if "databases" in metafunc.fixturenames:
        module = metafunc.definition.path.relative_to(metafunc.config.rootpath).as_posix()
        alone = module in PAGES_ALONE and not metafunc.config.getoption("both_databases")
        metafunc.parametrize("databases", BOTH[:1] if alone else BOTH, indirect=True, scope="session")
