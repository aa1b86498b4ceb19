// Answers: how many packages are known whose name starts with a text.
// Parameters: prefix (text)
// Cost: one range of the index.
CYPHER 25
MATCH (package:Package) WHERE package.name STARTS WITH $prefix
RETURN count(*) AS total
