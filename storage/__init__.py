"""What is kept, and how: the one place that speaks SQL."""
