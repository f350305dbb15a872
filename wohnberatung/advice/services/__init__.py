"""Use cases of advice: what people ask of the office, and the amounts and programmes that advice rests on."""
