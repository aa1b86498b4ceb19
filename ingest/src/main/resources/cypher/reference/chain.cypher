// A chain by its name.
// Parameters: name. Cost: one index seek.
MATCH (chain:VersionChain {name: $name})
RETURN chain.id AS chain, chain.name AS name, chain.last AS last
