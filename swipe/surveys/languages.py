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
