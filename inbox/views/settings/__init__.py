"""Settings: people, teams, labels, numbers, templates, and the health of the desk."""
