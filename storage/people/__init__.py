"""Whom we serve and who may do what: subscribers with their wishes, roles, dialogues, and what privacy asks."""
