"""What every diagram is made of: SVG, text and its width, numbers in words, charts, planes, steps, notes."""
