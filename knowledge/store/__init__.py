"""The store of editions: how one is written, and read back."""
