// The versions that an image was checked in as before, or else the one that it derives from by the fewest recorded or observed steps.
// Parameters: location (text). Cost: the ancestors of one image, 50 steps up at most.
CYPHER 25
MATCH (image:Image {location: $location})
CALL (image) {
  MATCH (image)<-[d:DERIVED_FROM {kind: 'check-in', basis: 'RECORDED'}]-(version:Image)<-[has:HAS_VERSION]-(chain:VersionChain)
  RETURN version, has, chain, 0 AS steps, d.since AS since
  UNION
  MATCH p = ANY SHORTEST (image) (()-[d:DERIVED_FROM WHERE d.basis <> 'INFERRED']->()){1,50}
    (version:Image WHERE EXISTS { (version)<-[:HAS_VERSION]-(:VersionChain) })
  MATCH (version)<-[has:HAS_VERSION]-(chain:VersionChain)
  RETURN version, has, chain, length(p) AS steps, has.since AS since
}
RETURN chain.id AS chain, chain.name AS name, chain.last AS last, version.id AS version, has.number AS number, has.ordinal AS ordinal
ORDER BY steps, since DESC LIMIT 1
