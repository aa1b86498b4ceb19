// Answers: the images whose inventory as of a moment had, of each term, one of its package versions at least.
// Parameters: terms (list), count (number), at (time)
// Cost: one step for each installation of each of the versions; then a count.
CYPHER 25
UNWIND $terms AS term
UNWIND term.purls AS purl
MATCH (:PackageVersion {purl: purl})<-[installs:INSTALLS]-(inventory:Inventory)
WHERE installs.present
WITH DISTINCT inventory, term.index AS index
WITH inventory, count(*) AS met
WHERE met = $count
MATCH (inventory)<-[has:HAS_INVENTORY]-(image:Image)
WHERE has.observedAt <= $at AND (has.until IS NULL OR has.until > $at) AND image.registeredAt <= $at
  AND NOT EXISTS { (image)-[later:HAS_INVENTORY]->(:Inventory)
                   WHERE later.observedAt > has.observedAt AND later.observedAt <= $at AND (later.until IS NULL OR later.until > $at) }
RETURN DISTINCT image.id AS imageId
