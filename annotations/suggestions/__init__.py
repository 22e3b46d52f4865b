"""What a news sentence itself says about a statement: who said it, how, when and where."""
