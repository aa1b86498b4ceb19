// Answers: the entries that have one of some names, with the directory or chunk that holds each.
// Parameters: names (list), limit (number)
// Cost: one index lookup for each name and one step for each entry found.
CYPHER 25
UNWIND $names AS name
MATCH (parent)-[entry:ENTRY]->(child) WHERE entry.name = name
RETURN parent.id AS parent, parent:Directory AS directory, entry.name AS name, labels(child) AS labels,
       child.id AS node, child.sizeBytes AS sizeBytes, child.kind AS kind
LIMIT $limit
