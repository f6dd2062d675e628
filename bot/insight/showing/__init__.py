"""Figures and charts in the forms in which they leave: files, SVG, metrics, the monthly page."""
