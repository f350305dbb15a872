"""The invented initiatives: seven, three of them rich, one that stalls."""

from tests.factories import advisor
from wohnberatung.dwellings.services.wording import check_text
from wohnberatung.initiatives.services.initiatives import public_initiatives, told_with
from wohnberatung.initiatives.services.minutes import minutes_of
from wohnberatung.initiatives.services.progress import stalled_initiatives
from wohnberatung.seeding.caring_neighbourhoods import introduce_initiatives
from wohnberatung.seeding.homes import fill


def test_seven_initiatives_of_which_three_have_a_lot(session):
    fill(session, 0.01)
    assert introduce_initiatives(session)
    found = public_initiatives()
    assert len(found) == 7
    rich = [each for each in found if minutes_of(each) and each.members_agreed and each.seeks_rooms]
    assert len(rich) >= 3
    assert all(check_text(". ".join(told_with(each.project_id))) == [] for each in found)
    assert [each.name for each in stalled_initiatives(advisor())] == ["Löbtauer Hof für alle"]
    assert introduce_initiatives(session) is False
