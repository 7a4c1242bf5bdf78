"""The ground: what the words of the glossary mean, and the rules that hold without a database or a network."""
