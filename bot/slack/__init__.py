"""Slack: one edge, over HTTP and over Socket Mode. It makes questions, draws replies and delivers."""
