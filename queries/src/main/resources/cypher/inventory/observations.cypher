// Answers: what an index run could not do, gravest first.
// Parameters: inventoryId (text), limit (number)
// Cost: one index lookup and one step for each observation.
CYPHER 25
MATCH (:Inventory {id: $inventoryId})-[:HAS_OBSERVATION]->(observation:Observation)
RETURN observation.code AS code, observation.severity AS severity, observation.where AS where,
       observation.message AS message, observation.remedy AS remedy, observation.by AS by
ORDER BY CASE severity WHEN 'MISSING' THEN 0 WHEN 'PARTIAL' THEN 1 ELSE 2 END, where, code, observation.id
LIMIT $limit
