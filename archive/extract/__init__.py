"""A page in, its clean release out: features, classifier, cleaning, kind of page."""
