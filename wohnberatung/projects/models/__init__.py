"""Tables of shared living."""

from wohnberatung.projects.models.joining import Ballot, EnquiryState, JoinEnquiry, JoinVote
from wohnberatung.projects.models.meetings import ProjectDate, ProjectFile
from wohnberatung.projects.models.project import Project

__all__ = ["Ballot", "EnquiryState", "JoinEnquiry", "JoinVote", "Project", "ProjectDate", "ProjectFile"]
