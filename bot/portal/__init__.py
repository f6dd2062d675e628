"""The portal: ask, request, triage, publish and learn in a browser. It translates the counter, and holds no rule."""
