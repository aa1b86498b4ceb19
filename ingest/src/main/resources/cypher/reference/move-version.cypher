// Puts a version at the end of another chain, which is locked. Where it was is remembered.
// Parameters: image, chain (ids), number, ordinal, name, now. Cost: two index seeks.
MATCH (image:Image {id: $image})<-[old:HAS_VERSION]-(from:VersionChain)
MATCH (chain:VersionChain {id: $chain})
CREATE (from)-[:HAD_VERSION {number: old.number, ordinal: old.ordinal, since: old.since, until: $now}]->(image)
DELETE old
CREATE (chain)-[:HAS_VERSION {number: $number, ordinal: $ordinal, since: $now}]->(image)
SET chain.last = $ordinal, image.name = $name
