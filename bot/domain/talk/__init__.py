"""What is known of a conversation: its turns, why a reply is what it is, what was weighed."""
