"""The pictures of an object hang at its home as its sender's last delivery names them, and go back with it.

One that somebody here deleted is not brought back by the next nightly delivery.
"""

from flask_babel import ngettext

from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.pictures import OF_DWELLING, OF_OFFER
from wohnberatung.intake.models import ImportedObject, OfferState
from wohnberatung.intake.result import RawRecord
from wohnberatung.intake.services.enclosures import OF_DELIVERY
from wohnberatung.pictures import delivered


def hang_pictures(known: ImportedObject, record: RawRecord, run_id: str) -> list[str]:
    """Hang what is new, take down what the sender names no more; what that was in words, empty where nothing changed.

    What is taken down goes to the run, so that the delivery can be undone.
    """
    wanted = {picture.path: picture.digest for picture in record.pictures or ()}
    if wanted == known.pictures:
        return []
    kind, subject_id = _subject(known.offer)
    had, has = set(known.pictures.values()), set(wanted.values())
    there = delivered.of_digests(kind, subject_id, had | has)
    gone = [picture.id for digest, picture in there.items() if digest in had - has]
    new = [one for one in record.pictures or () if one.picture_id and one.digest not in had and one.digest not in there]
    delivered.move(gone, OF_DELIVERY.kind, run_id)
    hung = delivered.move([one.picture_id for one in new], kind, subject_id)
    left = {one.digest for one in new[hung:]}
    known.pictures = {path: digest for path, digest in wanted.items() if digest not in left}
    return _in_words(hung, len(gone), len(left))


def _in_words(new: int, gone: int, left: int) -> list[str]:
    said = (
        (new, ngettext("%(num)s Bild vom Anbieter ist neu.", "%(num)s Bilder vom Anbieter sind neu.", new)),
        (gone, ngettext("%(num)s Bild vom Anbieter entfällt.", "%(num)s Bilder vom Anbieter entfallen.", gone)),
        (
            left,
            ngettext(
                "%(num)s Bild kommt nicht mit, weil es schon zu viele sind.",
                "%(num)s Bilder kommen nicht mit, weil es schon zu viele sind.",
                left,
            ),
        ),
    )
    return [words for count, words in said if count]


def take_pictures_back(known: ImportedObject, before: OfferState | None, after: OfferState, run_id: str) -> None:
    """As they hung before the run, where no later delivery has named others."""
    was, now = before.get("pictures", {}) if before else {}, after.get("pictures", {})
    if was == now or known.pictures != now:
        return
    kind, subject_id = _subject(known.offer)
    came, went = set(now.values()) - set(was.values()), set(was.values()) - set(now.values())
    added = [picture.id for picture in delivered.of_digests(kind, subject_id, came).values()]
    delivered.remove(kind, added)
    back = [picture.id for picture in delivered.of_digests(OF_DELIVERY.kind, run_id, went).values()]
    delivered.move(back, kind, subject_id)
    known.pictures = dict(was)


def _subject(offer: Offer) -> tuple[str, str]:
    """In a preview a new home has no row yet, so the dwelling is asked and not its key."""
    return (OF_DWELLING.kind, offer.dwelling.id) if offer.dwelling else (OF_OFFER.kind, offer.id)
