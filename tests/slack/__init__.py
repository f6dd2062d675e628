"""Slack, with a fake Slack of our own over real HTTP and real WebSocket."""
