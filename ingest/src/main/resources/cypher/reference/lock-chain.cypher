// Keeps others from a chain until the transaction ends; what it says then stays true.
// Parameters: chain (id), now. Cost: one index seek.
CYPHER 25
MATCH (chain:VersionChain {id: $chain})
SET chain.changedAt = $now
WITH chain
RETURN chain.last AS last, chain.name AS name
