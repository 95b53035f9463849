"""How to ask: a question is put, answered, shown with its points, rated. Daily, drill and practice all ask this way."""
