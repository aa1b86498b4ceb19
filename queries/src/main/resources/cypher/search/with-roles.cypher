// Answers: the images whose current inventory has all of some roles.
// Parameters: roles (list), count (number)
// Cost: one step for each inventory that has one of the roles; then a count.
CYPHER 25
UNWIND $roles AS name
MATCH (:Role {id: name})<-[:HAS_ROLE]-(inventory:Inventory)
WITH inventory, count(DISTINCT name) AS met
WHERE met = $count
MATCH (inventory)<-[has:HAS_INVENTORY]-(image:Image)
WHERE has.until IS NULL
RETURN DISTINCT image.id AS imageId
