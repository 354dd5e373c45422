"""Meeting packs: reading one from released figures, and writing it as slides, as a document and as a workbook."""
