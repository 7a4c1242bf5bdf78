"""A person looks for something: questions, lists, cards, inline mode."""
