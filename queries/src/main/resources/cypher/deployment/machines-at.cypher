// Answers: machines by name and id as of a moment, after a place in that order, each with what it runs and ran.
// Parameters: after (text), afterId (text), limit (number), many (number), at (time)
// Cost: a range of the index, and some steps for each deployment and capture of the machines on the page.
CYPHER 25
MATCH (machine:Machine) WHERE machine.name >= $after AND (machine.name > $after OR machine.id > $afterId) AND machine.registeredAt <= $at
WITH machine ORDER BY machine.name, machine.id LIMIT $limit
RETURN machine.id AS id, machine.name AS name, machine.kind AS kind, CASE WHEN EXISTS { (machine)-[runs:DEPLOYED_FROM]->(:Image) WHERE runs.since <= $at AND (runs.until IS NULL OR runs.until > $at) } THEN 'ACTIVE' ELSE 'RETIRED' END AS state,
       machine.registeredAt AS registeredAt,
       COLLECT { MATCH (machine)-[runs:DEPLOYED_FROM]->(image:Image) WHERE runs.since <= $at
                 RETURN {imageId: image.id, name: coalesce(head([(image)<-[has:HAS_VERSION|HAD_VERSION]-(chain:VersionChain) WHERE has.since <= $at AND (has.until IS NULL OR has.until > $at) | chain.name + ':' + has.number]), image.name),
                   since: runs.since, until: CASE WHEN runs.until <= $at THEN runs.until END,
                   branch: head([(machine)<-[has:HAS_BRANCH]-(:Image)<-[of:HAS_VERSION|HAD_VERSION]-(chain:VersionChain) WHERE has.since = runs.since AND of.since <= $at AND (of.until IS NULL OR of.until > $at) |
                                 chain.name + ':' + of.number + '.' + toString(has.number)])}
                 ORDER BY runs.since DESC LIMIT $many } AS runs,
       COLLECT { MATCH (machine)<-[:USED]-(activity:Activity {kind: 'capture'})<-[:GENERATED_BY]-(image:Image) WHERE activity.endedAt <= $at
                 RETURN {imageId: image.id, name: image.name, capturedAt: activity.endedAt,
                         versions: [(image)<-[:DERIVED_FROM {kind: 'check-in'}]-(:Image)<-[has:HAS_VERSION]-(chain:VersionChain) | chain.name + ':' + has.number]}
                 ORDER BY activity.endedAt DESC LIMIT $many } AS captures
ORDER BY name, id
