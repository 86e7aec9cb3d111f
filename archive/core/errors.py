"""The errors that a person can meet. Each message says what happened, to what, and what to do next."""


class DatelineError(Exception):
    """Root of the errors that a person can cause or mend; its message says what happened, to what, and what to do."""


class SourcesError(DatelineError):
    """sources.toml or decisions.toml holds a mistake; the message names file, line, field and what was expected."""


class ArchiveError(DatelineError):
    """The archive directory cannot be used as asked: missing, locked by another command, damaged, or full."""


class WarcError(ArchiveError):
    """A WARC file or record cannot be read or written."""


class ForeignWarcError(WarcError):
    """A file of another program cannot be imported: it cannot be opened, or is no WARC or ARC file."""


class CrawlError(DatelineError):
    """The crawler process failed as a whole (one source's trouble is never this)."""
