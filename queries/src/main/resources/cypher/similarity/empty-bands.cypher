// Answers: how many bands it deleted that no inventory is in.
// Parameters: limit (number)
// Cost: one look at each band, one write for each empty one.
CYPHER 25
MATCH (band:Band)
WHERE NOT EXISTS { (band)<-[:IN_BAND]-() }
WITH band LIMIT $limit
DELETE band
RETURN count(*) AS deleted
