// Answers: the images whose current inventory has, of each term, one of its package versions at least.
// Parameters: terms (list), count (number)
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
WHERE has.until IS NULL
RETURN DISTINCT image.id AS imageId
