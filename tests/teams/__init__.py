"""Teams, with a connector and a key server of our own."""
