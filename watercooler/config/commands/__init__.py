"""What `bin/watercooler` can do: one module a command, each with `run(arguments) -> exit code`."""
