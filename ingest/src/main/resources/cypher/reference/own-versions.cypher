// The version that an image was checked in as last, or else the one that it derives from, or that something was checked in as which it derives from, by
// the fewest recorded or observed steps.
// Parameters: location (text). Cost: the ancestors of one image, 50 steps up at most, and their versions.
CYPHER 25
MATCH (image:Image {location: $location})
CALL (image) {
  RETURN image AS ancestor, 0 AS steps
  UNION
  MATCH p = ANY SHORTEST (image) (()-[d:DERIVED_FROM WHERE d.basis <> 'INFERRED']->()){1,50} (ancestor:Image)
  RETURN ancestor, length(p) AS steps
}
CALL (ancestor) {
  MATCH (ancestor)<-[:DERIVED_FROM {kind: 'check-in', basis: 'RECORDED'}]-(version:Image)<-[has:HAS_VERSION]-(chain:VersionChain)
  RETURN version, has, chain
  UNION
  MATCH (ancestor)<-[has:HAS_VERSION]-(chain:VersionChain)
  RETURN ancestor AS version, has, chain
}
WITH chain, version, has, steps ORDER BY steps, version.checkedInAt DESC LIMIT 1
RETURN chain.id AS chain, chain.name AS name, chain.last AS last,
  COLLECT { MATCH (chain)-[each:HAS_VERSION]->(:Image) RETURN max(each.ordinal) } [0] AS head, version.id AS version, has.number AS number, has.ordinal AS ordinal
