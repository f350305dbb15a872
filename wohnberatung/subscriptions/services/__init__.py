"""What is done with subscriptions to news: asked for and confirmed, changed and left, told of what is new."""
