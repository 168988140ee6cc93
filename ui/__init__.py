"""What people touch: the `crlm` command and the web chat."""
