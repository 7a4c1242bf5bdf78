"""What somebody asks: the place, time, topic and kind in a question, and the words that remain."""
