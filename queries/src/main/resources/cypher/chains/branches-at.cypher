// Answers: the branches of a version as of a moment, the latest first, from below a number on, each with where it lay and which machines ran it.
// Parameters: imageId (text), below (number), limit (number), machines (number), at (time)
// Cost: one step for each branch of the version; for those on the page some more.
CYPHER 25
MATCH (:Image {id: $imageId})-[has:HAS_BRANCH]->(use:Image|Machine)
WHERE has.number < $below AND has.since <= $at
WITH has, use ORDER BY has.number DESC LIMIT $limit
RETURN has.number AS number, has.since AS since, use.id AS imageId, use.name AS name,
       coalesce(CASE WHEN use.replacedAt > $at THEN use.formerLocation ELSE use.location END, '') AS location,
       CASE WHEN use:Machine AND NOT EXISTS { MATCH (use)-[runs:DEPLOYED_FROM]->(:Image)
                                              WHERE runs.since <= $at AND (runs.until IS NULL OR runs.until > $at) }
            THEN 'RETIRED' WHEN use.replacedAt <= $at THEN 'MISSING' ELSE 'ACTIVE' END AS state,
       CASE WHEN use:Machine THEN 'machine' ELSE 'image' END AS kind,
       head([(use)-[:STORED_IN]->(repository:Repository) | repository.name]) AS repository,
       head([(use)-[runs:DEPLOYED_FROM]->(:Image) WHERE runs.since = has.since AND runs.until <= $at | runs.until]) AS until,
       COUNT { MATCH (use)<-[runs:DEPLOYED_FROM]-(:Machine) WHERE runs.since <= $at AND (runs.until IS NULL OR runs.until > $at) } AS machineCount,
       COLLECT { MATCH (use)<-[runs:DEPLOYED_FROM]-(machine:Machine)
                 WHERE runs.since <= $at AND (runs.until IS NULL OR runs.until > $at)
                 RETURN machine {.id, .name, .kind, since: runs.since} ORDER BY machine.name, machine.id LIMIT $machines } AS machines
ORDER BY number DESC
