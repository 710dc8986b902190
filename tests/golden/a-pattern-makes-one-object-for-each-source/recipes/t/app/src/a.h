// not a source
