"""Label files: tasks that go out to people, labels that come back, their checks, and how they win over the model's."""
