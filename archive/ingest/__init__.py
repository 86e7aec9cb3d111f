"""From captures to tables: the pipeline, its pool of processes, and the commands that run it again."""
