"""What is learned: how likely unknown facts of homes turn out well, and which weights of wishes outcomes speak for."""
