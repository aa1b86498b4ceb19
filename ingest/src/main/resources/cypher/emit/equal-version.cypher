// An image that holds what a version holds, file for file, is a copy of it: seen, not told. Not where a derivation is known already, nor where the version came of the image.
// Parameters: image, inventory (ids), now. Cost: the images of one inventory, and the ancestors of one version.
CYPHER 25 replan=skip
MATCH (image:Image {id: $image})
WHERE image.content IS NULL AND NOT EXISTS { (image)-[known:DERIVED_FROM]->() WHERE known.basis <> 'INFERRED' }
MATCH (inventory:Inventory {id: $inventory})<-[:HAS_INVENTORY]-(version:Image)
WHERE inventory.files > 0 AND version.content IS NOT NULL AND NOT EXISTS { (version)-[:DERIVED_FROM*1..20]->(image) }
WITH image, version ORDER BY version.checkedInAt, version.id LIMIT 1
CREATE (image)-[:DERIVED_FROM {kind: 'copy', basis: 'OBSERVED', since: $now,
                               evidence: 'it holds what that version holds, file for file, on the same file systems'}]->(version)
