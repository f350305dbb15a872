"""Cases of the office: who is advised, what was said and agreed, who is responsible, and finding all of it again."""
