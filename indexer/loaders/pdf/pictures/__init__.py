"""Pages of a PDF that are read as pictures: how they lie, and which pages need it though they have text."""
