"""Classic algorithms that place things, with no diagram in them: layers, nesting, contours, repetitions."""
