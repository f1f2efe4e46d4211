"""Pure: the channel that a survey has without anybody naming it."""

SCREEN = "storskaerm"  # whoever scans the code on a big screen came by it
