"""How the program is watched."""
