"""Pure: the languages a survey can be offered in, by the name each gives itself."""

LANGUAGES = {
    "da": "Dansk",
    "en": "English",
    "de": "Deutsch",
    "ar": "العربية",
    "uk": "Українська",
    "pl": "Polski",
    "tr": "Türkçe",
    "so": "Soomaali",
}
RIGHT_TO_LEFT = frozenset({"ar"})


def direction(language: str) -> str:
    """Return which way a language is written, as pages say it: ltr or rtl."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
