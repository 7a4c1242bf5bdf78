"""One parser a kind: bytes in, entries out. They run in a child process that can be killed (ingestion.child).

To add a kind: a module here with ``parse(given) -> Parsed``, its line in PARSERS, a saved body under
tests/ingestion/fixtures, and a test that says what must come out of it.
"""
