"""The archive: all that is kept about a learner as one document, out of the tables and back into them."""
