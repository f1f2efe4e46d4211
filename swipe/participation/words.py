"""Pure: the values an answer may have, in the order in which they are stored and shown."""

AGE_BANDS = ("0-14", "15-24", "25-39", "40-54", "55-66", "67-79", "80+")
GENDERS = ("female", "male", "other")
LIVES_HERE = ("yes", "uses", "no")
HOUSEHOLDS = ("alone", "couple", "children", "shared", "other")
MODES = ("phone", "shared", "kiosk", "paper", "room")
INPUTS = ("swipe", "button", "key")
ANSWERS = ("no", "yes", "skip")
FLAGS = ("fast", "alike")
