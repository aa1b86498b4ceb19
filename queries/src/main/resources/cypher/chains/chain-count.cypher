// Answers: how many version chains there are.
// Parameters: none
// Cost: the count store.
CYPHER 25
MATCH (chain:VersionChain)
RETURN count(chain) AS total
