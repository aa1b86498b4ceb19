// Answers: a page of a directory's entries by name, through the chunks of a large directory.
// Parameters: directory (text), after (text), limit (number)
// Cost: all entries of the directory for each page.
CYPHER 25
MATCH (:Directory {id: $directory})-[:CHUNK*0..16]->()-[entry:ENTRY]->(child)
WHERE entry.name > $after
RETURN entry.name AS name, entry.mode AS mode, entry.uid AS uid, entry.gid AS gid,
       entry.xattrs AS xattrs, labels(child) AS labels, child.id AS node, child.sizeBytes AS sizeBytes,
       child.target AS target, child.kind AS kind, child.major AS major, child.minor AS minor
ORDER BY name
LIMIT $limit
