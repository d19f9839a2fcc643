"""What is remembered of a program while it runs, so that a diagram can show it afterwards."""
