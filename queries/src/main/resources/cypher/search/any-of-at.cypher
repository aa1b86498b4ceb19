// Answers: the images whose inventory as of a moment had one of some package versions; as an anti-set also those to leave out.
// Parameters: purls (list), at (time)
// Cost: one step for each installation of each of the versions.
CYPHER 25
UNWIND $purls AS purl
MATCH (:PackageVersion {purl: purl})<-[installs:INSTALLS]-(:PackageGroup)<-[:HAS_PACKAGES]-(inventory:Inventory)
WHERE installs.present
WITH DISTINCT inventory
MATCH (inventory)<-[has:HAS_INVENTORY]-(image:Image)
WHERE has.observedAt <= $at AND (has.until IS NULL OR has.until > $at) AND image.registeredAt <= $at
  AND NOT EXISTS { (image)-[later:HAS_INVENTORY]->(:Inventory)
                   WHERE later.observedAt > has.observedAt AND later.observedAt <= $at AND (later.until IS NULL OR later.until > $at) }
RETURN DISTINCT image.id AS imageId
