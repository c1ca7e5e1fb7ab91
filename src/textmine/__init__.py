"""textmine: a night's Chinese customer feedback, labelled, prioritised, published."""
