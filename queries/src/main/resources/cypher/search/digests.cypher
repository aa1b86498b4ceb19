// Answers: the file contents whose digest starts with some digits.
// Parameters: prefix (text), limit (number)
// Cost: one range of the index.
CYPHER 25
MATCH (file:File) WHERE file.id STARTS WITH $prefix
RETURN file.id AS digest
ORDER BY digest
LIMIT $limit
