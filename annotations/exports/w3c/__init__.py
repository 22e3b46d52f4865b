"""W3C Web Annotation: the Recommendation of 23 February 2017, https://www.w3.org/TR/annotation-model/."""
