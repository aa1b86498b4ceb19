// Answers: the newest version of some chains that is active, and what it was checked in from.
// Parameters: chains (list)
// Cost: one index lookup for each chain and one step for each of its versions.
CYPHER 25
UNWIND $chains AS name
MATCH (chain:VersionChain {name: name})
CALL (chain) {
  MATCH (chain)-[has:HAS_VERSION]->(image:Image {state: 'ACTIVE'})
  RETURN image, has ORDER BY has.ordinal DESC LIMIT 1
}
RETURN name AS chain, image.id AS id, has.number AS number, has.ordinal AS ordinal,
       [(image)-[:DERIVED_FROM {kind: 'check-in'}]->(source:Image) | source.id] AS sources
