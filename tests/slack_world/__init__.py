"""A Slack of our own, strict, over real HTTP and real WebSocket; and what the program does with it."""
