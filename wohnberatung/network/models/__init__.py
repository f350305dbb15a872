"""Tables of the network: houses and groups that seek one, and who is introduced to whom."""
