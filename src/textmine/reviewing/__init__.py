"""The correction loop of a lake: tasks out of published nights, people's labels back in, labels that look wrong."""
