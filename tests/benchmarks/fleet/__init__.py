"""Parts of the chaos run: machines with their processes, the load on them, who kills them, and the count at the end."""
