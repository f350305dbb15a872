"""Dwellings are found again by their address, which people write in many ways, or made."""

import re
from dataclasses import asdict, dataclass

from sqlalchemy import select

from wohnberatung.core.actors import Actor, check_may_edit
from wohnberatung.core.changes import check_version
from wohnberatung.core.ids import new_id
from wohnberatung.dwellings.models import Dwelling
from wohnberatung.extensions import db

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class Address:
    """Where a dwelling is. `unit` tells the flats of a house apart ("2. OG links", "Whg. 12")."""

    street: str = ""
    house_number: str = ""
    postcode: str = ""
    town: str = ""
    unit: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def key(self) -> str:
        """Equal for spellings of the same flat; empty where the address cannot tell a flat from others."""
        if not (self.street and self.house_number and self.unit):
            return ""
        parts = (self.postcode, _plain_street(self.street), self.house_number, self.unit)
        return "|".join(map(_bare, parts))[:300]

    def may_be(self, other: "Address | Dwelling") -> bool:
        """Whether both can be one flat as far as both say where they are; a unit may be cut short ("EG li")."""
        pairs = (
            (_bare(_plain_street(self.street)), _bare(_plain_street(other.street))),
            (_bare(self.house_number), _bare(other.house_number)),
        )
        here, there = re.findall(r"\w+", _plain(self.unit)), re.findall(r"\w+", _plain(other.unit))
        same_unit = len(here) == len(there) and all(
            one.startswith(two) or two.startswith(one) for one, two in zip(here, there, strict=True)
        )
        return all(one == two for one, two in pairs if one and two) and (same_unit or not (here and there))


def find_or_create_dwelling(
    *,
    organisation_id: str,
    address: Address,
    title: str = "",
    address_released: bool = False,
    actor: Actor | None = None,
) -> Dwelling:
    """The organisation's dwelling at that address, told apart by its unit, else a new one."""
    check_may_edit(actor, organisation_id)
    return _at(organisation_id, address) or _new(organisation_id, address, title, address_released)


def save_dwelling(
    dwelling: Dwelling,
    *,
    version: int | None = None,
    address: Address | None = None,
    title: str | None = None,
    address_released: bool | None = None,
    actor: Actor | None = None,
) -> Dwelling:
    """Change what identifies a dwelling; None leaves it. With `version`, a lost race raises Conflict."""
    check_may_edit(actor, dwelling.organisation_id)
    if version is not None:
        check_version(dwelling, version)
    if address is not None:
        dwelling.address_key = address.key
        for name, value in asdict(address).items():
            setattr(dwelling, name, value)
    if title is not None:
        dwelling.title = title
    if address_released is not None:
        dwelling.address_released = address_released
    db.session.flush()
    return dwelling


def _at(organisation_id: str, address: Address) -> Dwelling | None:
    if not address.key:
        return None
    here = (Dwelling.organisation_id == organisation_id) & (Dwelling.address_key == address.key)
    here &= Dwelling.merged_into_id.is_(None)
    return db.session.scalars(select(Dwelling).where(here).order_by(Dwelling.created_at).limit(1)).first()


def _new(organisation_id: str, address: Address, title: str, address_released: bool) -> Dwelling:
    dwelling = Dwelling(
        id=new_id(),
        organisation_id=organisation_id,
        title=title,
        address_released=address_released,
        address_key=address.key,
        evidence={},
        **asdict(address),
    )
    db.session.add(dwelling)
    db.session.flush()
    return dwelling


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", _plain(text))


def _plain(text: str) -> str:
    return text.casefold().translate(_UMLAUTS)


def _plain_street(street: str) -> str:
    return re.sub(r"str(?:\.|asse)?(?=\W|$)", "str", _plain(street))
