// Answers: the branches of a version, the latest first, from below a number on, each with where it lies and which machines run it.
// Parameters: imageId (text), below (number), limit (number), machines (number)
// Cost: one step for each branch of the version; for those on the page some more.
CYPHER 25
MATCH (:Image {id: $imageId})-[has:HAS_BRANCH]->(image:Image)
WHERE has.number < $below
WITH has, image ORDER BY has.number DESC LIMIT $limit
RETURN has.number AS number, has.since AS since, image.id AS imageId, image.name AS name, image.location AS location,
       coalesce(image.state, 'ACTIVE') AS state,
       head([(image)-[:STORED_IN]->(repository:Repository) | repository.name]) AS repository,
       COUNT { MATCH (image)<-[runs:DEPLOYED_FROM]-(:Machine) WHERE runs.until IS NULL } AS machineCount,
       COLLECT { MATCH (image)<-[runs:DEPLOYED_FROM]-(machine:Machine) WHERE runs.until IS NULL
                 RETURN machine {.id, .name, .kind, .powerState} ORDER BY machine.name, machine.id LIMIT $machines } AS machines
ORDER BY number DESC
