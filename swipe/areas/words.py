"""Pure: the bands and genders that residents are counted by."""

AGE_BANDS = ("15-24", "25-39", "40-54", "55-66", "67-79", "80+")
GENDERS = ("female", "male")
