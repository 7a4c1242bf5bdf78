"""What admins compose, from the draft to the campaign."""
