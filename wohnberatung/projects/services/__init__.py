"""Use cases and queries of shared living."""

from wohnberatung.projects.services.projects import get_project, list_projects, save_project
from wohnberatung.projects.services.showcase import ProjectSheet, ShownProject, project_sheet, projects_for_list

__all__ = [
    "ProjectSheet",
    "ShownProject",
    "get_project",
    "list_projects",
    "project_sheet",
    "projects_for_list",
    "save_project",
]
