// Answers: which of some images have a package now, and which of them were indexed at all.
// Parameters: ids (list), name (text)
// Cost: one index lookup for each image, and one step for each of its packages at most.
CYPHER 25
UNWIND $ids AS id
MATCH (image:Image {id: id})-[has:HAS_INVENTORY]->(inventory:Inventory)
WHERE has.until IS NULL
RETURN id, EXISTS {
  MATCH (inventory)-[:HAS_PACKAGES]->(:PackageGroup)-[installs:INSTALLS]->(:PackageVersion)-[:VERSION_OF]->(package:Package {name: $name})
  WHERE installs.present
} AS holds, true AS told
