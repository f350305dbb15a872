"""Who should know of each other: houses and plots for shared living, groups that seek one, introductions."""
