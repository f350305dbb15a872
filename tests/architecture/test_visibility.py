"""Whoever selects requests or cases says who may see them: without the rule a list shows what is blocked."""

import ast
from collections.abc import Iterator

from tests.architecture.test_repository import committed_files, name_of

HIDDEN = {"HousingRequest", "Case"}
# Relationships that lead to them.
LEADING = {"request", "case"}
RULES = {
    "visible_requests",
    "visible_cases",
    "shown_to",
    "known_to",
    "own",
    "may_know",
    "may_open",
    "openable",
    "rows_known_to",
    "load_request",
}
TELLS_NOBODY = "what a rule finds is asked, blocked or erased, and shown to nobody"
BY_SECRET = "for the person themselves, by the secret of their link"
GOES_ON = {
    "wohnberatung/advice/services/enquiries.py:case_of_enquiry": "`known_case_of` asks `may_know`; lists hide such",
    "wohnberatung/brokerage/services/board.py:is_of": "narrows matches that `shown_to` has let through",
    "wohnberatung/brokerage/services/history.py:lock_pair": "holds the row of a request that was loaded before",
    "wohnberatung/cases/area.py:_closed": TELLS_NOBODY,
    "wohnberatung/cases/search/record_kinds.py:_cases": "words for the index; `_shown_cases` asks for every hit",
    "wohnberatung/cases/search/record_kinds.py:_requests": "words for the index; `_shown_requests` asks for every hit",
    "wohnberatung/cases/services/cases.py:cases_with_people": "the parts to load; who calls it adds the rule",
    "wohnberatung/cases/services/cases.py:cases_to_index": "a command of the operator; hashes are shown to nobody",
    "wohnberatung/cases/services/cases.py:renew_lookups": "a command of the operator; hashes are shown to nobody",
    "wohnberatung/cases/services/handover.py:transfer_all": "administrators hand over cases they are not shown",
    "wohnberatung/cases/services/handover.py:unnoticed_accesses": "own cases only",
    "wohnberatung/cases/services/personal_data.py:_receipt_numbers": "their person is told in full",
    "wohnberatung/cases/services/requests.py:case_of_request": "after `load_request`, which hides such requests",
    "wohnberatung/cases/services/requests.py:tell_of_withdrawal": "each case is told to those who work on it",
    "wohnberatung/cases/services/rights.py:hidden_requests": "the rule itself",
    "wohnberatung/cooperation/services/joint.py:_loaded": "the parts to load; who calls it adds the rule",
    "wohnberatung/dispatch/services/undelivered.py:_line": "of mails whose person a rule has let through",
    "wohnberatung/doubles/services/merging.py:Cases.records": "compared by the machine; `sides` asks for every pair",
    "wohnberatung/doubles/services/merging.py:Requests.records": "compared by the machine; `sides` asks for every pair",
    "wohnberatung/seekers/area.py:_requests": TELLS_NOBODY,
    "wohnberatung/seekers/services/changing.py:changed_request": BY_SECRET,
    "wohnberatung/seekers/services/self_service.py:send_lost_link": "a mail to its own person; nobody is told",
    "wohnberatung/seekers/services/reconfirmation.py:load_by_keep_token": BY_SECRET,
    "wohnberatung/seekers/services/requests.py:load_request_by_token": BY_SECRET,
    "wohnberatung/lists/services/keeping.py:keep_lists": "ids for the machine; leaves out blocked ones",
    "wohnberatung/lists/services/keeping.py:_keep": "kept by the machine; who reads it loads the request by the rule",
    "wohnberatung/seekers/services/open_requests.py:_opened": "counted without a person; leaves out blocked ones",
    "wohnberatung/seekers/services/open_requests.py:_stamp": "counts only",
}
# Invented data, and changes of the tables themselves.
OUTSIDE = ("wohnberatung/seeding/", "wohnberatung/migrations/")


def test_requests_and_cases_are_selected_with_the_rule_that_hides_blocked_ones() -> None:
    without = {place for place, function in _functions() if _selects(function) and not _names(function) & RULES}
    assert without == GOES_ON.keys()


def test_a_query_without_the_rule_is_found() -> None:
    """The reader itself: it must see each way to select them."""
    for text in (
        "select(HousingRequest)",
        "select(Match, Case.id)",
        "select(func.count(Case.id))",
        "select(Match).join(Match.request)",
        "query.join(Case)",
        "db.session.get(HousingRequest, id_)",
    ):
        assert _selects(ast.parse(text)), text
    assert not _selects(ast.parse("select(Match).join(Match.offer)"))


def _functions() -> Iterator[tuple[str, ast.AST]]:
    for file in committed_files(".py"):
        name = name_of(file)
        if name.startswith("wohnberatung/") and not name.startswith(OUTSIDE):
            for inner, function in _within(ast.parse(file.read_text(encoding="utf-8")), ""):
                yield f"{name}:{inner}", function


def _within(node: ast.AST, path: str) -> Iterator[tuple[str, ast.AST]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _within(child, f"{path}{child.name}.")
        elif isinstance(child, ast.FunctionDef):
            yield path + child.name, child
        elif not path:
            yield "module", child


def _selects(tree: ast.AST) -> bool:
    return any(_reads(call) for call in ast.walk(tree) if isinstance(call, ast.Call))


def _reads(call: ast.Call) -> bool:
    called = ast.unparse(call.func).rpartition(".")[2]
    parts = {ast.unparse(each) for each in call.args}
    if called in ("select", "get", "get_one", "query"):
        return any(_names(each) & HIDDEN for each in call.args)
    if called in ("join", "outerjoin", "join_from", "select_from"):
        return any(part in HIDDEN or part.partition(".")[2] in LEADING for part in parts)
    return False


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
