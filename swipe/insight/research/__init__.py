"""Single answers for named researchers, so coarse that no background stands for few."""
