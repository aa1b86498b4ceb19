// Answers: what the files of an image say of the machine, each fact with how the inventory leads to it.
// Parameters: inventoryId (text), limit (number)
// Cost: one index lookup and one step for each fact, some hundreds.
CYPHER 25
MATCH (:Inventory {id: $inventoryId})-[held:BOOTS_WITH|HAS_KERNEL|ENABLES|MASKS|SCHEDULES|IDENTIFIED_BY|HAS_ACCOUNT
       |HAS_GROUP|HAS_HOST_KEY|AUTHORIZES|HOLDS_CERTIFICATE|HOLDS_PRIVATE_KEY|CONFIGURES_INTERFACE|LISTENS_ON|CARRIES
       |HAS_ROLE]->(fact)
RETURN type(held) AS type, properties(fact) AS fact, properties(held) AS held
ORDER BY type, coalesce(fact.userId, fact.groupId, 0), coalesce(fact.name, fact.file, ''), fact.id
LIMIT $limit
