"""A person asks: each handler reads input, makes one call, gives one answer. Thin; no SQL, no rule."""
