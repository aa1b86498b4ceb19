// Answers: the entries that have one of some names, with the directory or chunk that holds each.
// Parameters: names (list), limit (number)
// Cost: one index lookup for each name and one step for each entry found.
//  The hint: planned while the graph was still empty, it would scan the whole index for each of them, and go on doing so.
CYPHER 25
UNWIND $names AS name
MATCH (parent)-[entry:ENTRY]->(child)
USING INDEX SEEK entry:ENTRY(name)
WHERE entry.name = name
RETURN parent.id AS parent, parent:Directory AS directory, entry.name AS name, labels(child) AS labels,
       child.id AS node, child.sizeBytes AS sizeBytes, child.kind AS kind
LIMIT $limit
