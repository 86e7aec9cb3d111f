"""The pages of the site: a request in, a rendered page out. Queries are in archive.web.queries, looks in templates/."""
