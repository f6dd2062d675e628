"""Quote, offer sections, or nothing: the judge, what it weighs, and how it is fitted to a library."""
