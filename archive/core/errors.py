"""The errors that a person can see. Each message says what happened, to what, and what to do next."""


class DatelineError(Exception):
    """Base class of errors that a person can cause or correct. The message says what happened, to what, what to do."""


class SourcesError(DatelineError):
    """sources.toml or decisions.toml has a mistake; the message names the file, line, field and what was expected."""


class ArchiveError(DatelineError):
    """The archive directory cannot be used as asked: missing, locked by another command, damaged, or full."""


class ArchiveInUse(ArchiveError):
    """Another command writes to the archive."""


class WarcError(ArchiveError):
    """A WARC file or record cannot be read or written."""


class StorageError(WarcError):
    """A WARC file in object storage cannot be read or written now: nothing is known of what it holds."""


class ForeignWarcError(WarcError):
    """A file of another program cannot be imported: it cannot be opened, or it is not a WARC or ARC file."""


class CrawlError(DatelineError):
    """The whole crawler process failed (a problem with one source never raises this)."""


class ClusterError(DatelineError):
    """The cluster on which pages are to be read cannot be used: not there, without workers, or of another version."""
