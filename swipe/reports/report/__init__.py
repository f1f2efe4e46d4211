"""The report that writes itself: one document in words, as a PDF, a text file and a workbook."""
