"""The assistant people talk to, and the queue the hub works through."""
