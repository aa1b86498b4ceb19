// Answers: the images whose current inventory has one of some package versions; as an anti-set also those to leave out.
// Parameters: purls (list)
// Cost: one step for each installation of each of the versions.
CYPHER 25
UNWIND $purls AS purl
MATCH (:PackageVersion {purl: purl})<-[installs:INSTALLS]-(:PackageGroup)<-[:HAS_PACKAGES]-(inventory:Inventory)
WHERE installs.present
WITH DISTINCT inventory
MATCH (inventory)<-[has:HAS_INVENTORY]-(image:Image)
WHERE has.until IS NULL
RETURN DISTINCT image.id AS imageId
