"""A text made ready for reading: cleaned, cut, lemmatised; and the files of cues and phrases it is read by."""
