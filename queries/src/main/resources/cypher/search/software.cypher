// Answers: a page of all packages known whose name starts with a text, by name and id.
// Parameters: prefix (text), afterName (text), afterId (text), limit (number)
// Cost: one range of the index, sorted.
CYPHER 25
MATCH (package:Package) WHERE package.name STARTS WITH $prefix
  AND (package.name > $afterName OR (package.name = $afterName AND package.id > $afterId))
RETURN package.id AS id, package.name AS name
ORDER BY name, id
LIMIT $limit
