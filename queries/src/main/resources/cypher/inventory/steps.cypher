// Answers: for pairs of a directory and a name, the entry of that name, through the chunks of a large directory.
// Parameters: steps (list)
// Cost: for each pair all entries of the directory: some dozens, some thousands for the largest.
CYPHER 25
UNWIND $steps AS step
MATCH (directory:Directory {id: step.directory})
MATCH (directory)-[:CHUNK*0..16]->()-[entry:ENTRY]->(child)
WHERE entry.name = step.name
RETURN step.directory AS directory, entry.name AS name, entry.mode AS mode, entry.uid AS uid, entry.gid AS gid,
       entry.xattrs AS xattrs, labels(child) AS labels, child.id AS node, child.sizeBytes AS sizeBytes,
       child.target AS target, child.kind AS kind, child.major AS major, child.minor AS minor
