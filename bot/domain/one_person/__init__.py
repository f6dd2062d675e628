"""One person across platforms, where the force says so."""
