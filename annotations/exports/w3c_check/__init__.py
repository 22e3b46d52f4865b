"""A strict reading of W3C Web Annotation files, in plain Python: whoever wrote them.

The musts are those of https://www.w3.org/TR/2017/REC-annotation-model-20170223/; `texts` and `chain`
check what the official JSON schemas don't: words and offsets against the texts, pages and links.
"""
