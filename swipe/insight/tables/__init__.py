"""Groups side by side, told so that no table gives anybody away."""
