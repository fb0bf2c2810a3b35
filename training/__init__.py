"""Train the token classifier on the labelled documents. Nothing that runs in service imports this."""
