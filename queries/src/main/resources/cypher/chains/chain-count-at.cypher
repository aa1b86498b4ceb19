// Answers: how many version chains there were as of a moment.
// Parameters: at (time)
// Cost: one look at each chain.
CYPHER 25
MATCH (chain:VersionChain) WHERE chain.createdAt <= $at
RETURN count(chain) AS total
