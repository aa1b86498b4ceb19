// Answers: the images whose inventory as of a moment had all of some roles.
// Parameters: roles (list), count (number), at (time)
// Cost: one step for each inventory that has one of the roles; then a count.
CYPHER 25
UNWIND $roles AS name
MATCH (:Role {id: name})<-[:HAS_ROLE]-(inventory:Inventory)
WITH inventory, count(DISTINCT name) AS met
WHERE met = $count
MATCH (inventory)<-[has:HAS_INVENTORY]-(image:Image)
WHERE has.observedAt <= $at AND (has.until IS NULL OR has.until > $at) AND image.registeredAt <= $at
  AND NOT EXISTS { (image)-[later:HAS_INVENTORY]->(:Inventory)
                   WHERE later.observedAt > has.observedAt AND later.observedAt <= $at AND (later.until IS NULL OR later.until > $at) }
RETURN DISTINCT image.id AS imageId
