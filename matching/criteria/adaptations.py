"""Funding programmes that adaptations name; their amounts and dates live in dated parameter tables.

A programme that *may* pay is named; whether it does is for the advice centre to check. They stand in the
order in which to ask: care insurance first, then the state programme, then participation benefits, a loan last.
"""

from matching.language import mark

CARE_FUND = "sgb11_40_4"
"""§ 40 (4) SGB XI: measures that improve the living environment, from care degree 1, to be claimed before."""

CARE_AIDS = "sgb11_40_1"
"""§ 40 (1) SGB XI: technical care aids such as the home emergency call."""

HEALTH_AIDS = "sgb5_33"
"""§ 33 SGB V: aids of the health insurance, for example flash-light signals for deaf people."""

HOME_ADAPTATION = "sab_home_adaptation"
"""Saxony's directive on adapting homes: inside the flat only, which must already be reachable."""

PARTICIPATION = "sgb9_113_77"
"""§§ 77, 113 SGB IX: integration assistance for suitable housing, its conversion and equipment."""

LOAN = "kfw_159"
"""KfW 159: a loan for converting dwellings, whatever the age, for owners and tenants."""

PAYERS = {
    CARE_FUND: mark("Pflegekasse"),
    CARE_AIDS: mark("Pflegekasse (Hilfsmittel)"),
    HEALTH_AIDS: mark("Krankenkasse"),
    HOME_ADAPTATION: mark("Land Sachsen"),
    PARTICIPATION: mark("Eingliederungshilfe"),
    LOAN: mark("KfW (Kredit)"),
}
"""Who may pay, in a word or two."""

FLAT_WORKS = (CARE_FUND, HOME_ADAPTATION, PARTICIPATION, LOAN)
ACCESS_WORKS = (CARE_FUND, PARTICIPATION, LOAN)
SIGNALS = (HEALTH_AIDS, CARE_FUND, PARTICIPATION)
