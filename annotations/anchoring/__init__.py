"""Where words stand in a text: offsets, quotations, marked segments. Plain Python, no Django."""
