"""The quickscan: its questions, a scan's course, its outcome. Knows no Rasa and no HTTP."""
