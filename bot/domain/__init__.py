"""The nouns and rules of the hub; nothing here knows a database, a platform or a setting."""
