// Answers: the branches of a version, the latest first, from below a number on, each with where it lies and which machines run it.
// Parameters: imageId (text), below (number), limit (number), machines (number)
// Cost: one step for each branch of the version; for those on the page some more.
CYPHER 25
MATCH (:Image {id: $imageId})-[has:HAS_BRANCH]->(use:Image|Machine)
WHERE has.number < $below
WITH has, use ORDER BY has.number DESC LIMIT $limit
RETURN has.number AS number, has.since AS since, use.id AS imageId, use.name AS name, coalesce(use.location, '') AS location,
       coalesce(use.state, 'ACTIVE') AS state, CASE WHEN use:Machine THEN 'machine' ELSE 'image' END AS kind,
       head([(use)-[:STORED_IN]->(repository:Repository) | repository.name]) AS repository,
       head([(use)-[runs:DEPLOYED_FROM]->(:Image) WHERE runs.since = has.since | runs.until]) AS until,
       COUNT { MATCH (use)<-[runs:DEPLOYED_FROM]-(:Machine) WHERE runs.until IS NULL } AS machineCount,
       COLLECT { MATCH (use)<-[runs:DEPLOYED_FROM]-(machine:Machine) WHERE runs.until IS NULL
                 RETURN machine {.id, .name, .kind, .powerState, since: runs.since} ORDER BY machine.name, machine.id LIMIT $machines } AS machines
ORDER BY number DESC
