"""Pure: how a text stands in a table that a spreadsheet opens."""

BYTE_ORDER_MARK = "\ufeff"
_FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def text_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: a leading ' where it would be one."""
    return f"'{text}" if text.startswith(_FORMULA_LEADS) or _hidden_lead(text) else text


def _hidden_lead(text: str) -> bool:
    return text.lstrip().startswith(_FORMULA_LEADS)
