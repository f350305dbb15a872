"""What the office is told by mail of its own work, and which mails to people did not arrive."""
