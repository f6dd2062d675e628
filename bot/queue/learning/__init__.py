"""What the hub keeps for everyone: replies that become advice, and lessons."""
