// Answers: what a content says of itself.
// Parameters: digest (text)
// Cost: one index lookup.
CYPHER 25
MATCH (file:File {id: $digest})
WHERE file.mimeType IS NOT NULL
RETURN file.mimeType AS mimeType, file.buildId AS buildId, coalesce(file.libraries, []) AS libraries,
       file.libraryName AS libraryName, file.interpreter AS interpreter
