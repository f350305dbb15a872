"""All areas of the house, in the order of who may import whom. An area that is not listed here does not exist."""

from wohnberatung.accounts import area as accounts
from wohnberatung.advice import area as advice
from wohnberatung.aftercare import area as aftercare
from wohnberatung.appointments import area as appointments
from wohnberatung.brokerage import area as brokerage
from wohnberatung.cases import area as cases
from wohnberatung.cityview import area as cityview
from wohnberatung.contacts import area as contacts
from wohnberatung.cooperation import area as cooperation
from wohnberatung.core import area as core
from wohnberatung.demand import area as demand
from wohnberatung.directory import area as directory
from wohnberatung.discretion import area as discretion
from wohnberatung.dispatch import area as dispatch
from wohnberatung.doubles import area as doubles
from wohnberatung.dwellings import area as dwellings
from wohnberatung.events import area as events
from wohnberatung.initiatives import area as initiatives
from wohnberatung.intake import area as intake
from wohnberatung.jobs import area as jobs
from wohnberatung.learning import area as learning
from wohnberatung.letters import area as letters
from wohnberatung.lists import area as lists
from wohnberatung.mail import area as mail
from wohnberatung.measures import area as measures
from wohnberatung.messages import area as messages
from wohnberatung.network import area as network
from wohnberatung.noticeboard import area as noticeboard
from wohnberatung.pictures import area as pictures
from wohnberatung.places import area as places
from wohnberatung.planning import area as planning
from wohnberatung.privacy import area as privacy
from wohnberatung.projects import area as projects
from wohnberatung.providers import area as providers
from wohnberatung.resources import area as resources
from wohnberatung.scenarios import area as scenarios
from wohnberatung.seekers import area as seekers
from wohnberatung.subscriptions import area as subscriptions
from wohnberatung.surveys import area as surveys
from wohnberatung.viewings import area as viewings
from wohnberatung.watch import area as watch
from wohnberatung.web import area as web

AREAS = (
    core.AREA,
    accounts.AREA,
    privacy.AREA,
    mail.AREA,
    jobs.AREA,
    pictures.AREA,
    dwellings.AREA,
    projects.AREA,
    seekers.AREA,
    cases.AREA,
    intake.AREA,
    advice.AREA,
    appointments.AREA,
    measures.AREA,
    surveys.AREA,
    brokerage.AREA,
    aftercare.AREA,
    viewings.AREA,
    messages.AREA,
    providers.AREA,
    planning.AREA,
    demand.AREA,
    dispatch.AREA,
    letters.AREA,
    learning.AREA,
    cityview.AREA,
    scenarios.AREA,
    doubles.AREA,
    lists.AREA,
    network.AREA,
    directory.AREA,
    contacts.AREA,
    cooperation.AREA,
    resources.AREA,
    events.AREA,
    noticeboard.AREA,
    initiatives.AREA,
    places.AREA,
    subscriptions.AREA,
    discretion.AREA,
    watch.AREA,
    web.AREA,
)
