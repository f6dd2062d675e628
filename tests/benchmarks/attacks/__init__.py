"""Parts of the attack: the program in a process of its own, and the platforms that it serves."""
