// Answers: the machines that a text may mean, by id or name.
// Parameters: text (text)
// Cost: two index lookups.
CYPHER 25
MATCH (machine:Machine) WHERE machine.id = $text OR machine.name = $text
RETURN machine.id AS imageId, machine.name AS imageName, '' AS location, null AS inventoryId
ORDER BY imageName, imageId
LIMIT 11
