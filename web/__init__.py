"""The page, the widget and the report: what a browser gets."""
