"""What a text announces: the roles of its dates, and from them whether it is an event, when, until when, where."""
