// Answers: the operating systems that an inventory runs.
// Parameters: inventoryId (text)
// Cost: one index lookup and one step for each system, of which there is one as a rule.
CYPHER 25
MATCH (:Inventory {id: $inventoryId})-[:RUNS]->(os:OperatingSystem)
RETURN os.distribution AS distribution, os.version AS version, os.patchLevel AS patchLevel,
       os.prettyName AS prettyName, os.architecture AS architecture
ORDER BY distribution, version, os.id
LIMIT 100
