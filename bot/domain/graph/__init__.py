"""Microsoft Graph, where document libraries are read: what a force sets for it."""
