// The version that an image is, or else the nearest one that it derives from for certain.
// Parameters: image (id). Cost: the ancestors of one image, 50 steps up at most.
CYPHER 25
MATCH (image:Image {id: $image})
CALL (image) {
  RETURN image AS version, 0 AS steps
  UNION
  MATCH p = ANY SHORTEST (image) (()-[d:DERIVED_FROM WHERE d.basis <> 'INFERRED']->()){1,50} (version:Image)
  RETURN version, length(p) AS steps
}
MATCH (version)<-[has:HAS_VERSION]-(chain:VersionChain)
WITH version, has, chain, steps ORDER BY steps, version.checkedInAt DESC LIMIT 1
RETURN version.id AS version, chain.name AS chain, has.number AS number, steps
