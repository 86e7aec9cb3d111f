"""From captures to tables: the pipeline, its pool of processes, and all that runs it again."""
